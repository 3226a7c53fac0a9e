package accounts

import (
	"context"
	"errors"
	"fmt"

	"pulih/db"
	"pulih/secret"
)

// SignInForm is what is typed at /masuk: all three on one screen, or a Backup
// code in place of the OTP. Network and Agent say where it comes from.
type SignInForm struct {
	NIP      secret.NIP
	Password secret.Password
	OTP      string
	Backup   string
	Network  string
	Agent    string
}

// SignInResult is what became of a sign-in. All but the first two are told
// only to somebody who has given the right password (impostor 13, TV-10).
type SignInResult string

// The results.
const (
	SignInOK          SignInResult = "ok"
	SignInWrong       SignInResult = "wrong"       // number or password, never which
	SignInPaused      SignInResult = "paused"      // too many tries from here; see Until
	SignInOTPMissing  SignInResult = "otpmissing"  // the account wants a code
	SignInOTPWrong    SignInResult = "otpwrong"    //
	SignInUsed        SignInResult = "used"        // the code was used before
	SignInEarly       SignInResult = "early"       // the phone's clock is ahead
	SignInLate        SignInResult = "late"        // the phone's clock is behind
	SignInLocked      SignInResult = "locked"      // too many wrong codes; see Until
	SignInSuspended   SignInResult = "suspended"   // the account or its device is stopped
	SignInNeedsDevice SignInResult = "needsdevice" // it has no authenticator yet

	SignInBackupWrong  SignInResult = "backupwrong"  //
	SignInBackupUsed   SignInResult = "backupused"   // the backup code was used before
	SignInBackupClosed SignInResult = "backupclosed" // too many wrong ones today
)

// SignedIn is the answer to a sign-in. Token is the new session's, for the
// cookie; Device is the one whose code was used, "" for a backup code
// (impostor 11). Until is when to try again, for SignInPaused and
// SignInLocked. Weak says in Indonesian why today's rule would refuse the
// password. Way is what opens a suspended account.
type SignedIn struct {
	Result SignInResult
	Person string
	Device string
	Token  secret.Token
	Until  db.Time
	Weak   []string
	Way    WayBack
}

// WayBack is what opens a stopped account again, with SignInSuspended. It is
// told only after the right password, like the result itself.
type WayBack string

// The ways back.
const (
	BackByMail    WayBack = "mail"    // a new password, by mailed code and one-time code (impostor 2)
	BackByRequest WayBack = "request" // a new authenticator: alone, or through a request
	BackByCounter WayBack = "counter" // two people at the counter, and nothing else
)

// Prepared is a sign-in after its slow part. rehashed is the password at
// today's cost where the stored one costs less (PW-05).
type Prepared struct {
	form     SignInForm
	person   string
	phc      string
	right    bool
	paused   db.Time
	backup   CheckedBackup
	weak     []string
	rehashed string
}

// wrongPassword names the counter that delays a NIP from one network. A
// stranger elsewhere never delays its owner (impostor 13).
const wrongPassword = "signin.password"

// PrepareSignIn counts the try, before anything is compared, and does the
// slow part: one Argon2, for an unknown NIP too (EN-05). ErrBusy.
func (a *Accounts) PrepareSignIn(ctx context.Context, f SignInForm) (Prepared, error) {
	p, err := a.prepare(ctx, f)
	if err != nil || !p.right {
		return p, err
	}
	err = a.afterRight(ctx, &p)
	return p, err
}

// afterRight is the slow part that only a right password is worth.
func (a *Accounts) afterRight(ctx context.Context, p *Prepared) (err error) {
	if err := a.prepareBackup(ctx, p); err != nil {
		return err
	}
	var owner Person
	err = a.db.Read(ctx, func(tx *db.Tx) error {
		owner, err = a.Person(ctx, tx, p.person)
		return err
	})
	if err != nil {
		return fmt.Errorf("accounts: sign-in: %w", err)
	}
	p.weak = a.CheckPassword(p.form.Password, owner)
	if cheap(p.phc) {
		p.rehashed, err = a.hasher.Hash(ctx, p.form.Password)
	}
	return err
}

// prepareBackup is one more Argon2 where a backup code was typed.
func (a *Accounts) prepareBackup(ctx context.Context, p *Prepared) (err error) {
	if p.form.Backup != "" {
		p.backup, err = a.CheckBackup(ctx, p.person, p.form.Backup)
	}
	return err
}

func (a *Accounts) prepare(ctx context.Context, f SignInForm) (Prepared, error) {
	p := Prepared{form: f}
	err := a.db.Write(ctx, func(tx *db.Tx) error { return a.begin(ctx, tx, &p) })
	if err != nil {
		return Prepared{}, fmt.Errorf("accounts: sign-in: %w", err)
	}
	if p.paused != 0 {
		return p, nil
	}
	p.right, err = a.hasher.Verify(ctx, p.phc, f.Password)
	return p, err
}

func (a *Accounts) begin(ctx context.Context, tx *db.Tx, p *Prepared) error {
	until, _, err := a.attempt(ctx, tx, wrongPassword, string(p.form.NIP), p.form.Network)
	if err != nil {
		return err
	}
	p.paused = until
	err = tx.Row(ctx, selectSignIn, p.form.NIP).Scan(&p.person, &p.phc)
	if errors.Is(err, db.ErrNotFound) {
		return nil
	}
	return err
}
