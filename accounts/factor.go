package accounts

import (
	"context"
	"errors"
	"fmt"
	"time"

	"pulih/audit"
	"pulih/db"
	"pulih/otp"
	"pulih/secret"
)

// Factor is the remaining factor that somebody showed (impostor 1).
type Factor string

// The remaining factors.
const (
	NoFactor       Factor = ""
	PasswordFactor Factor = "password"
	OTPFactor      Factor = "otp"
	BackupFactor   Factor = "backup"
)

// FactorForm is what is typed to show a remaining factor, one of the three.
// Before is when the request was opened, or whatever else the password must
// be seven days older than.
type FactorForm struct {
	Person   string
	Password secret.Password
	OTP      string
	Backup   string
	Before   db.Time
}

// Checked is a form after its slow part.
type Checked struct {
	form   FactorForm
	phc    string
	right  bool
	backup CheckedBackup
}

// settled is how long a password must have been set before the request. One
// that a mail reset has brought since is younger by that alone (impostor 1).
const settled = 7 * 24 * time.Hour

// otpGuesses bounds guessing at a person's codes without his password. It
// closes only this one way, never the sign-in (impostor 13).
var otpGuesses = budget{"factor.otp", 20, 24 * time.Hour}

// CheckFactor does the slow part, outside any transaction: one Argon2, and
// one more where a backup code was typed, for nobody and for nothing too
// (EN-05). ErrBusy.
func (a *Accounts) CheckFactor(ctx context.Context, f FactorForm) (Checked, error) {
	var acc Account
	err := a.db.Read(ctx, func(tx *db.Tx) (err error) {
		acc, err = a.Account(ctx, tx, f.Person)
		return err
	})
	if err != nil && !errors.Is(err, ErrNoPerson) {
		return Checked{}, fmt.Errorf("accounts: check factor: %w", err)
	}
	c := Checked{form: f, phc: acc.password}
	if c.right, err = a.hasher.Verify(ctx, c.phc, f.Password); err != nil || f.Backup == "" {
		return c, err
	}
	c.backup, err = a.CheckBackup(ctx, f.Person, f.Backup)
	return c, err
}

// UseFactor says which factor was shown, and spends the step of an OTP. A
// wrong one is NoFactor, counted and logged, never an error.
func (a *Accounts) UseFactor(ctx context.Context, tx *db.Tx, c Checked, actor audit.Actor) (Factor, error) {
	factor, err := a.factor(ctx, tx, c, actor)
	if err != nil {
		return NoFactor, fmt.Errorf("accounts: use factor: %w", err)
	}
	e := audit.Event{Actor: actor, Action: audit.FactorShown, Person: c.form.Person, Result: string(factor)}
	if factor == NoFactor {
		e.Result = audit.Refused
	}
	return factor, audit.Append(ctx, tx, e)
}

func (a *Accounts) factor(ctx context.Context, tx *db.Tx, c Checked, actor audit.Actor) (Factor, error) {
	acc, err := a.Account(ctx, tx, c.form.Person)
	if errors.Is(err, ErrNoPerson) || acc.DisabledAt != 0 {
		return NoFactor, nil
	}
	if err != nil {
		return NoFactor, err
	}
	if c.right && acc.password == c.phc && acc.settledBefore(c.form.Before) {
		return PasswordFactor, nil
	}
	if factor, err := a.otpFactor(ctx, tx, c.form); err != nil || factor != NoFactor {
		return factor, err
	}
	return a.backupFactor(ctx, tx, c, actor)
}

func (acc Account) settledBefore(t db.Time) bool {
	return acc.PasswordAt != 0 && acc.SuspendedAt == 0 && acc.PasswordAt <= t.Add(-settled)
}

// backupFactor comes last: where another factor counts, no code is spent.
func (a *Accounts) backupFactor(ctx context.Context, tx *db.Tx, c Checked, actor audit.Actor) (Factor, error) {
	if c.form.Backup == "" {
		return NoFactor, nil
	}
	used, err := a.useBackup(ctx, tx, c.backup, actor)
	if err != nil || !used {
		return NoFactor, err
	}
	return BackupFactor, nil
}

// otpFactor wants another device: a code of the only one is a code of the
// one that is said to be lost.
func (a *Accounts) otpFactor(ctx context.Context, tx *db.Tx, f FactorForm) (Factor, error) {
	code, ok := otp.Clean(f.OTP)
	if !ok {
		return NoFactor, nil
	}
	devices, err := a.authenticators(ctx, tx, f.Person)
	if err != nil || len(devices) < 2 {
		return NoFactor, err
	}
	if allowed, err := a.take(ctx, tx, otpGuesses, f.Person); err != nil || !allowed {
		return NoFactor, err
	}
	result, _, err := a.useOTP(ctx, tx, devices, code)
	if err != nil || result != otpOK {
		return NoFactor, err
	}
	return OTPFactor, nil
}
