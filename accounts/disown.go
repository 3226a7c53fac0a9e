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

// Notice is what somebody was told, as its "Bukan saya" page shows it.
type Notice struct {
	Person   string
	Kind     NoticeKind
	What     mail.What
	Object   string
	Number   string
	At       db.Time
	Disowned bool

	disownedAt db.Time
}

// Notice shows what a "Bukan saya" link is about. It changes nothing: mail
// scanners open links (NO-04). ErrNoNotice.
func (a *Accounts) Notice(ctx context.Context, token secret.Token) (n Notice, err error) {
	err = a.db.Read(ctx, func(tx *db.Tx) error {
		n, err = a.notice(ctx, tx, token)
		return err
	})
	return n, err
}

func (a *Accounts) notice(ctx context.Context, tx *db.Tx, token secret.Token) (Notice, error) {
	n, err := scanNotice(tx.Row(ctx, selectNotice, token.Hash(), tx.Now))
	if errors.Is(err, db.ErrNotFound) {
		return Notice{}, ErrNoNotice
	}
	if err != nil {
		return Notice{}, fmt.Errorf("accounts: notice: %w", err)
	}
	n.Disowned = n.disownedAt != 0
	return n, nil
}

// Disowned says what "Bukan saya" did here. A request named by Object is for
// the desk to stop. Already: it had been pressed before, and nothing more was
// done. Blocked: no remote requests for seven days.
type Disowned struct {
	Person  string
	Kind    NoticeKind
	What    mail.What
	Object  string
	Already bool
	Blocked bool
}

// The block of remote requests, and how long attempts add up (impostor 2).
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
	d := Disowned{Person: n.Person, Kind: n.Kind, What: n.What, Object: n.Object}
	pressed, err := tx.Exec(ctx, disownNotice, token.Hash(), tx.Now)
	if err != nil || pressed == 0 {
		d.Already = true
		return d, err
	}
	if _, err := tx.Exec(ctx, disownAlike, n.Person, n.What, n.Object, tx.Now); err != nil {
		return d, err
	}
	if d.Blocked, err = a.disown(ctx, tx, n, actor); err != nil {
		return d, fmt.Errorf("accounts: disown: %w", err)
	}
	return d, audit.Append(ctx, tx, audit.Event{Actor: actor, Action: audit.Disowned, Person: n.Person,
		Object: n.Object, Detail: map[string]string{"what": string(n.What)}})
}

func (a *Accounts) disown(ctx context.Context, tx *db.Tx, n Notice, actor audit.Actor) (blocked bool, err error) {
	if n.Kind == Change {
		return true, a.undo(ctx, tx, n, actor)
	}
	if n.What == mail.ResetAsked {
		if err := a.endReset(ctx, tx, n.Object); err != nil {
			return false, err
		}
	}
	var attempts int
	if err := tx.Row(ctx, countDisowned, n.Person, tx.Now.Add(-attemptsAdd)).Scan(&attempts); err != nil {
		return false, err
	}
	if attempts < attemptsMost {
		return false, nil
	}
	return true, a.block(ctx, tx, n, actor)
}

// undo takes back a change. What the notice told of may have been replaced
// since; then there is nothing left to suspend, and the rest still holds.
func (a *Accounts) undo(ctx context.Context, tx *db.Tx, n Notice, actor audit.Actor) error {
	if err := a.suspend(ctx, tx, n); err != nil {
		return err
	}
	if err := tx.One(ctx, guardAccount, n.Person); err != nil {
		return err
	}
	if err := a.endResets(ctx, tx, n.Person); err != nil {
		return err
	}
	if err := a.EndSessions(ctx, tx, AccountSession, n.Person); err != nil {
		return err
	}
	if err := a.block(ctx, tx, n, actor); err != nil {
		return err
	}
	return a.tellFrozen(ctx, tx, n)
}

// suspend stops the one credential that the notice is about. A password is
// known by the instant at which it was set, which is the notice's own.
func (a *Accounts) suspend(ctx context.Context, tx *db.Tx, n Notice) (err error) {
	if n.What == mail.PasswordChanged {
		_, err = tx.Exec(ctx, suspendPassword, n.Person, n.At, tx.Now)
	} else {
		_, err = tx.Exec(ctx, suspendDevice, n.Object, n.Person)
	}
	return err
}

func (a *Accounts) tellFrozen(ctx context.Context, tx *db.Tx, n Notice) error {
	p, err := a.Person(ctx, tx, n.Person)
	if err != nil {
		return err
	}
	_, err = a.Notify(ctx, tx, p, Notification{What: mail.AccountFrozen, Number: n.Number})
	return err
}

func (a *Accounts) block(ctx context.Context, tx *db.Tx, n Notice, actor audit.Actor) error {
	if _, err := tx.Exec(ctx, blockRemote, n.Person, tx.Now.Add(remoteBlock)); err != nil {
		return err
	}
	return audit.Append(ctx, tx, audit.Event{Actor: actor, Action: audit.Blocked, Person: n.Person, Object: n.Object})
}
