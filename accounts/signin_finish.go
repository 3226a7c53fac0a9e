package accounts

import (
	"context"
	"fmt"

	"pulih/audit"
	"pulih/db"
	"pulih/mail"
)

// SignIn finishes a sign-in: password first, then the code, each used once.
// It begins a session or tells why not; what is wrong is a result.
func (a *Accounts) SignIn(ctx context.Context, tx *db.Tx, p Prepared, actor audit.Actor) (SignedIn, error) {
	s, err := a.signIn(ctx, tx, p, actor)
	if err != nil {
		return SignedIn{}, fmt.Errorf("accounts: sign-in: %w", err)
	}
	e := audit.Event{Actor: actor, Action: audit.SignIn, Person: p.person, Object: s.Device, Result: string(s.Result)}
	if s.Result == SignInOK {
		e.Actor.Kind, e.Actor.ID = audit.Person, p.person
	}
	return s, audit.Append(ctx, tx, e)
}

func (a *Accounts) signIn(ctx context.Context, tx *db.Tx, p Prepared, actor audit.Actor) (SignedIn, error) {
	s, acc, err := a.proveBoth(ctx, tx, p, actor)
	if err != nil || s.Result != SignInOK {
		return s, err
	}
	if err := a.tellSignIn(ctx, tx, acc); err != nil {
		return s, err
	}
	if p.rehashed != "" {
		if _, err := tx.Exec(ctx, rehashPassword, p.person, p.phc, p.rehashed); err != nil {
			return s, err
		}
	}
	begun := Session{Kind: AccountSession, Owner: p.person, Network: p.form.Network, Agent: p.form.Agent}
	if s.Device != "" {
		begun.ProvenAt = tx.Now
	}
	s.Weak = p.weak
	s.Token, err = a.NewSession(ctx, tx, begun)
	return s, err
}

// proveBoth compares password and code, and spends what is right. It begins no
// session: who is signed in already proves himself by it too (impostor 14).
func (a *Accounts) proveBoth(ctx context.Context, tx *db.Tx, p Prepared, actor audit.Actor) (SignedIn, Account, error) {
	acc, refused, err := a.rightPassword(ctx, tx, p)
	if err != nil || refused != "" {
		return SignedIn{Result: refused, Until: p.paused}, acc, err
	}
	s, err := a.secondFactor(ctx, tx, acc, p, actor)
	s.Person = p.person
	return s, acc, err
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

// tellSignInAfter is how many wrong codes make the right one news (TV-08).
const tellSignInAfter = 5

// tellSignIn tells of a sign-in right after a recovery, or after many wrong
// codes: whoever got in that way is to be seen (TV-08, NO-01).
func (a *Accounts) tellSignIn(ctx context.Context, tx *db.Tx, acc Account) error {
	if acc.OTPFailures < tellSignInAfter {
		var recovered bool
		if err := tx.Row(ctx, selectRecovered, acc.Person).Scan(&recovered); err != nil || !recovered {
			return err
		}
	}
	return a.tellChange(ctx, tx, acc.Person, mail.SignInTold, "")
}
