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

// toMeasure has a ticket measured anew, and those of the same number that had
// ended within the week before it was filed.
func (d *Desk) toMeasure(ctx context.Context, tx *db.Tx, event string, p *passage) error {
	_, err := tx.Exec(ctx, queueMeasure, event, p.ID)
	if err == nil && (p.from == None || p.verb == VerbIdentify) {
		err = earlier(ctx, tx, p.record)
	}
	return err
}

// earlier has the requests of a ticket's number measured that had ended within
// the week before it was filed. Where the number is corrected, both have some.
func earlier(ctx context.Context, tx *db.Tx, r *record) error {
	_, err := tx.Exec(ctx, queueEarlier, db.NewID(), r.NIP, r.Agency, r.OpenedAt.Add(-reopenable), r.ID)
	return err
}

// Fold brings the measures up to what has happened, some events at a time, and
// tells whether none is left. Several processes may run it: a pack is written
// by compare-and-swap, and who loses begins again from what is there.
func (d *Desk) Fold(ctx context.Context) (done bool, err error) {
	err = d.db.Write(ctx, func(tx *db.Tx) error {
		events, err := db.All(ctx, tx, scanText, selectMeasureQueue, atOnce)
		done = len(events) < atOnce
		if err != nil || len(events) == 0 {
			return err
		}
		if err := d.fold(ctx, tx, events); err != nil {
			return err
		}
		for _, id := range events {
			if err := tx.One(ctx, deleteMeasureQueue, id); err != nil {
				return err
			}
		}
		return nil
	})
	if errors.Is(err, db.ErrConflict) {
		return false, nil
	}
	if err != nil {
		err = fmt.Errorf("tickets: measures: %w", err)
	}
	return done, err
}

// fold measures the tickets of some events. Their packs are read before their
// histories: whoever writes a pack in between has it conflict.
func (d *Desk) fold(ctx context.Context, tx *db.Tx, events []string) error {
	first, last := events[0], events[len(events)-1]
	subjects, err := db.All(ctx, tx, scanSubject, selectMeasured, first, last)
	if err != nil {
		return err
	}
	packs := map[hour]*slot{}
	for _, s := range subjects {
		if packs[s.hour()] == nil {
			if packs[s.hour()], err = openSlot(ctx, tx, s.hour()); err != nil {
				return err
			}
		}
	}
	if err := d.measureAll(ctx, tx, subjects, packs, first, last); err != nil {
		return err
	}
	for at, p := range packs {
		if err := p.save(ctx, tx, at); err != nil {
			return err
		}
	}
	return nil
}

// measureAll computes the measures of some tickets into their packs.
func (d *Desk) measureAll(ctx context.Context, tx *db.Tx, subjects []subject, packs map[hour]*slot, first, last string) error {
	happened, err := db.All(ctx, tx, scanHappening, selectHappened, first, last)
	if err != nil {
		return err
	}
	wrongs, err := db.All(ctx, tx, scanCycleTally, selectWrongs, first, last)
	if err != nil {
		return err
	}
	again, err := db.All(ctx, tx, scanCycleTally, selectAgain, first, last, reopenable.Microseconds())
	if err != nil {
		return err
	}
	rules, histories := d.rulebook(tx), byTicket(happened)
	for _, s := range subjects {
		cycles, err := rules.measure(ctx, s, histories[s.id])
		if err != nil {
			return err
		}
		note(cycles, s.id, wrongs, func(m *Measure, t cycleTally) { m.Wrong, m.WrongAt = t.n, t.at })
		note(cycles, s.id, again, func(m *Measure, t cycleTally) { m.Again = t.at })
		packs[s.hour()].put(s.of.Number, cycles)
	}
	return nil
}

func byTicket(happened []happening) map[string][]happening {
	histories := map[string][]happening{}
	for _, h := range happened {
		histories[h.ticket] = append(histories[h.ticket], h)
	}
	return histories
}

// note adds to the measures of a ticket what was counted apart.
func note(cycles []Measure, ticket string, tallies []cycleTally, add func(*Measure, cycleTally)) {
	for _, t := range tallies {
		for i := range cycles {
			if t.ticket == ticket && t.cycle == cycles[i].Cycle {
				add(&cycles[i], t)
			}
		}
	}
}

// slotLength is the time in which a ticket was filed whose measures stand in
// one pack: short enough that a night of a hundred thousand requests rewrites
// no large one again and again.
const slotLength = db.Time(time.Hour / time.Microsecond)
