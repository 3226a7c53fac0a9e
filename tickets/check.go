package tickets

import (
	"context"

	"pulih/accounts"
	"pulih/db"
)

// CheckIdentity says that the evidence is complete and the person is who he
// says he is. From here on his record may be seen, and the ticket holds the
// one slot of its subject and kind (impostor 4). It spends a fresh OTP
// (impostor 17). ErrEvidence, ErrSlot, accounts.ErrNoProof.
func (d *Desk) CheckIdentity(ctx context.Context, by By, number string, version int64) (Ticket, error) {
	return d.byStaff(ctx, by, place{number, version}, VerbCheck, func(tx *db.Tx, p *passage) error {
		subject, e, err := d.weigh(ctx, tx, p.record, by.Staff.ID)
		if err != nil {
			return err
		}
		p.CheckedAt, p.CheckedBy, p.CheckedByName = tx.Now, by.Staff.ID, by.Staff.Name
		p.Level, p.Basis, p.Reason = e.level, e.basis, ""
		p.Name, p.Unit = subject.Name, subject.Unit
		return d.accounts.SpendProof(ctx, tx, by.Staff.Session)
	})
}

// mayCheck is the guard of CheckIdentity.
func (d *Desk) mayCheck(ctx context.Context, tx *db.Tx, r *record, s step) error {
	if s.by.Browser == "" {
		return ErrBrowser // what cannot be recognised later cannot be kept from approving
	}
	_, e, err := d.weigh(ctx, tx, r, s.by.Staff.ID)
	if err != nil {
		return err
	}
	if len(e.missing) > 0 {
		return ErrEvidence
	}
	acc, err := d.accounts.Account(ctx, tx, r.Person)
	if err != nil {
		return err
	}
	if acc.DisabledAt != 0 {
		return ErrDisabled // what an administrator closed, the desk does not open (impostor 13)
	}
	if r.Kind == Activation && acc.ActivatedAt != 0 {
		return ErrActive // once in an account's life (impostor 15)
	}
	return d.freeSlot(ctx, tx, r)
}

func (d *Desk) freeSlot(ctx context.Context, tx *db.Tx, r *record) error {
	taken, err := db.All(ctx, tx, scanText, selectSlot, r.Person, r.Kind, r.ID)
	if err == nil && len(taken) > 0 {
		return ErrSlot
	}
	return err
}

func scanText(row db.Scanner) (text string, err error) {
	err = row.Scan(&text)
	return text, err
}

// weigh reads all that bears on the evidence of a ticket, and judges it.
func (d *Desk) weigh(ctx context.Context, tx *db.Tx, r *record, checker string) (accounts.Person, evidence, error) {
	subject, err := d.subject(ctx, tx, r)
	if err != nil {
		return subject, evidence{}, err
	}
	f, err := d.flagsOf(ctx, tx, r)
	if err != nil {
		return subject, evidence{}, err
	}
	proofs, err := d.proofs(ctx, tx, r)
	if err != nil {
		return subject, evidence{}, err
	}
	sets, err := d.evidenceSets(ctx, tx, r.Agency)
	return subject, weigh(r, proofs, f.counterOnly, checker, sets), err
}
