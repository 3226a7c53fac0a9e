package accounts

import (
	"context"
	"errors"
	"fmt"

	"pulih/audit"
	"pulih/db"
	"pulih/secret"
)

// Confirmation is the password and an OTP, typed into the very form that
// changes something: not five minutes ago, and not in another tab (impostor
// 14). Session is the id of the one that acts.
type Confirmation struct {
	Person   string
	Session  string
	Password secret.Password
	OTP      string
}

// Acted is the answer to what wants a Confirmation. Any Result but SignInOK
// says why nothing was done, with Until as in SignedIn. Token is the cookie
// from now on: the session goes on under a new one (SE-01).
type Acted struct {
	Result SignInResult
	Until  db.Time
	Token  secret.Token
}

// OK tells whether it was done.
func (a Acted) OK() bool { return a.Result == SignInOK }

// act runs do after a right Confirmation, in one transaction with it. Wrong
// passwords pause here like at the sign-in and wrong codes count like there,
// because it is the same code (impostor 13). ErrBusy, ErrNoSession.
func (a *Accounts) act(ctx context.Context, c Confirmation, actor audit.Actor, do func(*db.Tx) error) (Acted, error) {
	p, err := a.prepareConfirmation(ctx, c, actor)
	if err != nil {
		return Acted{}, err
	}
	return a.actWith(ctx, c, p, actor, do)
}

// actWith is act after the slow part of the Confirmation. What is slow itself
// comes between the two, and only after a right password.
func (a *Accounts) actWith(ctx context.Context, c Confirmation, p Prepared, actor audit.Actor, do func(*db.Tx) error) (Acted, error) {
	var done Acted
	err := a.db.Write(ctx, func(tx *db.Tx) (err error) {
		if done, err = a.confirm(ctx, tx, c, p, actor); err != nil || !done.OK() {
			return err
		}
		return do(tx)
	})
	switch {
	case err == nil:
		return done, nil
	case done.OK(): // the proof was right, and rolled back with the act
		err = errors.Join(err, a.forgiveTries(ctx, p))
	}
	return Acted{}, fmt.Errorf("accounts: act: %w", err)
}

func (a *Accounts) forgiveTries(ctx context.Context, p Prepared) error {
	return a.db.Write(ctx, func(tx *db.Tx) error {
		return a.forgive(ctx, tx, wrongPassword, string(p.form.NIP), p.form.Network)
	})
}

func (a *Accounts) prepareConfirmation(ctx context.Context, c Confirmation, actor audit.Actor) (Prepared, error) {
	var p Person
	err := a.db.Read(ctx, func(tx *db.Tx) (err error) {
		p, err = a.Person(ctx, tx, c.Person)
		return err
	})
	if err != nil {
		return Prepared{}, fmt.Errorf("accounts: confirm: %w", err)
	}
	return a.prepare(ctx, SignInForm{NIP: p.NIP, Password: c.Password, OTP: c.OTP, Network: actor.Network})
}

func (a *Accounts) confirm(ctx context.Context, tx *db.Tx, c Confirmation, p Prepared, actor audit.Actor) (Acted, error) {
	s, _, err := a.proveBoth(ctx, tx, p, actor)
	if err != nil {
		return Acted{}, err
	}
	done := Acted{Result: s.Result, Until: s.Until}
	if done.OK() {
		if done.Token, err = a.renew(ctx, tx, c); err != nil {
			return Acted{}, err
		}
	}
	return done, audit.Append(ctx, tx, audit.Event{Actor: actor, Action: audit.Confirmed, Person: c.Person, Object: s.Device,
		Result: string(s.Result)})
}

// renew gives the session that acts a new token, unless it ended meanwhile.
func (a *Accounts) renew(ctx context.Context, tx *db.Tx, c Confirmation) (secret.Token, error) {
	token := secret.NewToken()
	err := tx.One(ctx, renewSession, c.Session, c.Person, token.Hash(), tx.Now)
	if errors.Is(err, db.ErrConflict) {
		return "", ErrNoSession
	}
	return token, err
}

// endOthers ends every session of a person but the one that acts (SE-04).
func (a *Accounts) endOthers(ctx context.Context, tx *db.Tx, person, session string) error {
	if _, err := tx.Exec(ctx, endOtherSessions, person, session, tx.Now); err != nil {
		return fmt.Errorf("accounts: end other sessions: %w", err)
	}
	return nil
}
