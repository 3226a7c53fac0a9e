package tickets

import (
	"context"
	"fmt"
	"slices"
	"time"

	"pulih/db"
)

// Behind says which tickets are asked for: those that a figure counts, in a
// group of it or in all.
type Behind struct {
	Figure    Figure
	Dimension Dimension // "" for all
	Value     string
	Filter    ReportFilter
}

// line is the figure, where it is one and has such groups. ErrPeriod.
func (b Behind) line() (figure, error) {
	l, known := b.Figure.line()
	if !known || b.Dimension != "" && !slices.Contains(l.by, b.Dimension) {
		return l, ErrPeriod
	}
	return l, nil
}

// name is how the audit log knows it.
func (b Behind) name() string {
	if b.Dimension == "" {
		return string(b.Figure)
	}
	return fmt.Sprintf("%s %s=%s", b.Figure, b.Dimension, b.Value)
}

// Counted is a ticket behind a figure: when it was counted, in which cycle,
// and how long it took where that is the figure.
type Counted struct {
	Ticket
	Measure Measure
	At      db.Time
	Took    time.Duration
	// In an export alone: when it was first claimed, and whether its target was
	// Kept or Missed, "" while neither is known.
	TakenAt db.Time
	Verdict Figure

	nth int // of what a figure counts each time
}

// ReportPage is a page of the tickets behind a figure. Total is how many there
// are on all pages.
type ReportPage struct {
	Rows       []Counted
	Total      int
	Prev, Next Cursor
}

// ReportList lists exactly the tickets behind a figure, newest first, and is
// audited. One that counts in two cycles stands there twice.
// ErrRole, ErrPeriod.
func (d *Desk) ReportList(ctx context.Context, by By, b Behind, p Period, c Cursor) (page ReportPage, err error) {
	if err := mayReport(by, p); err != nil {
		return page, err
	}
	if _, err = b.line(); err != nil {
		return page, err
	}
	err = d.readMeasures(ctx, func(tx *db.Tx) error { page, err = d.behind(ctx, tx, by, b, p, c); return err })
	if err != nil {
		return page, fmt.Errorf("tickets: list of a report: %w", err)
	}
	if page.Total == 0 {
		b.Value = "" // what stands in an address and in no row is not written down
	}
	return page, d.reportRead(ctx, by, p, "figure", b.name())
}

func (d *Desk) behind(ctx context.Context, tx *db.Tx, by By, b Behind, p Period, c Cursor) (page ReportPage, err error) {
	list, err := newShortlist(c)
	if err != nil {
		return page, err
	}
	if err := d.counted(ctx, tx, by, b, p, list); err != nil {
		return page, err
	}
	page.Total = list.total
	page.Rows, page.Prev, page.Next = turn(list.page(), c, Counted.key)
	for i, row := range page.Rows {
		r, err := one(tx.Row(ctx, selectOfAgency, row.Number, by.Staff.Agency, by.units()))
		if err != nil {
			return page, err
		}
		page.Rows[i].Ticket = r.forStaff()
	}
	return page, nil
}

// counted puts the cycles that a figure counts on a list.
func (d *Desk) counted(ctx context.Context, tx *db.Tx, by By, b Behind, p Period, list *shortlist) error {
	c, err := d.calendarOf(ctx, tx, by.Staff.Agency)
	if err != nil {
		return err
	}
	l, _ := b.Figure.line()
	f := newFrame(c.Calendar, by, p, b.Filter, tx.Now)
	return d.each(ctx, tx, by.Staff.Agency, p, func(m *Measure) {
		f.among(&l, b, m, func(at db.Time, nth int) { list.add(at, nth, m, l.took) })
	})
}

func (l *figure) counted(m *Measure, at db.Time, nth int) Counted {
	row := Counted{Ticket: Ticket{Number: m.Number}, Measure: m.copy(), At: at, nth: nth}
	if l.took != nil {
		row.Took = l.took(m)
	}
	return row
}

// among gives see each moment at which a figure counts a cycle that is in the
// group, by number from 0.
func (f *frame) among(l *figure, b Behind, m *Measure, see func(at db.Time, nth int)) {
	if !f.shows(m) {
		return
	}
	in := func() bool { return b.Dimension == "" || b.Dimension.value(m, f) == b.Value }
	if l.each == nil {
		if at := f.counts(l, m); at != 0 && in() {
			see(at, 0)
		}
		return
	}
	for i := range m.Marks {
		if f.mark = &m.Marks[i]; l.each(f.mark) && f.during(f.mark.At) && in() {
			see(f.mark.At, i)
		}
	}
}

// key orders by time; of two cycles at one moment the later comes first.
func (c Counted) key() key {
	return key{at: c.At, id: fmt.Sprintf("%s-%03d-%03d", c.Measure.Number, c.Measure.Cycle, c.nth)}
}
