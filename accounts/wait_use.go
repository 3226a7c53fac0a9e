package accounts

import (
	"context"
	"errors"

	"pulih/audit"
	"pulih/db"
	"pulih/mail"
)

// spendAlone spends what allowed an enrolment alone. All that the way wanted
// is looked at once more, with the wait where there was one (impostor 18
// says it of approvals).
func (a *Accounts) spendAlone(ctx context.Context, tx *db.Tx, p Pending) error {
	acc, err := a.Account(ctx, tx, p.Person.ID)
	if err != nil {
		return err
	}
	o, err := a.ownerOf(ctx, tx, p.Person, acc)
	switch {
	case err != nil:
		return err
	case len(o.bars(tx.Now)) > 0:
		return db.ErrConflict
	case p.Source == "":
		return nil
	}
	w, err := orNoWait(scanWait(tx.Row(ctx, selectWait, p.Source)))
	if err == nil && !o.holds(w, tx.Now) {
		return db.ErrConflict
	}
	if err == nil {
		err = tx.One(ctx, useWait, w.ID, tx.Now, tx.Now.Add(-readyTime))
	}
	if err != nil {
		return err
	}
	return audit.Append(ctx, tx, audit.Event{Actor: audit.Actor{Kind: audit.Person, ID: p.Person.ID}, Action: audit.WaitEnded,
		Person: p.Person.ID, Object: w.ID, Result: string(WaitUsed)})
}

// stopWaits stops a person's wait, and with it any enrolment that it had
// allowed, which spends it last. It tells whether there was one.
func (a *Accounts) stopWaits(ctx context.Context, tx *db.Tx, person string, because WaitEnd, actor audit.Actor) (bool, error) {
	n, err := tx.Exec(ctx, endWaitsOf, person, because, tx.Now)
	if err != nil || n == 0 {
		return false, err
	}
	return true, audit.Append(ctx, tx, audit.Event{Actor: actor, Action: audit.WaitEnded, Person: person, Result: string(because)})
}

// endWait ends one wait, if it is still live.
func (a *Accounts) endWait(ctx context.Context, tx *db.Tx, w Wait, because WaitEnd, actor audit.Actor) (bool, error) {
	n, err := tx.Exec(ctx, endWait, w.ID, because, tx.Now)
	if err != nil || n == 0 {
		return false, err
	}
	return true, audit.Append(ctx, tx, audit.Event{Actor: actor, Action: audit.WaitEnded, Person: w.Person, Object: w.ID, Result: string(because)})
}

func (a *Accounts) endWaits(ctx context.Context, tx *db.Tx, person string, because WaitEnd) error {
	_, err := a.stopWaits(ctx, tx, person, because, audit.Actor{Kind: audit.Clock})
	return err
}

// FindDevice ends the wait of a person who has signed in with the device that
// is said to be lost, and tells him (impostor 11). False where nobody waits.
func (a *Accounts) FindDevice(ctx context.Context, tx *db.Tx, person string, actor audit.Actor) (bool, error) {
	found, err := a.stopWaits(ctx, tx, person, WaitFound, actor)
	if err != nil || !found {
		return false, err
	}
	p, err := a.Person(ctx, tx, person)
	if err == nil {
		_, err = a.Notify(ctx, tx, p, Notification{What: mail.RequestCancelled})
	}
	return true, err
}

// disownWait stops the wait that a notice speaks of. Where its device is
// enrolled already it is too late to stop it, and not too late to undo it.
func (a *Accounts) disownWait(ctx context.Context, tx *db.Tx, n Notice, actor audit.Actor) (undone Undone, err error) {
	ended, err := a.endWait(ctx, tx, Wait{ID: n.Object, Person: n.Person}, WaitDisowned, actor)
	if err != nil || ended {
		return Undone{}, err
	}
	device, err := a.waitDevice(ctx, tx, n)
	if err != nil || device == "" {
		return Undone{}, err
	}
	return a.UndoDevice(ctx, tx, n.Person, device, n.Number, actor)
}

// waitDevice is the authenticator that was enrolled after the wait of a
// notice, "" for none.
func (a *Accounts) waitDevice(ctx context.Context, tx *db.Tx, n Notice) (device string, err error) {
	err = tx.Row(ctx, selectWaitDevice, n.Object, n.Person).Scan(&device)
	if errors.Is(err, db.ErrNotFound) {
		err = nil
	}
	return device, err
}
