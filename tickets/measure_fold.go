package tickets

import (
	"context"
	"errors"
	"fmt"
	"time"

	"pulih/db"
)

// atOnce is how many events are folded in one transaction: few enough that no
// verb waits for it.
const atOnce = 200

// tryAgain is when a ticket is measured again that could not be.
const tryAgain = time.Hour

// errAside says that some tickets cannot be measured, and all others were. It
// comes again each hour until that is mended.
var errAside = errors.New("tickets: set aside, not measured")

// toMeasure has a ticket measured anew, and others of the same number to whose
// measures its filing matters.
func (d *Desk) toMeasure(ctx context.Context, tx *db.Tx, event string, p *passage) error {
	_, err := tx.Exec(ctx, queueMeasure, event, p.ID)
	if err == nil && (p.from == None || p.verb == VerbIdentify) {
		err = others(ctx, tx, p.record)
	}
	return err
}

// others has the requests of a ticket's number measured that had ended within
// the week before it was filed, or were filed after it. Where the number is
// corrected, both have some.
func others(ctx context.Context, tx *db.Tx, r *record) error {
	_, err := tx.Exec(ctx, queueOthers, db.NewID(), r.NIP, r.Agency, r.OpenedAt.Add(-reopenable), r.OpenedAt, r.ID)
	return err
}

// Fold brings the measures up to what has happened, some events at a time, and
// tells whether none is left. Several processes may run it: a pack is written
// by compare-and-swap, and who loses begins again from what is there. A ticket
// whose calendar or target cannot be read is set aside for an hour and told
// of; it holds up no other. So is a pack that is damaged, which is begun anew.
func (d *Desk) Fold(ctx context.Context) (done bool, err error) {
	var aside error
	err = d.db.Write(ctx, func(tx *db.Tx) error {
		aside = nil
		events, err := db.All(ctx, tx, scanQueued, selectMeasureQueue, tx.Now, atOnce)
		done = len(events) < atOnce
		if err != nil || len(events) == 0 {
			return err
		}
		bad, lost, err := d.fold(ctx, tx, events)
		if err == nil {
			aside, err = leave(ctx, tx, events, bad)
		}
		if len(lost) > 0 {
			done, aside = false, errors.Join(aside, lost)
		}
		return err
	})
	if errors.Is(err, db.ErrConflict) {
		return false, nil
	}
	if err == nil {
		err = aside
	}
	if err != nil {
		err = fmt.Errorf("tickets: measures: %w", err)
	}
	return done, err
}

// leave takes events out of the queue, and leaves those there until later
// whose tickets could not be measured.
func leave(ctx context.Context, tx *db.Tx, events []queuedEvent, bad map[string]error) (aside, err error) {
	for _, e := range events {
		why := bad[e.ticket]
		if why == nil {
			err = tx.One(ctx, deleteMeasureQueue, e.id)
		} else {
			aside = errors.Join(aside, fmt.Errorf("%w: %s: %w", errAside, e.ticket, why))
			err = tx.One(ctx, updateMeasureQueue, e.id, tx.Now.Add(tryAgain))
		}
		if err != nil {
			return nil, err
		}
	}
	return aside, nil
}

// fold measures the tickets of some events, and tells which it could not, and
// which packs were lost. The packs are read before the histories: whoever
// writes a pack in between has it conflict.
func (d *Desk) fold(ctx context.Context, tx *db.Tx, events []queuedEvent) (bad map[string]error, lost damaged, err error) {
	w := ofEvents(events[0].id, events[len(events)-1].id, tx.Now)
	subjects, err := db.All(ctx, tx, scanSubject, w.subjects, w.args...)
	if err != nil {
		return nil, nil, err
	}
	packs, lost, err := openSlots(ctx, tx, subjects)
	if err != nil {
		return nil, nil, err
	}
	derived, err := d.derive(ctx, tx, w, subjects)
	if err != nil {
		return nil, nil, err
	}
	bad = map[string]error{}
	for _, t := range derived {
		if t.err != nil {
			bad[t.id] = t.err
			continue
		}
		packs[t.hour()].put(t.of.Number, t.cycles)
	}
	for at, p := range packs {
		if err := p.save(ctx, tx, at); err != nil {
			return nil, nil, err
		}
	}
	return bad, lost, nil
}

// catchUp measures what has just happened before a report is read. What a new
// installation has to measure once is left to the clock.
func (d *Desk) catchUp(ctx context.Context) (aside error) {
	for range 3 {
		done, err := d.Fold(ctx)
		if err != nil && !onlyAside(err) {
			return err
		}
		if aside = errors.Join(aside, err); done {
			break
		}
	}
	return aside
}

// FoldAll measures whatever there is to measure, and tells what was set aside.
func (d *Desk) FoldAll(ctx context.Context) (aside error) {
	for done := false; !done; {
		var err error
		if done, err = d.Fold(ctx); err != nil && !onlyAside(err) {
			return err
		}
		aside = errors.Join(aside, err)
	}
	return aside
}

// onlyAside tells whether all others were measured.
func onlyAside(err error) bool { return errors.Is(err, errAside) || errors.Is(err, errPack) }
