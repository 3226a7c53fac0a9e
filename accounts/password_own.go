package accounts

import (
	"context"
	"errors"
	"fmt"

	"pulih/audit"
	"pulih/db"
	"pulih/mail"
	"pulih/secret"
)

// OwnChange is the answer to ChangePassword. Reasons say in Indonesian why the
// new password will not do; then nothing was spent.
type OwnChange struct {
	Acted
	Reasons []string
}

// ChangePassword replaces a password by its owner, who knows it. Other
// sessions end and everybody is told; the old one is refused as the new
// (PW-08). ErrBusy, ErrNoSession.
func (a *Accounts) ChangePassword(ctx context.Context, c Confirmation, fresh secret.Password, actor audit.Actor) (OwnChange, error) {
	p, err := a.prepareConfirmation(ctx, c, actor)
	if err != nil {
		return OwnChange{}, err
	}
	var phc string
	if p.right {
		reasons, err := a.refuseOwn(ctx, p, fresh)
		if err != nil || len(reasons) > 0 {
			return OwnChange{Reasons: reasons}, errors.Join(err, a.forgiveTries(ctx, p))
		}
		if phc, err = a.hasher.Hash(ctx, fresh); err != nil {
			return OwnChange{}, err
		}
	}
	done, err := a.actWith(ctx, c, p, actor, func(tx *db.Tx) error { return a.changeOwn(ctx, tx, c, p.phc, phc, actor) })
	return OwnChange{Acted: done}, err
}

func (a *Accounts) refuseOwn(ctx context.Context, p Prepared, fresh secret.Password) ([]string, error) {
	var owner Person
	err := a.db.Read(ctx, func(tx *db.Tx) (err error) {
		owner, err = a.Person(ctx, tx, p.person)
		return err
	})
	if err != nil {
		return nil, fmt.Errorf("accounts: change password: %w", err)
	}
	return a.refused(ctx, fresh, p.phc, owner)
}

func (a *Accounts) changeOwn(ctx context.Context, tx *db.Tx, c Confirmation, old, phc string, actor audit.Actor) error {
	err := tx.One(ctx, changePassword, c.Person, old, phc, ViaOwner, tx.Now)
	if errors.Is(err, db.ErrConflict) {
		return fmt.Errorf("accounts: change password: %w", err)
	}
	if err == nil {
		err = a.endResets(ctx, tx, c.Person)
	}
	if err == nil {
		err = a.endOthers(ctx, tx, c.Person, c.Session)
	}
	if err == nil {
		err = a.tellChange(ctx, tx, c.Person, mail.PasswordChanged, "")
	}
	if err != nil {
		return err
	}
	return audit.Append(ctx, tx, audit.Event{Actor: actor, Action: audit.PasswordChanged, Person: c.Person})
}
