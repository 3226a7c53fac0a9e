package accounts

import (
	"context"
	"errors"
	"fmt"
	"time"

	"pulih/audit"
	"pulih/db"
	"pulih/mail"
	"pulih/otp"
	"pulih/secret"
)

// ResetPassword is the last step's form. OTP only where the account wants it.
type ResetPassword struct {
	Browser  secret.Token
	Password secret.Password
	OTP      string
}

// ResetDone is the answer. Reasons say in Indonesian why the password will
// not do; OTPWrong that the code was wrong, and OTPClosed that no further
// code will be compared today. None of them ends the flow.
type ResetDone struct {
	OK        bool
	Reasons   []string
	OTPWrong  bool
	OTPClosed bool
}

// ResetOwner is what the page for the password needs of the person: the number for
// password managers, a passphrase he might take, and whether a code of his
// authenticator is wanted too, and can be had.
type ResetOwner struct {
	NIP        secret.NIP
	Passphrase secret.Password
	NeedsOTP   bool
	HasDevice  bool
}

// resetOTP bounds guessing at codes by somebody who reads the mailbox. It
// closes this way only, so it is not the victim's sign-in that he loses.
var resetOTP = budget{"reset.otp", 10, 24 * time.Hour}

// ResetOwner reads whose password is to be set, the first or a new one.
// ErrStep before a proof.
func (a *Accounts) ResetOwner(ctx context.Context, f Flow) (o ResetOwner, err error) {
	err = a.db.Read(ctx, func(tx *db.Tx) error {
		_, p, acc, err := a.provenReset(ctx, tx, f)
		if err != nil {
			return err
		}
		devices, err := a.authenticators(ctx, tx, p.ID)
		o = ResetOwner{p.NIP, PassphraseFor(p), acc.ResetNeedsOTP, len(devices) > 0}
		return err
	})
	return o, err
}

func (a *Accounts) provenReset(ctx context.Context, tx *db.Tx, f Flow) (Reset, Person, Account, error) {
	r, err := a.reset(ctx, tx, f, ResetProven)
	if err != nil {
		return r, Person{}, Account{}, err
	}
	p, err := a.Person(ctx, tx, r.person)
	if err != nil {
		return r, p, Account{}, err
	}
	acc, err := a.Account(ctx, tx, r.person)
	if err != nil {
		return r, p, acc, err
	}
	why, err := a.unfit(ctx, tx, r.Purpose, acc)
	if err == nil && (acc.DisabledAt != 0 || !p.Active || why != "") { // since the proof
		err = ErrStep
	}
	return r, p, acc, err
}

// FinishReset sets the new password. The account, its codes, sessions, flows
// and the notice change in one transaction; the Argon2 is outside it. It
// signs nobody in (RC-15) and leaves the authenticators alone (RC-16).
// ErrStep, ErrBusy.
func (a *Accounts) FinishReset(ctx context.Context, f ResetPassword, actor audit.Actor) (ResetDone, error) {
	reasons, err := a.refuse(ctx, Flow{ForPassword, f.Browser}, f.Password, actor)
	if err != nil || len(reasons) > 0 {
		return ResetDone{Reasons: reasons}, err
	}
	phc, err := a.hasher.Hash(ctx, f.Password)
	if err != nil {
		return ResetDone{}, err
	}
	var done ResetDone
	err = a.db.Write(ctx, func(tx *db.Tx) (err error) {
		done, err = a.finish(ctx, tx, f, phc, actor)
		return err
	})
	return done, a.stepped(ctx, "password", actor, err)
}

// refuse lists what is wrong with the password, the old one among it (PW-08).
func (a *Accounts) refuse(ctx context.Context, f Flow, password secret.Password, actor audit.Actor) ([]string, error) {
	var p Person
	var acc Account
	err := a.db.Read(ctx, func(tx *db.Tx) (err error) {
		_, p, acc, err = a.provenReset(ctx, tx, f)
		return err
	})
	if err != nil {
		return nil, a.stepped(ctx, "password", actor, err)
	}
	return a.refused(ctx, password, acc.password, p)
}

// refused says why a new password will not do in place of an old one (PW-08).
func (a *Accounts) refused(ctx context.Context, fresh secret.Password, oldPHC string, owner Person) ([]string, error) {
	if reasons := a.CheckPassword(fresh, owner); len(reasons) > 0 {
		return reasons, nil
	}
	same, err := a.hasher.Verify(ctx, oldPHC, fresh)
	if err != nil || !same {
		return nil, err
	}
	return []string{"Kata sandi ini sama dengan yang lama."}, nil
}

func (a *Accounts) finish(ctx context.Context, tx *db.Tx, f ResetPassword, phc string, actor audit.Actor) (ResetDone, error) {
	r, p, acc, err := a.provenReset(ctx, tx, Flow{ForPassword, f.Browser})
	if err != nil {
		return ResetDone{}, err
	}
	if acc.ResetNeedsOTP {
		if refused, err := a.resetWithoutOTP(ctx, tx, r, f.OTP, actor); err != nil || !refused.OK {
			return refused, err
		}
	}
	if err := tx.One(ctx, finishReset, r.ID); errors.Is(err, db.ErrConflict) {
		return ResetDone{}, ErrStep
	} else if err != nil {
		return ResetDone{}, err
	}
	if err := a.SetPassword(ctx, tx, p.ID, phc, ViaMail); err != nil {
		return ResetDone{}, err
	}
	if err := a.forgivePassword(ctx, tx, p, actor); err != nil {
		return ResetDone{}, err
	}
	if _, err := a.Notify(ctx, tx, p, Notification{What: mail.PasswordChanged, Object: r.ID}); err != nil {
		return ResetDone{}, err
	}
	return ResetDone{OK: true}, audit.Append(ctx, tx, audit.Event{Actor: actor, Action: audit.ResetFinished,
		Person: p.ID, Object: r.ID})
}

// resetWithoutOTP asks for the second proof where "Bukan saya" was pressed on
// a change before (impostor 2). OK means that the code was right.
func (a *Accounts) resetWithoutOTP(ctx context.Context, tx *db.Tx, r Reset, typed string, actor audit.Actor) (ResetDone, error) {
	code, ok := otp.Clean(typed)
	if !ok {
		return ResetDone{OTPWrong: true}, nil
	}
	open, err := a.take(ctx, tx, resetOTP, r.person)
	if err != nil || !open {
		return ResetDone{OTPClosed: true}, err
	}
	devices, err := a.authenticators(ctx, tx, r.person)
	if err != nil {
		return ResetDone{}, err
	}
	result, _, err := a.useOTP(ctx, tx, devices, code)
	if err != nil {
		return ResetDone{}, fmt.Errorf("accounts: reset: %w", err)
	}
	return ResetDone{OK: result == otpOK, OTPWrong: result != otpOK}, a.auditTry(ctx, tx, r.ID, r.person, "otp_"+string(result), actor)
}
