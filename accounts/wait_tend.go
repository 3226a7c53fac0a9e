package accounts

import (
	"context"
	"errors"
	"fmt"
	"strings"

	"pulih/audit"
	"pulih/db"
	"pulih/mail"
	"pulih/secret"
)

// waitStep is what time has made due for a wait.
type waitStep string

const (
	stepStart     waitStep = "start"     // the relay has accepted the notice
	stepUnreached waitStep = "unreached" // it never will
	stepRipen     waitStep = "ripen"     // the time is over
	stepExpire    waitStep = "expire"    // and the owner did not come back
)

// TendWaits does what time does to waits. The app runs it each second; each
// step is a compare-and-swap, so two processes at once do no harm, and one
// wait that fails holds up no other.
func (a *Accounts) TendWaits(ctx context.Context) error {
	var due []string
	err := a.db.Read(ctx, func(tx *db.Tx) (err error) {
		due, err = a.dueWaits(ctx, tx)
		return err
	})
	for _, id := range due {
		failed := a.db.Write(ctx, func(tx *db.Tx) error { return a.tendWait(ctx, tx, id) })
		if !errors.Is(failed, db.ErrConflict) { // another process was faster
			err = errors.Join(err, failed)
		}
	}
	if err != nil {
		return fmt.Errorf("accounts: tend waits: %w", err)
	}
	return nil
}

func (a *Accounts) dueWaits(ctx context.Context, tx *db.Tx) (ids []string, failed error) {
	waits, err := db.All(ctx, tx, scanWait, selectDueWaits, tx.Now, tx.Now.Add(-readyTime))
	if err != nil {
		return nil, err
	}
	for _, w := range waits {
		step, _, err := a.waitStep(ctx, tx, w)
		if failed = errors.Join(failed, err); step != "" {
			ids = append(ids, w.ID)
		}
	}
	return ids, failed
}

// waitStep looks closer. told is when the first notice to an address of 30
// days was accepted.
func (a *Accounts) waitStep(ctx context.Context, tx *db.Tx, w Wait) (step waitStep, told db.Time, err error) {
	switch {
	case w.State == WaitReady && w.readyAt.Add(readyTime) <= tx.Now:
		return stepExpire, 0, nil
	case w.State != Waiting:
		return "", 0, nil
	case w.Until != 0 && w.Until <= tx.Now:
		return stepRipen, 0, nil
	case w.Until != 0:
		return "", 0, nil
	}
	queued := false
	for _, id := range strings.Fields(w.mails) {
		o, err := a.outbox.Outcome(ctx, tx, id)
		if err != nil {
			return "", 0, err
		}
		queued = queued || o.State == mail.Queued
		if o.State == mail.Accepted && (told == 0 || o.At < told) {
			told = o.At
		}
	}
	switch {
	case told != 0:
		return stepStart, told, nil
	case queued:
		return "", 0, nil
	}
	return stepUnreached, 0, nil
}

func (a *Accounts) tendWait(ctx context.Context, tx *db.Tx, id string) error {
	w, err := orNoWait(scanWait(tx.Row(ctx, selectWait, id)))
	if err != nil {
		return err
	}
	step, told, err := a.waitStep(ctx, tx, w)
	if err != nil {
		return err
	}
	switch step {
	case stepStart:
		return tx.One(ctx, startWait, w.ID, told.Add(a.wait))
	case stepUnreached:
		return a.timeEnds(ctx, tx, w, WaitUnreached)
	case stepExpire:
		return a.timeEnds(ctx, tx, w, WaitExpired)
	case stepRipen:
		return a.ripen(ctx, tx, w)
	}
	return nil
}

func (a *Accounts) timeEnds(ctx context.Context, tx *db.Tx, w Wait, because WaitEnd) error {
	_, err := a.endWait(ctx, tx, w, because, audit.Actor{Kind: audit.Clock})
	return err
}

// ripen lets the owner go on, unless what the wait rests on has changed. The
// mail's link carries a token of its own (impostor 9); former addresses are
// told without it.
func (a *Accounts) ripen(ctx context.Context, tx *db.Tx, w Wait) error {
	p, err := a.Person(ctx, tx, w.Person)
	if err != nil {
		return err
	}
	acc, err := a.Account(ctx, tx, w.Person)
	if err != nil {
		return err
	}
	o, err := a.ownerOf(ctx, tx, p, acc)
	if err != nil {
		return err
	}
	if !o.holds(w, tx.Now) {
		return a.timeEnds(ctx, tx, w, WaitChanged)
	}
	link := secret.NewToken()
	if err := tx.One(ctx, ripenWait, w.ID, tx.Now, a.waitLinkHash(link)); err != nil {
		return err
	}
	_, err = a.Notify(ctx, tx, p, Notification{What: mail.MFAReady, Object: w.ID, Until: tx.Now.Add(readyTime),
		Next: a.site().Link(ForMFA.Path() + "/lanjut/" + string(link))})
	if err != nil {
		return err
	}
	return audit.Append(ctx, tx, audit.Event{Actor: audit.Actor{Kind: audit.Clock}, Action: audit.WaitReady, Person: p.ID, Object: w.ID})
}
