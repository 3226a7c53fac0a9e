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

// ErrNoNotice says that a "Bukan saya" link is none of ours, or too old.
var ErrNoNotice = errors.New("accounts: no such notice")

// NoticeKind tells what was asked for from what was done.
type NoticeKind string

// The kinds of notice (impostor, "Words").
const (
	Attempt NoticeKind = "attempt"
	Change  NoticeKind = "change"
)

func kindOfNotice(w mail.What) NoticeKind {
	if w.Change() {
		return Change
	}
	return Attempt
}

// Disowned says what "Bukan saya" did here. A request named by Object is for
// the desk to stop. Already: it had been pressed before, and nothing more was
// done. Blocked: no remote requests for seven days. Undone: what is suspended.
type Disowned struct {
	Person  string
	Kind    NoticeKind
	What    mail.What
	Object  string
	Already bool
	Blocked bool
	Undone  Undone
}

// The block of remote requests, and how long attempts add up (impostor 2).
// Only attempts with something proven do: of the others a stranger makes as
// many as he likes, and the victim would lock himself out.
const (
	remoteBlock  = 7 * 24 * time.Hour
	attemptsAdd  = 30 * 24 * time.Hour
	attemptsMost = 2
)

// Disown does what impostor 2 says. On an attempt it stops that attempt only;
// on a change it suspends the new credential, ends the sessions, and from
// then a mail reset needs an OTP too. It never blocks the counter, and once
// pressed for one address it counts for all of them. ErrNoNotice.
func (a *Accounts) Disown(ctx context.Context, tx *db.Tx, token secret.Token, actor audit.Actor) (Disowned, error) {
	n, err := a.notice(ctx, tx, token)
	if err != nil {
		return Disowned{}, err
	}
	d := Disowned{Person: n.Person, Kind: n.Kind, What: n.What, Object: n.Object, Undone: n.Undoes}
	pressed, err := tx.Exec(ctx, disownNotices, n.Person, n.Object, n.Kind, n.What, tx.Now)
	if err != nil || n.Disowned || pressed == 0 {
		d.Already = true
		return d, err
	}
	if err := a.disown(ctx, tx, n, &d, actor); err != nil {
		return d, fmt.Errorf("accounts: disown: %w", err)
	}
	return d, audit.Append(ctx, tx, audit.Event{Actor: actor, Action: audit.Disowned, Person: n.Person,
		Object: n.Object, Detail: map[string]string{"what": string(n.What)}})
}

func (a *Accounts) disown(ctx context.Context, tx *db.Tx, n Notice, d *Disowned, actor audit.Actor) error {
	if n.Kind == Change {
		d.Blocked = true
		return a.undo(ctx, tx, n, actor)
	}
	if err := a.stopAttempt(ctx, tx, n, d, actor); err != nil {
		return err
	}
	if d.Blocked = d.Undone.Any(); d.Blocked || !n.What.Proven() {
		return nil
	}
	var attempts int
	err := tx.Row(ctx, countDisowned, n.Person, tx.Now.Add(-attemptsAdd)).Scan(&attempts)
	if err != nil || attempts < attemptsMost {
		return err
	}
	d.Blocked = true
	return a.block(ctx, tx, n, actor)
}

func (a *Accounts) stopAttempt(ctx context.Context, tx *db.Tx, n Notice, d *Disowned, actor audit.Actor) (err error) {
	if !ofReset(n.What) && !n.What.Alone() {
		return nil
	}
	if err := a.endReset(ctx, tx, n.Object); err != nil || !n.What.Alone() {
		return err
	}
	d.Undone, err = a.disownWait(ctx, tx, n, actor)
	return err
}
