package accounts

import (
	"context"

	"pulih/audit"
	"pulih/db"
	"pulih/secret"
)

// FirstPassword is the form of an activation's last step before the device.
type FirstPassword struct {
	Browser  secret.Token
	Password secret.Password
}

// Activating is the answer. Reasons say in Indonesian why the password will
// not do; otherwise Token is for the cookie of the enrolment, which must be
// finished by Until.
type Activating struct {
	Reasons []string
	Token   secret.Token
	Until   db.Time
}

// BeginActivation keeps the first password, hashed, beside the secret of the
// first authenticator. The account changes with that device's first right
// code and not before (RC-14). Until then the password may be chosen again.
// ErrStep, ErrBusy.
func (a *Accounts) BeginActivation(ctx context.Context, f FirstPassword, actor audit.Actor) (Activating, error) {
	flow := Flow{ForActivation, f.Browser}
	reasons, err := a.refuse(ctx, flow, f.Password, actor)
	if err != nil || len(reasons) > 0 {
		return Activating{Reasons: reasons}, err
	}
	phc, err := a.hasher.Hash(ctx, f.Password)
	if err != nil {
		return Activating{}, err
	}
	var begun Activating
	err = a.db.Write(ctx, func(tx *db.Tx) (err error) {
		begun, err = a.beginActivation(ctx, tx, flow, phc, actor)
		return err
	})
	return begun, a.stepped(ctx, "first password", actor, err)
}

func (a *Accounts) beginActivation(ctx context.Context, tx *db.Tx, f Flow, phc string, actor audit.Actor) (Activating, error) {
	r, p, _, err := a.provenReset(ctx, tx, f)
	if err != nil {
		return Activating{}, err
	}
	token, until, err := a.BeginEnrolment(ctx, tx, NewEnrolment{Person: p.ID, Via: ByActivation, Source: r.ID, PHC: phc})
	if err != nil {
		return Activating{}, err
	}
	return Activating{Token: token, Until: until}, audit.Append(ctx, tx, audit.Event{Actor: actor, Action: audit.Activating,
		Person: p.ID, Object: r.ID})
}

// firstTime tells whether an account may be activated: once in its life, by
// the address that it was entered with, and never in place of a pass
// (impostor 15).
func (a *Accounts) firstTime(ctx context.Context, tx *db.Tx, person string) (first bool, err error) {
	err = tx.Row(ctx, selectFirstTime, person, tx.Now).Scan(&first)
	return first, err
}

// useActivation spends what allowed an activation. The account's row is
// locked before it is looked at again, so that an import that changes the
// address comes wholly before, and ends this, or wholly after.
func (a *Accounts) useActivation(ctx context.Context, tx *db.Tx, p Pending) error {
	if err := tx.One(ctx, lockUnactivated, p.Person.ID); err != nil {
		return err
	}
	first, err := a.firstTime(ctx, tx, p.Person.ID)
	if err == nil && !first {
		err = db.ErrConflict
	}
	if err != nil {
		return err
	}
	return tx.One(ctx, finishReset, p.Source)
}

// setByPass sets the password that two people's check allows. Where it is the
// account's first, the unit hears of it as of any other (impostor 15).
func (a *Accounts) setByPass(ctx context.Context, tx *db.Tx, p Pending, actor audit.Actor) error {
	acc, err := a.Account(ctx, tx, p.Person.ID)
	if err == nil {
		err = a.SetPassword(ctx, tx, p.Person.ID, p.phc, ViaEnrolment)
	}
	if err != nil || acc.ActivatedAt != 0 {
		return err
	}
	if err := a.tellOperators(ctx, tx, p.Person); err != nil {
		return err
	}
	return audit.Append(ctx, tx, audit.Event{Actor: actor, Action: audit.Activated, Person: p.Person.ID, Object: p.Source})
}

// finishActivation sets the first password and tells the unit; the person
// hears of it from bind. A pause of wrong guesses from before is over.
func (a *Accounts) finishActivation(ctx context.Context, tx *db.Tx, p Pending, actor audit.Actor) error {
	if err := a.SetPassword(ctx, tx, p.Person.ID, p.phc, ViaActivation); err != nil {
		return err
	}
	if err := a.forgivePassword(ctx, tx, p.Person, actor); err != nil {
		return err
	}
	if err := a.tellOperators(ctx, tx, p.Person); err != nil {
		return err
	}
	return audit.Append(ctx, tx, audit.Event{Actor: actor, Action: audit.Activated, Person: p.Person.ID, Object: p.Source})
}
