package tickets

import (
	"context"
	"errors"
	"time"

	"pulih/accounts"
	"pulih/audit"
	"pulih/db"
	"pulih/secret"
)

// A code for the new address: 40 bit, half an hour, five tries, and five of
// them a day for a request.
const (
	emailCodeLife  = 30 * time.Minute
	emailCodeTries = 5
	emailCodesADay = 5
	countEmailCode = "email.code"
)

// NameEmail says to which address a request wants to change. It stands there
// before anybody checks: what two people approve is this address and no other
// (impostor 5, 18). Another one voids the check. ErrMissing.
func (d *Desk) NameEmail(ctx context.Context, number string, s secret.Code, to secret.Email, actor audit.Actor) error {
	return d.byPerson(ctx, number, s, personStep(VerbNameEmail, actor), func(_ *db.Tx, p *passage) error {
		return p.nameEmail(to)
	})
}

// NameEmailAtCounter is the same for the person before the agent.
func (d *Desk) NameEmailAtCounter(ctx context.Context, by By, number string, version int64, to secret.Email) (Ticket, error) {
	return d.byStaff(ctx, by, place{number, version}, VerbNameEmail, func(_ *db.Tx, p *passage) error {
		return p.nameEmail(to)
	})
}

func (p *passage) nameEmail(to secret.Email) error {
	address, ok := accounts.ParseEmail(string(to))
	switch {
	case !ok:
		return ErrMissing
	case address == p.NewEmail:
		return ErrSame
	}
	p.NewEmail = address
	return nil
}

// AskEmailCode mails a code to the new address of a request that is ready.
// The one before it dies. ErrSpent; ErrVoided.
func (d *Desk) AskEmailCode(ctx context.Context, number string, s secret.Code, actor audit.Actor) error {
	return d.bound(ctx, func(tx *db.Tx) (bool, error) {
		r, err := d.byReceipt(ctx, tx, number, s)
		if err != nil {
			return false, err
		}
		return d.askEmailCode(ctx, tx, &r, personStep(VerbEmailCode, actor))
	})
}

// AskEmailCodeAtCounter is the same for the person before the agent.
func (d *Desk) AskEmailCodeAtCounter(ctx context.Context, by By, number string, version int64) (Ticket, error) {
	var t Ticket
	err := d.bound(ctx, func(tx *db.Tx) (bool, error) {
		r, err := d.find(ctx, tx, by, place{number, version})
		if err != nil {
			return false, err
		}
		voided, err := d.askEmailCode(ctx, tx, &r, by.step(VerbEmailCode))
		t = r.forStaff()
		return voided, err
	})
	return t, err
}

func (d *Desk) askEmailCode(ctx context.Context, tx *db.Tx, r *record, s step) (voided bool, err error) {
	p, err := d.gate(ctx, tx, r, s)
	if err != nil {
		return false, err
	}
	if voided, err = d.voided(ctx, tx, r); voided || err != nil {
		return voided, err
	}
	if _, err := d.take(ctx, tx, count{countEmailCode, r.ID, emailCodesADay}); err != nil {
		return false, err
	}
	if _, err := tx.Exec(ctx, endEmailCodes, r.ID); err != nil {
		return false, err
	}
	id, code, until := db.NewID(), secret.NewCode(accounts.CodeLength), tx.Now.Add(emailCodeLife)
	if _, err := tx.Exec(ctx, insertEmailCode, id, r.ID, r.NewEmail, d.emailCodeHash(id, code), until); err != nil {
		return false, err
	}
	if err := d.accounts.MailEmailCode(ctx, tx, r.NewEmail, r.Person, code, until); err != nil {
		return false, err
	}
	return false, d.move(ctx, tx, p)
}

func (d *Desk) emailCodeHash(id string, code secret.Code) []byte {
	return d.keys.Sum("email.code", id, string(code))
}

// EmailTried is what became of an attempt to change an address.
type EmailTried string

// The results.
const (
	EmailDone        EmailTried = "ok"
	EmailCodeWrong   EmailTried = "code"   // or too old, or tried too often: ask for another
	EmailFactorWrong EmailTried = "factor" // the code is right, the remaining factor is not
)

// tryEmailCode counts a try before it compares (RC-06).
func (d *Desk) tryEmailCode(ctx context.Context, tx *db.Tx, p *passage, code secret.Code) (id string, right bool, err error) {
	var hash []byte
	var email secret.Email
	err = tx.Row(ctx, tryEmailCode, p.ID, tx.Now, emailCodeTries).Scan(&id, &email, &hash)
	if errors.Is(err, db.ErrNotFound) {
		return "", false, nil
	}
	return id, err == nil && email == p.NewEmail && equal(d.emailCodeHash(id, code), hash), err
}

// changeEmail is the end of an approved change: the code proves the address,
// and nothing else was left to prove.
func (d *Desk) changeEmail(ctx context.Context, tx *db.Tx, p *passage, code string) error {
	if err := tx.One(ctx, useEmailCode, code); err != nil {
		return err
	}
	change := accounts.EmailChange{Person: p.Person, To: p.NewEmail, Object: p.ID, Number: p.Number}
	if err := d.accounts.ChangeEmail(ctx, tx, change, p.actor); err != nil {
		return err
	}
	p.SolvedBy = string(EmailReplaced)
	return d.move(ctx, tx, p)
}

// mayChangeEmail is the guard of the verbs around the new address: at the
// counter the agent types for the person, elsewhere nobody does.
func (d *Desk) mayChangeEmail(r *record, s step, now db.Time) error {
	switch {
	case (s.by != nil) != (r.Channel == Counter):
		return ErrChannel
	case r.State == Ready && r.ReadyAt.Add(d.waits.Approval) <= now && s.verb != VerbNameEmail:
		return ErrVoided // the clock will say so within a second
	}
	return nil
}
