package tickets

import (
	"context"
	"crypto/subtle"
	"errors"
	"fmt"

	"pulih/accounts"
	"pulih/db"
	"pulih/mail"
	"pulih/secret"
)

// byReceipt finds a ticket by its number and the secret of its receipt. A
// wrong pair is always the same ErrNoTicket, after the same work (EN-09).
func (d *Desk) byReceipt(ctx context.Context, tx *db.Tx, number string, s secret.Code) (record, error) {
	r, err := one(tx.Row(ctx, selectByNumber, number))
	if err != nil && !errors.Is(err, ErrNoTicket) {
		return r, err
	}
	right := subtle.ConstantTimeCompare(d.receiptHash(r.ID, s), r.secretHash) == 1
	if err != nil || !right {
		return record{}, ErrNoTicket
	}
	return r, nil
}

// tellFiled tells of requests that were filed since it last ran. Open leaves
// it to the clock, so that it does the same for every NIP.
func (d *Desk) tellFiled(ctx context.Context, tx *db.Tx, r record) error {
	if err := tx.One(ctx, updateTold, r.ID, tx.Now); err != nil {
		return err
	}
	return d.tell(ctx, tx, &r, mail.RequestFiled)
}

// tell sends a notice to a ticket's person, if the roster knows him.
func (d *Desk) tell(ctx context.Context, tx *db.Tx, r *record, what mail.What) error {
	_, err := d.notify(ctx, tx, r, accounts.Notification{What: what, Object: r.ID, Number: r.Number})
	return err
}

func (d *Desk) notify(ctx context.Context, tx *db.Tx, r *record, n accounts.Notification) (accounts.Told, error) {
	p, err := d.accounts.Person(ctx, tx, r.Person)
	if errors.Is(err, accounts.ErrNoPerson) {
		return accounts.Told{}, nil
	}
	if err != nil {
		return accounts.Told{}, fmt.Errorf("tickets: notify: %w", err)
	}
	n.AtDesk = r.keyless()
	return d.accounts.Notify(ctx, tx, p, n)
}
