package tickets

import (
	"context"
	"slices"
	"time"

	"pulih/audit"
	"pulih/db"
	"pulih/secret"
)

// reopenable is how long after its end the person may reopen his request.
const reopenable = 7 * 24 * time.Hour

// Reopen takes up a request that had ended, in a new cycle: what was proven
// counts no more. A request that has changed a credential stays done, and a
// refused one is reopened once (impostor 21). reason is for staff.
// ErrReopened.
func (d *Desk) Reopen(ctx context.Context, by By, number string, version int64, reason string) (Ticket, error) {
	return d.byStaff(ctx, by, place{number, version}, VerbReopen, func(tx *db.Tx, p *passage) error {
		return d.reopen(ctx, tx, p, NoteSide, reason)
	})
}

// ReopenByPerson is the same for who holds the receipt, within seven days.
func (d *Desk) ReopenByPerson(ctx context.Context, number string, s secret.Code, text string, actor audit.Actor) error {
	return d.byPerson(ctx, number, s, personStep(VerbReopen, actor), func(tx *db.Tx, p *passage) error {
		return d.reopen(ctx, tx, p, FromPerson, text)
	})
}

// reopen puts it back into the queue, and has its subject told again.
func (d *Desk) reopen(ctx context.Context, tx *db.Tx, p *passage, side Side, text string) error {
	p.free()
	if err := d.untold(ctx, tx, p); err != nil {
		return err
	}
	return d.say(ctx, tx, p, side, text)
}

// mayReopen is the guard of both.
func (d *Desk) mayReopen(ctx context.Context, tx *db.Tx, r *record, s step) error {
	if r.State == Done && r.Kind.Changes() || s.by == nil && r.ClosedAt.Add(reopenable) <= tx.Now {
		return ErrReopened
	}
	if r.State != Refused {
		return nil
	}
	events, err := d.events(ctx, tx, r)
	once := func(e EventLine) bool { return e.Verb == VerbReopen && e.From == Refused }
	if err == nil && slices.ContainsFunc(events, once) {
		err = ErrReopened
	}
	return err
}

// canReopen tells whether its receipt reopens the ticket now.
func (d *Desk) canReopen(ctx context.Context, tx *db.Tx, r *record) (bool, error) {
	copied := *r
	_, err := d.gate(ctx, tx, &copied, personStep(VerbReopen, audit.Actor{}))
	if err != nil && Why(err) == "" {
		return false, err
	}
	return err == nil, nil
}
