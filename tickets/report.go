package tickets

import (
	"context"
	"fmt"
	"slices"
	"time"

	"pulih/accounts"
	"pulih/audit"
	"pulih/db"
)

// Period is from From until before Until.
type Period struct{ From, Until db.Time }

// longest is what one report may span: more is a slip in the address.
const longest = 3 * 366 * 24 * time.Hour

// Spread is how long something took: never a mean, which one forgotten
// ticket spoils. N is how many tickets it rests on.
type Spread struct {
	N           int
	Median, P90 time.Duration
}

// Day is a bar of the chart.
type Day struct {
	From              db.Time
	Arrived, Resolved int
}

// Report is what a supervisor sees for a period. Counts holds every Figure;
// ReportList lists exactly what each counted.
type Report struct {
	Period     Period
	AsOf       db.Time // the moment at which open tickets were counted
	Counts     map[Figure]int
	Wall, Work Spread // time to resolution; see WallDefinition and WorkDefinition
	Days       []Day
}

// Report counts the tickets of the supervisor's agency and units (ST-04), and is
// audited.
// ErrRole, ErrPeriod.
func (d *Desk) Report(ctx context.Context, by By, p Period) (Report, error) {
	if err := mayReport(by, p); err != nil {
		return Report{}, err
	}
	r := Report{Period: p, Counts: map[Figure]int{}}
	err := d.db.Read(ctx, func(tx *db.Tx) error {
		r.AsOf = min(p.Until, tx.Now)
		if err := d.countFigures(ctx, tx, by, &r); err != nil {
			return err
		}
		if err := d.spreads(ctx, tx, by, &r); err != nil {
			return err
		}
		return d.days(ctx, tx, by, &r)
	})
	if err != nil {
		return Report{}, fmt.Errorf("tickets: report: %w", err)
	}
	return r, d.reportRead(ctx, by, p, "of", "all")
}

// reportRead writes down who read which part of a report: the figures, or the
// requests and decisions behind one, a row for each page.
func (d *Desk) reportRead(ctx context.Context, by By, p Period, part, which string) error {
	return d.db.Write(ctx, func(tx *db.Tx) error {
		return audit.Append(ctx, tx, audit.Event{Actor: by.step("").actor, Action: audit.ReportRead,
			Detail: map[string]string{"from": p.From.Short(d.zone), "until": p.Until.Short(d.zone), part: which}})
	})
}

func mayReport(by By, p Period) error {
	switch {
	case !by.Staff.Has(accounts.Supervisor):
		return ErrRole
	case p.Until <= p.From || p.Until.Sub(p.From) > longest:
		return ErrPeriod
	}
	return nil
}

func (d *Desk) countFigures(ctx context.Context, tx *db.Tx, by By, r *Report) error {
	c, err := d.calendarOf(ctx, tx, by.Staff.Agency)
	if err != nil {
		return err
	}
	for _, f := range Figures {
		s := c.selection(f, r.Period, r.AsOf)
		var n int
		if err := tx.Row(ctx, countFigure[s.by], by.Staff.Agency, s.from, s.until, s.asOf, by.units()).Scan(&n); err != nil {
			return err
		}
		r.Counts[f] = n
	}
	return nil
}

// ReportList lists exactly the tickets behind a figure, newest first, and is
// audited.
// ErrRole, ErrPeriod.
func (d *Desk) ReportList(ctx context.Context, by By, f Figure, p Period, c Cursor) (Page, error) {
	if err := mayReport(by, p); err != nil {
		return Page{}, err
	}
	if !slices.Contains(Figures, f) {
		return Page{}, ErrPeriod
	}
	page, err := d.behind(ctx, by, f, p, c)
	if err != nil {
		return Page{}, err
	}
	return page, d.reportRead(ctx, by, p, "figure", string(f))
}

func (d *Desk) behind(ctx context.Context, by By, f Figure, p Period, c Cursor) (page Page, err error) {
	back, k, err := c.read()
	if err != nil {
		return Page{}, err
	}
	if k.id == "" {
		k = key{at: farFuture}
	}
	err = d.db.Read(ctx, func(tx *db.Tx) error {
		calendar, err := d.calendarOf(ctx, tx, by.Staff.Agency)
		if err != nil {
			return err
		}
		s := calendar.selection(f, p, min(p.Until, tx.Now))
		query := listFigure[s.by]
		rows, err := db.All(ctx, tx, scanTicket, pick(back, query.back, query.forward),
			by.Staff.Agency, s.from, s.until, s.asOf, by.units(), k.at, k.id, PageSize+1)
		page = paged(rows, c, s.key)
		return err
	})
	return page, err
}
