package tickets

import (
	"cmp"
	"context"
	"errors"
	"slices"

	"pulih/db"
)

// hour is where a pack stands: the agency, and the hour of filing since 1970.
type hour struct {
	agency string
	slot   int64
}

func (s subject) hour() hour { return hour{s.agency, int64(s.opened / slotLength)} }

// slot is a pack that is being changed; version 0 is not there yet.
type slot struct {
	version int64
	all     []Measure
}

func openSlot(ctx context.Context, tx *db.Tx, at hour) (*slot, error) {
	var p slot
	var packed []byte
	err := tx.Row(ctx, selectPack, at.agency, at.slot).Scan(&p.version, &packed)
	if err != nil && !errors.Is(err, db.ErrNotFound) {
		return nil, err
	}
	return &p, unpack(packed, func(m *Measure) { p.all = append(p.all, *m) })
}

// put has a ticket's measures take the place of those it had.
func (p *slot) put(number string, cycles []Measure) {
	p.all = append(slices.DeleteFunc(p.all, func(m Measure) bool { return m.Number == number }), cycles...)
}

// save writes the pack in order of filing.
func (p *slot) save(ctx context.Context, tx *db.Tx, at hour) error {
	slices.SortFunc(p.all, func(a, b Measure) int {
		return cmp.Or(cmp.Compare(a.Created, b.Created), cmp.Compare(a.Number, b.Number), cmp.Compare(a.Cycle, b.Cycle))
	})
	var last db.Time
	for i := range p.all {
		last = max(last, p.all[i].last())
	}
	statement := updatePack
	if p.version == 0 {
		statement = insertPack
	}
	return tx.One(ctx, statement, at.agency, at.slot, last, p.version+1, pack(p.all))
}
