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
	give   func(Counted) error
	rows   []Counted
	err    error
}

func (d *Desk) export(ctx context.Context, by By, e Export, give func(Counted) error) error {
	if err := mayReport(by, e.Period); err != nil {
		return err
	}
	l, err := e.Behind.line()
	if err != nil {
		return err
	}
	x := exporter{desk: d, by: by, behind: e.Behind, line: l, give: give}
	slots, err := x.begin(ctx, e)
	for _, slot := range slots {
		if err == nil {
			err = x.pack(ctx, slot)
		}
	}
	return err
}

// begin reads which packs there are.
func (x *exporter) begin(ctx context.Context, e Export) (slots []int64, err error) {
	err = x.desk.db.Read(ctx, func(tx *db.Tx) error {
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
	var packed []byte
	err := x.desk.db.Read(ctx, func(tx *db.Tx) error {
		var version int64
		var last db.Time
		return tx.Row(ctx, selectPack, x.by.Staff.Agency, slot).Scan(&version, &last, &packed)
	})
	if err == nil {
		err = unpack(packed, func(m *Measure) { x.see(ctx, m) })
	}
	if err = cmp.Or(x.err, err); err != nil {
		return err
	}
	return x.flush(ctx)
}

func (x *exporter) see(ctx context.Context, m *Measure) {
	if x.err != nil {
		return
	}
	if at := x.frame.among(&x.line, x.behind, m); at != 0 {
		row := x.line.counted(m, at)
		row.Verdict = x.frame.verdict(m)
		x.rows = append(x.rows, row)
	}
	if len(x.rows) == exportedAtOnce {
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

// taken is a ticket of an export, and when it was first claimed.
type taken struct {
	Ticket
	taken db.Time
}

// tickets are those that were filed between two seconds, both included.
func (x *exporter) tickets(ctx context.Context, first, last db.Time) (map[string]taken, error) {
	known := make(map[string]taken, len(x.rows))
	return known, x.desk.db.Read(ctx, func(tx *db.Tx) error {
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
