package tickets

import (
	"context"
	"errors"
	"fmt"
	"time"

	"pulih/db"
)

// keepTime carries a ticket's timer over what has just happened to it, and
// keeps due_at, which the queue is read by. It belongs to move; a new ticket's
// is written with it.
func (d *Desk) keepTime(ctx context.Context, tx *db.Tx, p *passage) error {
	if p.from == None {
		return nil
	}
	m := moment{at: tx.Now, to: p.State, cycle: p.Cycle, kind: p.Kind}
	t, version, err := d.timer(ctx, tx, p.ID)
	if errors.Is(err, db.ErrNotFound) || err == nil && !t.concerns(m) {
		return nil // as it was before there were timers, or nothing that it hears of
	}
	if err != nil {
		return err
	}
	c, err := d.calendarOf(ctx, tx, p.Agency)
	if err != nil {
		return err
	}
	if c.version != version {
		return d.recount(ctx, tx, p.record, c)
	}
	if m.target, err = d.targetOf(ctx, tx, p.record, tx.Now); err != nil {
		return err
	}
	return d.saveTimer(ctx, tx, p.record, t.after(c.Calendar, m), c.version)
}

// concerns tells whether an event changes more than what is spent, which is
// known at any time anyway.
func (t Timer) concerns(m moment) bool {
	return runs(m.to) != (t.Since != 0) || m.to.Live() != (t.Ended == 0) || m.cycle != t.Cycle || m.kind != t.Kind
}

// insert writes a new ticket with its due time, and its timer.
func (d *Desk) insert(ctx context.Context, tx *db.Tx, p *passage) error {
	c, err := d.calendarOf(ctx, tx, p.Agency)
	if err != nil {
		return err
	}
	m := moment{at: tx.Now, to: p.State, cycle: p.Cycle, kind: p.Kind}
	if m.target, err = d.targetOf(ctx, tx, p.record, tx.Now); err != nil {
		return err
	}
	t := Timer{}.after(c.Calendar, m)
	p.DueAt = t.Due
	if err := p.insert(ctx, tx); err != nil {
		return err
	}
	_, err = tx.Exec(ctx, insertTimer, append(t.values(p.ID, c.version), p.Agency)...)
	return err
}

// targetOf is the target of a ticket's kind at a moment.
func (d *Desk) targetOf(ctx context.Context, tx *db.Tx, r *record, at db.Time) (time.Duration, error) {
	t, err := d.targetsOf(ctx, tx, r.Agency, at)
	if minutes := t[r.Kind]; minutes > 0 {
		return minutes.Duration(), err
	}
	return d.waits.TargetWork, err
}

func (d *Desk) timer(ctx context.Context, tx *db.Tx, ticket string) (t Timer, version int64, err error) {
	err = tx.Row(ctx, selectTimer, ticket).Scan(&t.Kind, &t.Cycle, &t.Target, &t.Spent, &t.Since, &t.Due, &t.Ended, &version)
	t.Target, t.Spent = t.Target*time.Microsecond, t.Spent*time.Microsecond
	return t, version, err
}

func (d *Desk) saveTimer(ctx context.Context, tx *db.Tx, r *record, t Timer, version int64) error {
	if err := tx.One(ctx, updateTimer, t.values(r.ID, version)...); err != nil {
		return err
	}
	r.DueAt = t.Due
	_, err := tx.Exec(ctx, updateDue, r.ID, t.Due)
	return err
}

func (t Timer) values(ticket string, calendar int64) []any {
	return []any{ticket, t.Kind, t.Cycle, t.Target.Microseconds(), t.Spent.Microseconds(), t.Since, t.Due, t.Ended, calendar}
}

// recount computes a timer from the history: after another calendar, and for
// tickets that are older than timers.
func (d *Desk) recount(ctx context.Context, tx *db.Tx, r *record, c dated) error {
	history, err := d.moments(ctx, tx, r.ID, r.Agency)
	if err != nil {
		return err
	}
	if _, err := tx.Exec(ctx, queueMeasure, db.NewID(), r.ID); err != nil {
		return err
	}
	return d.saveTimer(ctx, tx, r, rebuild(c.Calendar, history), c.version)
}

// moments is a ticket's history with the targets that an agency had then.
func (d *Desk) moments(ctx context.Context, tx *db.Tx, ticket, agency string) ([]moment, error) {
	history, err := db.All(ctx, tx, scanMoment, selectMoments, ticket)
	if err != nil {
		return nil, err
	}
	var last moment
	for i, m := range history {
		if m.cycle != last.cycle || m.kind != last.kind {
			then := record{Ticket: Ticket{Agency: agency, Kind: m.kind}}
			if history[i].target, err = d.targetOf(ctx, tx, &then, m.at); err != nil {
				return nil, err
			}
		}
		last = m
	}
	return history, nil
}

// recountStale gives tickets whose agency has another calendar their due time
// anew, some at each tick: due_at may lag behind a new calendar for seconds.
// Each is a write of its own: one that fails is told and holds up no other.
func (d *Desk) recountStale(ctx context.Context) error {
	var stale []string
	err := d.db.Read(ctx, func(tx *db.Tx) (err error) {
		stale, err = db.All(ctx, tx, scanText, selectStaleTimers, tx.Now, staleAtOnce)
		return err
	})
	for _, id := range stale {
		e := d.write(ctx, func(tx *db.Tx) error { return d.recountOne(ctx, tx, id) })
		if e != nil && !errors.Is(e, ErrChanged) { // who changed it has counted it, or the next tick does
			err = errors.Join(err, fmt.Errorf("tickets: recount %s: %w", id, e))
		}
	}
	return err
}

const staleAtOnce = 200

// recountOne counts a ticket that nobody is changing meanwhile: its history
// must be whole, or another's step would be lost (law 4).
func (d *Desk) recountOne(ctx context.Context, tx *db.Tx, id string) error {
	r, err := one(tx.Row(ctx, selectByID, id))
	if err != nil {
		return err
	}
	if err := tx.One(ctx, touchTicket, r.ID, r.Version); err != nil {
		return err
	}
	c, err := d.calendarOf(ctx, tx, r.Agency)
	if err != nil {
		return err
	}
	return d.recount(ctx, tx, &r, c)
}
