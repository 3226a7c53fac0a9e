package accounts

import (
	"context"
	"errors"
	"fmt"

	"pulih/audit"
	"pulih/db"
	"pulih/secret"
)

// due is a code that was asked for.
type due struct {
	id, reset, network string
	purpose            ResetPurpose
	state              ResetState
	nip                secret.NIP
	typed              []byte
}

// SendCodes sends the codes that are due, each in a transaction of its own.
// The app runs it each second; two processes at once do no harm.
func (a *Accounts) SendCodes(ctx context.Context) error {
	const batch = 100
	var all []due
	err := a.db.Read(ctx, func(tx *db.Tx) (err error) {
		all, err = db.All(ctx, tx, scanDue, selectDueCodes, tx.Now, batch)
		return err
	})
	for _, d := range all { // one that fails holds up no other
		failed := a.db.Write(ctx, func(tx *db.Tx) error { return a.sendCode(ctx, tx, d) })
		if !errors.Is(failed, db.ErrConflict) { // another process was faster
			err = errors.Join(err, failed)
		}
	}
	if err != nil {
		return fmt.Errorf("accounts: send codes: %w", err)
	}
	return nil
}

// sendCode mails a code, where there is anybody to mail it to.
func (a *Accounts) sendCode(ctx context.Context, tx *db.Tx, d due) error {
	p, why, err := a.recipient(ctx, tx, d)
	switch {
	case err != nil:
		return err
	case why == "":
		err = a.mailCode(ctx, tx, d, p)
	default:
		err = a.mailInstead(ctx, tx, d, p, why)
	}
	if err != nil {
		return err
	}
	return audit.Append(ctx, tx, audit.Event{Actor: audit.Actor{Kind: audit.Anonymous, Network: d.network},
		Action: audit.ResetAsked, Person: p.ID, Object: d.reset, Result: why, Detail: d.purpose.detail()})
}
