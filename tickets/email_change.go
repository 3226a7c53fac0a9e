package tickets

import (
	"context"
	"crypto/subtle"

	"pulih/accounts"
	"pulih/audit"
	"pulih/db"
	"pulih/secret"
)

// ChangeEmail puts the new address on file, for who types the code that was
// mailed there and shows the remaining factor again; without one the call-back
// has proven whose page it is (impostor 1, 5). What is wrong is a result.
// ErrSpent, accounts.ErrBusy; ErrVoided when the account has changed since
// the approval.
func (d *Desk) ChangeEmail(ctx context.Context, number string, s, code secret.Code, f FactorForm, actor audit.Actor) (EmailTried, error) {
	checked, err := d.checkFactor(ctx, number, s, f)
	if err != nil {
		return "", err
	}
	var tried EmailTried
	err = d.bound(ctx, func(tx *db.Tx) (voided bool, err error) {
		r, err := d.byReceipt(ctx, tx, number, s)
		if err != nil {
			return false, err
		}
		p, err := d.gate(ctx, tx, &r, personStep(VerbChangeEmail, actor))
		if err != nil {
			return false, err
		}
		if voided, err = d.voided(ctx, tx, &r); voided || err != nil {
			return voided, err
		}
		tried, err = d.changeByPerson(ctx, tx, p, code, checked)
		return false, err
	})
	return tried, err
}

func (d *Desk) changeByPerson(ctx context.Context, tx *db.Tx, p *passage, code secret.Code, c accounts.Checked) (EmailTried, error) {
	id, right, err := d.tryEmailCode(ctx, tx, p, code)
	if err != nil || !right {
		return EmailCodeWrong, d.triedEmail(ctx, tx, p, EmailCodeWrong, err)
	}
	if p.Basis == accounts.ByFactor {
		if shown, err := d.factorAgain(ctx, tx, p, c); err != nil || !shown {
			return EmailFactorWrong, d.triedEmail(ctx, tx, p, EmailFactorWrong, err)
		}
	}
	p.actor.Kind, p.actor.ID = audit.Person, p.Person
	return EmailDone, d.changeEmail(ctx, tx, p, id)
}

// ChangeEmailAtCounter is the same for the person before the agent, whose
// originals two people have seen. It spends a fresh OTP of the agent.
func (d *Desk) ChangeEmailAtCounter(ctx context.Context, by By, number string, version int64, code secret.Code) (EmailTried, error) {
	var tried EmailTried
	err := d.bound(ctx, func(tx *db.Tx) (voided bool, err error) {
		r, err := d.find(ctx, tx, by, place{number, version})
		if err != nil {
			return false, err
		}
		p, err := d.gate(ctx, tx, &r, by.step(VerbChangeEmail))
		if err != nil {
			return false, err
		}
		if voided, err = d.voided(ctx, tx, &r); voided || err != nil {
			return voided, err
		}
		if err := d.accounts.SpendProof(ctx, tx, by.Staff.Session); err != nil {
			return false, err
		}
		tried, err = d.changeAtCounter(ctx, tx, p, code)
		return false, err
	})
	return tried, err
}

func (d *Desk) changeAtCounter(ctx context.Context, tx *db.Tx, p *passage, code secret.Code) (EmailTried, error) {
	id, right, err := d.tryEmailCode(ctx, tx, p, code)
	if err != nil || !right {
		return EmailCodeWrong, d.triedEmail(ctx, tx, p, EmailCodeWrong, err)
	}
	return EmailDone, d.changeEmail(ctx, tx, p, id)
}

// triedEmail logs an attempt that changed nothing.
func (d *Desk) triedEmail(ctx context.Context, tx *db.Tx, p *passage, result EmailTried, err error) error {
	if err != nil {
		return err
	}
	return audit.Append(ctx, tx, audit.Event{Actor: p.actor, Action: audit.Ticket + audit.Action(p.verb), Person: p.Person,
		Object: p.ID, Result: audit.Refused, Detail: map[string]string{"number": p.Number, "note": string(result)}})
}

func equal(a, b []byte) bool { return subtle.ConstantTimeCompare(a, b) == 1 }
