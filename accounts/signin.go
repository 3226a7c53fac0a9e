package accounts

import (
	"context"
	"errors"
	"fmt"

	"pulih/audit"
	"pulih/db"
	"pulih/secret"
)

// SignInForm is what is typed at /masuk: all three on one screen. Network and
// Agent say where it comes from.
type SignInForm struct {
	NIP      secret.NIP
	Password secret.Password
	OTP      string
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
)

// SignedIn is the answer to a sign-in. Token is the new session's, for the
// cookie; Device is the one whose code was used (impostor 11). Until is when
// to try again, for SignInPaused and SignInLocked.
type SignedIn struct {
	Result SignInResult
	Person string
	Device string
	Token  secret.Token
	Until  db.Time
}

// Prepared is a sign-in after its slow part.
type Prepared struct {
	form   SignInForm
	person string
	phc    string
	right  bool
	paused db.Time
}

// wrongPassword names the counter that delays a NIP from one network. A
// stranger elsewhere never delays its owner (impostor 13).
const wrongPassword = "signin.password"

// PrepareSignIn counts the try, before anything is compared, and does the
// slow part: one Argon2, for an unknown NIP too (EN-05). ErrBusy.
func (a *Accounts) PrepareSignIn(ctx context.Context, f SignInForm) (Prepared, error) {
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

// SignIn finishes a sign-in: password first, then the code, each used once.
// It begins a session or tells why not; what is wrong is a result.
func (a *Accounts) SignIn(ctx context.Context, tx *db.Tx, p Prepared, actor audit.Actor) (SignedIn, error) {
	s, err := a.signIn(ctx, tx, p)
	if err != nil {
		return SignedIn{}, fmt.Errorf("accounts: sign-in: %w", err)
	}
	e := audit.Event{Actor: actor, Action: audit.SignIn, Person: p.person, Object: s.Device, Result: string(s.Result)}
	if s.Result == SignInOK {
		e.Actor.Kind, e.Actor.ID = audit.Person, p.person
	}
	return s, audit.Append(ctx, tx, e)
}

func (a *Accounts) signIn(ctx context.Context, tx *db.Tx, p Prepared) (SignedIn, error) {
	acc, refused, err := a.rightPassword(ctx, tx, p)
	if err != nil || refused != "" {
		return SignedIn{Result: refused, Until: p.paused}, err
	}
	s, err := a.secondFactor(ctx, tx, acc, p.form)
	s.Person = p.person
	return s, err
}

// rightPassword ends the first half: the account, once the password is right,
// or how it is refused. The tries before the right one are forgiven.
func (a *Accounts) rightPassword(ctx context.Context, tx *db.Tx, p Prepared) (Account, SignInResult, error) {
	switch {
	case p.paused != 0:
		return Account{}, SignInPaused, nil
	case !p.right:
		return Account{}, SignInWrong, nil
	}
	acc, err := a.Account(ctx, tx, p.person)
	if err != nil {
		return Account{}, "", err
	}
	if acc.password != p.phc { // changed while it was computed
		return Account{}, SignInWrong, nil
	}
	return acc, "", a.forgive(ctx, tx, wrongPassword, string(p.form.NIP), p.form.Network)
}
