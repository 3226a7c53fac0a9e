package tickets

import (
	"context"
	"fmt"
	"time"

	"pulih/accounts"
	"pulih/audit"
	"pulih/db"
)

// longest is what one report may span: more is a slip in the address.
const longest = 3 * 366 * 24 * time.Hour

// Spread is how long something took: never a mean, which one forgotten
// ticket spoils. N is how many cycles it rests on.
type Spread struct {
	N           int
	Median, P90 time.Duration
}

// Group is a part of a figure.
type Group struct {
	Value string
	N     int
	Spread
}

// Sum is what a figure says of a period.
type Sum struct {
	N      int
	Spread Spread // of a figure that is Timed
	Groups map[Dimension][]Group
}

// Step is a part of a period, for a line or a bar of a chart. Open is what was
// open at its end.
type Step struct {
	Period
	Arrived, Reopened, Resolved, Refused, Ended, Open int
}

// Report is what a supervisor sees for a period and, without groups, for the
// one before it. ReportList lists exactly what each figure counted.
type Report struct {
	Period    Period
	AsOf      db.Time // the moment at which open tickets were counted
	Oldest    db.Time // since when the oldest of these has been open, 0 for none
	Sums, Was map[Figure]Sum
	Hours     [hoursOfWeek]int // arrivals, from Sunday, 00.00
	Steps     []Step
	Pairs     []Pair         // whatever the filter is
	Held      map[string]int // tickets that each member of staff has now
	Behind    int            // events that are not measured yet, up to behindMost
}

// behindMost is as far as those are counted.
const behindMost = 100_000

// Report measures the tickets of the supervisor's agency and units (ST-04),
// and is audited. The steps are cut at edges. ErrRole, ErrPeriod.
func (d *Desk) Report(ctx context.Context, by By, p Period, f ReportFilter, edges []db.Time) (Report, error) {
	if err := mayReport(by, p); err != nil {
		return Report{}, err
	}
	r, err := d.report(ctx, by, p, f, edges)
	if err != nil {
		return Report{}, fmt.Errorf("tickets: report: %w", err)
	}
	return r, d.reportRead(ctx, by, p, "of", "all")
}

func (d *Desk) report(ctx context.Context, by By, p Period, filter ReportFilter, edges []db.Time) (Report, error) {
	r := Report{Period: p}
	err := d.readMeasures(ctx, func(tx *db.Tx) error {
		c, err := d.calendarOf(ctx, tx, by.Staff.Agency)
		if err != nil {
			return err
		}
		f := newFrame(c.Calendar, by, p, filter, tx.Now)
		pairs := newTally()
		now, before, steps := newCensus(f), newCensus(f.before()).whole(), newSteps(p, edges)
		err = d.each(ctx, tx, by.Staff.Agency, Period{f.before().period.From, p.Until}, func(m *Measure) {
			pairs.see(m, &f)
			if f.shows(m) {
				before.count(m)
				now.count(m)
				steps.count(m)
			}
		})
		if err != nil {
			return err
		}
		r.AsOf, r.Hours, r.Oldest = min(p.Until, tx.Now), now.hours, now.oldest
		r.Sums, r.Was, r.Steps = now.sums(), before.sums(), steps.done(before.n(Backlog))
		now.keepLists()
		before.keepLists()
		r.Pairs = pairs.list()
		if r.Held, err = held(ctx, tx, by); err != nil {
			return err
		}
		return tx.Row(ctx, countMeasureQueue, behindMost).Scan(&r.Behind)
	})
	return r, err
}

// held counts the tickets that each member of staff has claimed.
func held(ctx context.Context, tx *db.Tx, by By) (map[string]int, error) {
	held := map[string]int{}
	_, err := db.All(ctx, tx, func(row db.Scanner) (none struct{}, err error) {
		var owner string
		var n int
		err = row.Scan(&owner, &n)
		held[owner] = n
		return none, err
	}, selectHeld, by.Staff.Agency, by.units())
	return held, err
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
