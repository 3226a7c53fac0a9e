package accounts

import (
	"context"
	"fmt"

	"pulih/audit"
	"pulih/db"
	"pulih/secret"
)

// AloneForm is what is typed at /pulihkan-mfa. OTP is a code of another
// device; it or a backup code may be left out. Held is what the browser holds
// of a wait.
type AloneForm struct {
	NIP      secret.NIP
	Password secret.Password
	OTP      string
	Backup   string
	Network  string
	Held     Held
}

// AloneResult is what became of the form. All but the first two are told only
// to somebody who has given the right password.
type AloneResult string

// The results.
const (
	AloneWrong      AloneResult = "wrong"      // number or password, never which
	AlonePaused     AloneResult = "paused"     // too many tries from here; see Until
	AloneCodeWrong  AloneResult = "codewrong"  // neither a backup code nor another device's
	AloneCodeClosed AloneResult = "codeclosed" // too many wrong backup codes today
	AloneBarred     AloneResult = "barred"     // not alone; see Why
	AloneBegun      AloneResult = "begun"      // an enrolment; Token is its cookie
	AloneMail       AloneResult = "mail"       // the mailbox is to be proven; Token is the flow's
	AloneWaiting    AloneResult = "waiting"    // a wait is under way; see Wait
	AloneElsewhere  AloneResult = "elsewhere"  // it is over, and this browser does not hold it
)

// Alone is the answer. Person is set from the right password on.
type Alone struct {
	Result AloneResult
	Person Person
	Token  secret.Token
	Until  db.Time
	Wait   Wait
	Why    []Bar
}

// EnrolAlone takes the first form of somebody who wants a new authenticator
// without staff. The right password is always needed (NIST SP 800-63B-4
// §4.2.2.2), and a second thing that is not the mailbox behind it: a backup
// code or another device at once, else the mailbox and a wait. Wrong
// passwords pause as at the sign-in, with the same counter. ErrBusy.
func (a *Accounts) EnrolAlone(ctx context.Context, f AloneForm, actor audit.Actor) (Alone, error) {
	p, err := a.prepare(ctx, SignInForm{NIP: f.NIP, Password: f.Password, Backup: f.Backup, Network: f.Network})
	if err == nil && p.right {
		err = a.prepareBackup(ctx, &p)
	}
	if err != nil {
		return Alone{}, err
	}
	var r Alone
	err = a.db.Write(ctx, func(tx *db.Tx) (err error) {
		if r, err = a.alone(ctx, tx, p, f, actor); err != nil {
			return err
		}
		return audit.Append(ctx, tx, audit.Event{Actor: actor, Action: audit.AloneTried, Person: p.person, Result: string(r.Result)})
	})
	if err != nil {
		return Alone{}, fmt.Errorf("accounts: enrol alone: %w", err)
	}
	if r.Result == AloneMail {
		r.Token, err = a.StartReset(ctx, ForMFA, f.NIP, actor)
	}
	return r, err
}

func (a *Accounts) alone(ctx context.Context, tx *db.Tx, p Prepared, f AloneForm, actor audit.Actor) (Alone, error) {
	acc, refused, err := a.rightPassword(ctx, tx, p)
	switch {
	case err != nil:
		return Alone{}, err
	case refused == SignInPaused:
		return Alone{Result: AlonePaused, Until: p.paused}, nil
	case refused != "":
		_, err := a.tryLink(ctx, tx, f.Held)
		return Alone{Result: AloneWrong}, err
	}
	person, err := a.Person(ctx, tx, acc.Person)
	if err != nil {
		return Alone{}, err
	}
	o, err := a.ownerOf(ctx, tx, person, acc)
	if err != nil {
		return Alone{}, err
	}
	r := Alone{Person: person}
	switch r.Why = o.bars(tx.Now); {
	case len(r.Why) > 0:
		r.Result = AloneBarred
	case f.OTP != "" || f.Backup != "":
		err = a.atOnce(ctx, tx, &r, p.backup, f, actor)
	case o.last.Live() && !o.last.late(tx.Now):
		err = a.afterWait(ctx, tx, &r, o, f.Held)
	default:
		r.Result, r.Why = AloneMail, o.waitBars(tx.Now)
		if len(r.Why) > 0 {
			r.Result = AloneBarred
		}
	}
	return r, err
}

// atOnce takes what the owner alone has: a code of another device, or a
// backup code. Beside the password, whichever way that was set, these are two
// different ways (impostor 1).
func (a *Accounts) atOnce(ctx context.Context, tx *db.Tx, r *Alone, b CheckedBackup, f AloneForm, actor audit.Actor) error {
	shown, err := a.otpFactor(ctx, tx, FactorForm{Person: r.Person.ID, OTP: f.OTP})
	if err != nil {
		return err
	}
	result := backupWrong
	if shown == NoFactor && f.Backup != "" {
		if result, err = a.provenBackup(ctx, tx, b, actor); err != nil {
			return err
		}
	}
	switch {
	case shown != NoFactor || result == backupOK:
		return a.beginAlone(ctx, tx, r, "")
	case result == backupClosed:
		r.Result = AloneCodeClosed
	default:
		r.Result = AloneCodeWrong
	}
	return nil
}

// afterWait goes on where the wait is over, in a browser that holds it.
func (a *Accounts) afterWait(ctx context.Context, tx *db.Tx, r *Alone, o owner, h Held) error {
	r.Wait = o.last
	switch {
	case !o.holds(o.last, tx.Now):
		r.Result, r.Why = AloneBarred, o.waitBars(tx.Now)
		return a.endWaits(ctx, tx, o.ID, WaitChanged)
	case o.last.State == Waiting:
		r.Result = AloneWaiting
		return nil
	}
	if holds, err := a.holding(ctx, tx, o.last, h); err != nil || !holds {
		r.Result = AloneElsewhere
		return err
	}
	return a.beginAlone(ctx, tx, r, o.last.ID)
}

// holding tells whether a browser may go on with a wait: the one that began
// it, or who opened the mailed link and has not guessed at passwords with it.
func (a *Accounts) holding(ctx context.Context, tx *db.Tx, w Wait, h Held) (holds bool, err error) {
	open, err := a.tryLink(ctx, tx, h)
	if err != nil {
		return false, err
	}
	if !open {
		h.Link = ""
	}
	err = tx.Row(ctx, selectHolding, w.ID, h.Browser.Hash(), a.waitLinkHash(h.Link)).Scan(&holds)
	return holds, err
}

// linkTries ends a mailed link for who reads the mailbox and guesses the
// password (impostor 18); the browser that began the wait still goes on.
var linkTries = budget{"wait.link", 5, readyTime}

func (a *Accounts) tryLink(ctx context.Context, tx *db.Tx, h Held) (open bool, err error) {
	if h.Link == "" {
		return false, nil
	}
	return a.take(ctx, tx, linkTries, string(a.waitLinkHash(h.Link)))
}

func (a *Accounts) beginAlone(ctx context.Context, tx *db.Tx, r *Alone, wait string) (err error) {
	r.Result = AloneBegun
	r.Token, r.Until, err = a.BeginEnrolment(ctx, tx, NewEnrolment{Person: r.Person.ID, Via: BySelf, Source: wait})
	return err
}
