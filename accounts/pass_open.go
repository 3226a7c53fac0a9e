package accounts

import (
	"context"
	"errors"
	"fmt"

	"pulih/audit"
	"pulih/db"
	"pulih/secret"
)

// PassForm is what is typed to begin an enrolment. Password is the remaining
// factor, or the new password where the pass rests on two people's check;
// only the pass knows which, so the form is the same.
type PassForm struct {
	NIP      secret.NIP
	Pass     secret.Code
	Password secret.Password
	OTP      string
	Backup   string
}

// PassResult is what became of it.
type PassResult string

// The results. A wrong pass and an unknown NIP answer alike (EN-04).
const (
	PassOpened      PassResult = "ok"
	PassWrong       PassResult = "wrong"    // number and pass do not belong together, or its time is over
	PassFactorWrong PassResult = "factor"   // the pass is right, the remaining factor is not
	PassDead        PassResult = "dead"     // five wrong factors
	PassPassword    PassResult = "password" // the new password does not satisfy the rule
)

// factorTries is how many wrong factors kill a pass (impostor 18).
const factorTries = 5

// PreparedPass is a form after its slow part.
type PreparedPass struct {
	pass    string
	person  string
	ticket  string
	basis   Basis
	factor  Checked
	phc     string
	reasons []string
}

// PreparePass does the slow part, outside any transaction: one Argon2 for who
// is known and who is not, and one more where a backup code was typed (EN-05).
// ErrBusy.
func (a *Accounts) PreparePass(ctx context.Context, f PassForm) (PreparedPass, error) {
	found, about, err := a.findPass(ctx, f)
	if err != nil {
		return PreparedPass{}, fmt.Errorf("accounts: prepare pass: %w", err)
	}
	p := PreparedPass{pass: found.ID, person: found.Person, ticket: found.Ticket, basis: found.Basis}
	if p.pass == "" || p.basis == ByFactor {
		p.factor, err = a.CheckFactor(ctx, FactorForm{Person: p.person, Password: f.Password,
			OTP: f.OTP, Backup: f.Backup, Before: found.FactorAfter})
		return p, err
	}
	if p.reasons = a.CheckPassword(f.Password, about); len(p.reasons) > 0 {
		return p, nil
	}
	p.phc, err = a.hasher.Hash(ctx, f.Password)
	return p, err
}

func (a *Accounts) findPass(ctx context.Context, f PassForm) (found pass, about Person, err error) {
	err = a.db.Read(ctx, func(tx *db.Tx) error {
		about, err = a.PersonByNIP(ctx, tx, f.NIP)
		if err != nil && !errors.Is(err, ErrNoPerson) {
			return err
		}
		found, err = scanPass(tx.Row(ctx, selectPass, a.passHash(about.ID, f.Pass), tx.Now))
		if errors.Is(err, db.ErrNotFound) {
			found = pass{}
			return nil
		}
		return err
	})
	return found, about, err
}

// OpenedPass is an enrolment under way. Token is for the cookie of the one
// browser that may finish it; Left counts the factors that may still be wrong.
type OpenedPass struct {
	Result  PassResult
	Token   secret.Token
	Ticket  string
	Until   db.Time
	Left    int
	Reasons []string // why the new password does not do; Indonesian
}

// OpenPass begins an enrolment with a fresh secret. Beginning again, within
// the time of the pass, replaces the one before. What is wrong is a result.
func (a *Accounts) OpenPass(ctx context.Context, tx *db.Tx, p PreparedPass, actor audit.Actor) (OpenedPass, error) {
	o, err := a.openPass(ctx, tx, p, actor)
	if err != nil {
		return OpenedPass{}, fmt.Errorf("accounts: open pass: %w", err)
	}
	return o, audit.Append(ctx, tx, audit.Event{Actor: actor, Action: audit.PassTried, Person: p.person,
		Object: p.pass, Result: string(o.Result)})
}

func (a *Accounts) openPass(ctx context.Context, tx *db.Tx, p PreparedPass, actor audit.Actor) (OpenedPass, error) {
	switch {
	case p.pass == "":
		return OpenedPass{Result: PassWrong}, nil
	case len(p.reasons) > 0:
		return OpenedPass{Result: PassPassword, Ticket: p.ticket, Reasons: p.reasons}, nil
	case p.basis == ByFactor:
		factor, err := a.UseFactor(ctx, tx, p.factor, actor)
		if err != nil {
			return OpenedPass{}, err
		}
		if factor == NoFactor {
			return a.wrongFactor(ctx, tx, p, actor)
		}
	}
	return a.enrolByPass(ctx, tx, p)
}

func (a *Accounts) wrongFactor(ctx context.Context, tx *db.Tx, p PreparedPass, actor audit.Actor) (OpenedPass, error) {
	var wrong int
	err := tx.Row(ctx, countWrongFactor, p.pass, factorTries).Scan(&wrong)
	if errors.Is(err, db.ErrNotFound) { // it died meanwhile
		return OpenedPass{Result: PassDead, Ticket: p.ticket}, nil
	}
	if err != nil {
		return OpenedPass{}, err
	}
	if wrong < factorTries {
		return OpenedPass{Result: PassFactorWrong, Ticket: p.ticket, Left: factorTries - wrong}, nil
	}
	return OpenedPass{Result: PassDead, Ticket: p.ticket}, a.EndPass(ctx, tx, p.ticket, actor)
}

func (a *Accounts) enrolByPass(ctx context.Context, tx *db.Tx, p PreparedPass) (OpenedPass, error) {
	err := tx.One(ctx, openPass, p.pass, tx.Now.Add(pendingTime), tx.Now)
	if errors.Is(err, db.ErrConflict) {
		return OpenedPass{Result: PassWrong}, nil
	}
	if err != nil {
		return OpenedPass{}, err
	}
	token, until, err := a.BeginEnrolment(ctx, tx, NewEnrolment{p.person, ByPass, p.pass, p.phc})
	return OpenedPass{Result: PassOpened, Token: token, Ticket: p.ticket, Until: until}, err
}
