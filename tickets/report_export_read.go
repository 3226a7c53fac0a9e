package tickets

import (
	"cmp"
	"context"
	"errors"

	"pulih/db"
)

// exportedAtOnce is how many rows are in memory.
const exportedAtOnce = 500

// exporter is an export under way.
type exporter struct {
	desk   *Desk
	by     By
	behind Behind
	line   figure
	frame  frame
	to     ExportTo
	rows   []Counted
	given  int
	err    error
}

func (d *Desk) export(ctx context.Context, by By, e Export, to ExportTo) (rows int, err error) {
	l, err := e.Behind.line()
	if err = cmp.Or(mayReport(by, e.Period), err); err != nil {
		return 0, err
	}
	x := exporter{desk: d, by: by, behind: e.Behind, line: l, to: to}
	slots, err := x.begin(ctx, e)
	for i, slot := range slots {
		if err == nil {
			err = x.pack(ctx, slot)
		}
		if err == nil && to.Far != nil {
			to.Far(i+1, len(slots))
		}
	}
	return x.given, err
}

// begin reads which packs there are.
func (x *exporter) begin(ctx context.Context, e Export) (slots []int64, err error) {
	err = x.desk.readFolded(ctx, func(tx *db.Tx) error {
		if x.frame, err = x.desk.exportFrame(ctx, tx, x.by, e); err != nil {
			return err
		}
		p := x.frame.period
		slots, err = db.All(ctx, tx, scanSlot, selectSlots, x.by.Staff.Agency, p.From, int64(p.Until/slotLength)+1)
		return err
	})
	return slots, err
}

func scanSlot(row db.Scanner) (slot int64, err error) {
	err = row.Scan(&slot)
	return slot, err
}

// pack gives what one pack holds of the figure. Nothing is read while a row is
// given: its reader may be slow.
func (x *exporter) pack(ctx context.Context, slot int64) error {
	at := hour{x.by.Staff.Agency, slot}
	packed, err := x.open(ctx, at, x.desk.db.Read)
	if errors.Is(err, errPack) {
		packed, err = x.open(ctx, at, x.desk.readMeasures) // which derives it again
	}
	if err == nil {
		err = unpack(packed, func(m *Measure) { x.see(ctx, m) })
	}
	if err = cmp.Or(x.err, err); err != nil {
		return err
	}
	return x.flush(ctx)
}

// open reads a pack that is whole, so that no row of a damaged one is given.
func (x *exporter) open(ctx context.Context, at hour, read func(context.Context, func(*db.Tx) error) error) (packed []byte, err error) {
	err = read(ctx, func(tx *db.Tx) error {
		var version int64
		var last db.Time
		err := tx.Row(ctx, selectPack, at.agency, at.slot).Scan(&version, &last, &packed)
		if err == nil && unpack(packed, func(*Measure) {}) != nil {
			err = damaged{at}
		}
		return err
	})
	return packed, err
}

func (x *exporter) see(ctx context.Context, m *Measure) {
	if x.err != nil {
		return
	}
	x.frame.among(&x.line, x.behind, m, func(at db.Time, nth int) {
		row := x.line.counted(m, at, nth)
		row.Verdict = x.frame.verdict(m)
		x.rows = append(x.rows, row)
	})
	if len(x.rows) >= exportedAtOnce {
		x.err = x.flush(ctx)
	}
}

// verdict is Kept or Missed, "" while neither is known.
func (f frame) verdict(m *Measure) Figure {
	switch {
	case late(m, &f):
		return Missed
	case m.End == Done || m.End == Refused:
		return Kept
	}
	return ""
}

// flush gives what is in memory. A ticket that has left his units meanwhile is
// not given (ST-04).
func (x *exporter) flush(ctx context.Context) error {
	if len(x.rows) == 0 {
		return ctx.Err()
	}
	known, err := x.tickets(ctx, x.rows[0].Measure.Created, x.rows[len(x.rows)-1].Measure.Created)
	for _, row := range x.rows {
		t, there := known[row.Number]
		if err == nil && there {
			row.Ticket, row.TakenAt = t.Ticket, t.taken
			err = x.give(row)
		}
	}
	x.rows = x.rows[:0]
	return errors.Join(err, ctx.Err())
}

func (x *exporter) give(row Counted) error {
	err := x.to.Row(row)
	if err == nil {
		x.given++
	}
	return err
}

// taken is a ticket of an export, and when it was first claimed.
type taken struct {
	Ticket
	taken db.Time
}

// tickets are those that were filed between two seconds, both included. Who was
// disabled, signed out or lost his units meanwhile gets none (ST-07).
func (x *exporter) tickets(ctx context.Context, first, last db.Time) (map[string]taken, error) {
	known := make(map[string]taken, len(x.rows))
	return known, x.desk.db.Read(ctx, func(tx *db.Tx) error {
		if err := x.desk.accounts.Stays(ctx, tx, x.by.Staff); err != nil {
			return err
		}
		all, err := db.All(ctx, tx, scanExported, selectExported, x.by.Staff.Agency, first, x.by.units(), last+db.Time(second))
		for _, t := range all {
			known[t.Number] = t
		}
		return err
	})
}

func scanExported(row db.Scanner) (t taken, err error) {
	var rank int64
	err = row.Scan(&t.Number, &t.Unit, &t.Kind, &t.Channel, &t.State, &t.Cause, &t.NIP, &rank, &t.OwnerName, &t.ApprovedByName, &t.BKN, &t.taken)
	t.Proven, t.MaskedNIP, t.NIP = rank < rankUnproven, maskNIP(t.NIP), ""
	return t, err
}
