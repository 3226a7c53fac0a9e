package tickets

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"slices"
	"time"

	"pulih/db"
)

// slotLength is the time in which a ticket was filed whose measures stand in
// one pack: short enough that a night of a hundred thousand requests rewrites
// no large one again and again.
const slotLength = db.Time(time.Hour / time.Microsecond)

// hour is where a pack stands: the agency, and the hour of filing since 1970.
type hour struct {
	agency string
	slot   int64
}

func (s subject) hour() hour { return hour{s.agency, int64(s.opened / slotLength)} }

func (at hour) from() db.Time  { return db.Time(at.slot) * slotLength }
func (at hour) until() db.Time { return at.from() + slotLength }

// slot is a pack that is being changed; version 0 is not there yet.
type slot struct {
	version int64
	last    db.Time
	packed  []byte
	all     []Measure
}

// openSlots are the packs of some tickets. Those that are lost are begun anew,
// from all that was filed then.
func openSlots(ctx context.Context, tx *db.Tx, subjects []subject) (packs map[hour]*slot, lost damaged, err error) {
	packs = map[hour]*slot{}
	for _, s := range subjects {
		at := s.hour()
		if packs[at] != nil {
			continue
		}
		p, err := readSlot(ctx, tx, at)
		if errors.Is(err, errPack) {
			p.all, lost = nil, append(lost, at)
			err = at.queue(ctx, tx)
		}
		if err != nil {
			return nil, nil, err
		}
		packs[at] = p
	}
	return packs, lost, nil
}

// readSlot reads a pack. errPack comes with what is there of it.
func readSlot(ctx context.Context, tx *db.Tx, at hour) (*slot, error) {
	var p slot
	err := tx.Row(ctx, selectPack, at.agency, at.slot).Scan(&p.version, &p.last, &p.packed)
	if err != nil && !errors.Is(err, db.ErrNotFound) {
		return nil, err
	}
	return &p, unpack(p.packed, func(m *Measure) { p.all = append(p.all, m.copy()) })
}

// queue has every ticket measured anew that was filed in the hour.
func (at hour) queue(ctx context.Context, tx *db.Tx) error {
	_, err := tx.Exec(ctx, queueHour, at.agency, at.from(), at.until(), db.NewID())
	return err
}

// forget empties a pack and has it derived again. It keeps its version: whoever
// is about to write what he read before has it conflict.
func (d *Desk) forget(ctx context.Context, at hour) error {
	err := d.db.Write(ctx, func(tx *db.Tx) error {
		if _, err := tx.Exec(ctx, emptyPack, at.agency, at.slot, []byte{}); err != nil {
			return err
		}
		return at.queue(ctx, tx)
	})
	if err != nil {
		err = fmt.Errorf("tickets: measures of %s: %w", at.agency, err)
	}
	return err
}

// put has a ticket's measures take the place of those it had.
func (p *slot) put(number string, cycles []Measure) {
	p.drop(number)
	p.all = append(p.all, cycles...)
}

func (p *slot) drop(number string) {
	p.all = slices.DeleteFunc(p.all, func(m Measure) bool { return m.Number == number })
}

// pack is the pack in order of filing, and the last moment of any measure.
func (p *slot) pack() (last db.Time, packed []byte) {
	slices.SortFunc(p.all, func(a, b Measure) int {
		return cmp.Or(cmp.Compare(a.Created, b.Created), cmp.Compare(a.Number, b.Number), cmp.Compare(a.Cycle, b.Cycle))
	})
	for i := range p.all {
		last = max(last, p.all[i].last())
	}
	return last, pack(p.all)
}

// save writes the pack.
func (p *slot) save(ctx context.Context, tx *db.Tx, at hour) error {
	last, packed := p.pack()
	statement := updatePack
	if p.version == 0 {
		statement = insertPack
	}
	return tx.One(ctx, statement, at.agency, at.slot, last, p.version+1, packed)
}
