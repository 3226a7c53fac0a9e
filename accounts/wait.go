package accounts

import (
	"context"
	"errors"
	"fmt"
	"time"

	"pulih/audit"
	"pulih/db"
	"pulih/mail"
	"pulih/secret"
)

// WaitState says how far the wait before enrolling alone has come.
type WaitState string

// The states of a wait. The last two are ends.
const (
	Waiting   WaitState = "waiting"
	WaitReady WaitState = "ready" // it is over, and the owner may go on
	WaitUsed  WaitState = "used"  // a new authenticator is enrolled
	WaitEnded WaitState = "ended"
)

// WaitEnd says why a wait ended without a new authenticator.
type WaitEnd string

// The ends of a wait.
const (
	WaitDisowned  WaitEnd = "disowned"  // "Bukan saya"
	WaitFound     WaitEnd = "found"     // somebody signed in with the lost device (impostor 11)
	WaitChanged   WaitEnd = "changed"   // password, address or a block
	WaitUnreached WaitEnd = "unreached" // the relay took no notice of it (impostor 3)
	WaitExpired   WaitEnd = "expired"   // the owner did not come back
)

// Wait is the time that a person's owner has for "Bukan saya" before somebody
// enrols alone. Until is 0 while the relay has not accepted the notice.
// ReadyUntil is how long one may go on.
type Wait struct {
	ID         string
	Person     string
	State      WaitState
	Because    WaitEnd
	BegunAt    db.Time
	Until      db.Time
	ReadyUntil db.Time

	mails      string
	passwordAt db.Time
	readyAt    db.Time
	endedAt    db.Time
}

// Day is the wait before somebody enrols alone with password and mailbox
// (design, "self-service MFA"), and readyTime how long he may then go on.
const (
	Day       = 24 * time.Hour
	readyTime = 3 * Day
)

// WaitTime is how long a wait is here: a Day, but in the demo a minute.
func (a *Accounts) WaitTime() time.Duration { return a.wait }

// Live tells whether something can still become of the wait.
func (w Wait) Live() bool { return w.State == Waiting || w.State == WaitReady }

// late tells that the owner did not come back in time, whether or not the
// clock has tidied up yet.
func (w Wait) late(now db.Time) bool { return w.State == WaitReady && w.ReadyUntil <= now }

// Held is what a browser holds of a wait: the token that it got with the
// proof, or that of the mailed link. A stranger who only knows the password
// holds neither.
type Held struct {
	Browser secret.Token
	Link    secret.Token
}

// WaitBegun is the answer to a proof of the mailbox. Token is for the cookie;
// it is "" where another wait was there already, which stays as it is, or
// where Why says that this way is closed.
type WaitBegun struct {
	Person Person
	Wait   Wait
	Token  secret.Token
	Why    []Bar
}

// BeginWait begins the wait of a browser whose flow has proven the mailbox.
// There is one at a time: a further proof neither shortens nor replaces it.
// Everybody is told, and the time runs from when the relay accepts that
// (impostor 3). ErrStep.
func (a *Accounts) BeginWait(ctx context.Context, browser secret.Token, actor audit.Actor) (WaitBegun, error) {
	var b WaitBegun
	err := a.db.Write(ctx, func(tx *db.Tx) error {
		r, p, acc, err := a.provenReset(ctx, tx, Flow{ForMFA, browser})
		if err != nil {
			return err
		}
		if err := tx.One(ctx, finishReset, r.ID); errors.Is(err, db.ErrConflict) {
			return ErrStep
		} else if err != nil {
			return err
		}
		b, err = a.beginWait(ctx, tx, r.ID, p, acc, actor)
		return err
	})
	return b, a.stepped(ctx, "wait", actor, err)
}

func (a *Accounts) beginWait(ctx context.Context, tx *db.Tx, id string, p Person, acc Account, actor audit.Actor) (WaitBegun, error) {
	b := WaitBegun{Person: p}
	owner, err := a.ownerOf(ctx, tx, p, acc)
	if err != nil {
		return b, err
	}
	if b.Why = append(owner.bars(tx.Now), owner.waitBars(tx.Now)...); len(b.Why) > 0 {
		return b, a.noWait(ctx, tx, id, p, "barred", actor)
	}
	token := secret.NewToken()
	n, err := tx.Exec(ctx, insertWait, id, p.ID, token.Hash(), []byte{}, acc.PasswordAt, tx.Now)
	switch {
	case err == nil && n == 1:
		b.Token, err = token, a.tellWaiting(ctx, tx, id, p, actor)
	case err == nil:
		err = a.noWait(ctx, tx, id, p, "exists", actor)
	}
	if err == nil {
		b.Wait, err = a.lastWait(ctx, tx, p.ID)
	}
	return b, err
}

// noWait logs a proof of the mailbox that began nothing.
func (a *Accounts) noWait(ctx context.Context, tx *db.Tx, id string, p Person, why string, actor audit.Actor) error {
	return audit.Append(ctx, tx, audit.Event{Actor: actor, Action: audit.WaitBegun, Person: p.ID, Object: id, Result: why})
}

func (a *Accounts) tellWaiting(ctx context.Context, tx *db.Tx, id string, p Person, actor audit.Actor) error {
	told, err := a.Notify(ctx, tx, p, Notification{What: mail.MFAWaiting, Object: id})
	if err != nil {
		return err
	}
	if err := tx.One(ctx, keepWaitMails, id, told.oldMails()); err != nil {
		return err
	}
	return audit.Append(ctx, tx, audit.Event{Actor: actor, Action: audit.WaitBegun, Person: p.ID, Object: id})
}

// Wait reads the wait that a browser holds, the zero Wait where it holds none.
func (a *Accounts) Wait(ctx context.Context, h Held) (w Wait, err error) {
	err = a.db.Read(ctx, func(tx *db.Tx) error {
		w, err = orNoWait(scanWait(tx.Row(ctx, selectHeldWait, h.Browser.Hash(), a.waitLinkHash(h.Link))))
		return err
	})
	return w, err
}

// lastWait is the newest wait of a person, live or not.
func (a *Accounts) lastWait(ctx context.Context, tx *db.Tx, person string) (Wait, error) {
	return orNoWait(scanWait(tx.Row(ctx, selectLastWait, person)))
}

func orNoWait(w Wait, err error) (Wait, error) {
	if errors.Is(err, db.ErrNotFound) {
		return Wait{}, nil
	}
	if err != nil {
		return Wait{}, fmt.Errorf("accounts: wait: %w", err)
	}
	if w.readyAt != 0 {
		w.ReadyUntil = w.readyAt.Add(readyTime)
	}
	return w, nil
}

func (a *Accounts) waitLinkHash(t secret.Token) []byte { return a.keys.Sum("wait.link", string(t)) }
