package tickets

import (
	"cmp"
	"context"
	"fmt"
	"time"

	"pulih/accounts"
	"pulih/db"
)

// FewestAnswers is the smallest group of which anything is told: with fewer,
// staff could guess who said what (helpdesk.md §6.3).
const FewestAnswers = 5

// Satisfaction is what people said in a calendar month. What would tell single
// answers does not leave the desk: those of a group under FewestAnswers, and
// those of a group that all said the same, are empty.
type Satisfaction struct {
	Month     Period
	Invited   int       // cycles that the report's figure of that name counts
	Responded int       // of those, the rated ones, whenever that was
	Answered  int       // ratings given in the month
	Asked     int       // of those, the ones about help: old ones asked about ease
	Helped    [best]int // in the order of the scale
	Solved    [3]int    // in the order of Solveds
	Skipped   int       // surveys with elements left out: in no mean
	Surveys             // complete ones, given in the month
}

// Satisfaction counts the last month that was over when a period ended, or the
// month in which it ended, and the month before it. Whoever could choose the
// days, or narrow them, would learn a single answer from the difference of two
// reports; whole months within the supervisor's agency and units (ST-04) are
// cells that do not overlap. For the same reason no list of who answered
// exists: people were promised that staff see joined answers only. Ratings and
// surveys count by when they were given, the rate of response by when the
// request ended. ErrRole.
func (d *Desk) Satisfaction(ctx context.Context, by By, until db.Time) (now, before Satisfaction, err error) {
	if !by.Staff.Has(accounts.Supervisor) {
		return now, before, ErrRole
	}
	if err = d.catchUp(ctx); err == nil {
		err = d.db.Read(ctx, func(tx *db.Tx) error {
			c, err := d.calendarOf(ctx, tx, by.Staff.Agency)
			if err != nil {
				return err
			}
			now.Month = monthOver(until, tx.Now, c.Zone)
			before.Month = monthOver(now.Month.From, tx.Now, c.Zone)
			return cmp.Or(d.said(ctx, tx, by, c.Calendar, &now), d.said(ctx, tx, by, c.Calendar, &before))
		})
	}
	if err != nil {
		return Satisfaction{}, Satisfaction{}, fmt.Errorf("tickets: satisfaction: %w", err)
	}
	return now, before, nil
}

// monthOver is the month in which a period ends, or where that is not over,
// the last one that is.
func monthOver(until, now db.Time, zone *time.Location) Period {
	last := (min(until, now) - 1).Time().In(zone)
	first := time.Date(last.Year(), last.Month(), 1, 0, 0, 0, 0, zone)
	if db.At(first.AddDate(0, 1, 0)) > now {
		first = first.AddDate(0, -1, 0)
	}
	return Period{From: db.At(first), Until: db.At(first.AddDate(0, 1, 0))}
}

// said counts a month.
func (d *Desk) said(ctx context.Context, tx *db.Tx, by By, c Calendar, s *Satisfaction) (err error) {
	if s.Invited, err = d.invited(ctx, tx, by, c, s.Month); err != nil {
		return err
	}
	defer s.suppress()
	return s.count(ctx, tx, answersOf(by, s.Month))
}

// invited are the cycles that ended in a period and were asked about.
func (d *Desk) invited(ctx context.Context, tx *db.Tx, by By, c Calendar, p Period) (n int, err error) {
	f := newFrame(c, by, p, ReportFilter{}, tx.Now)
	l, _ := Invited.line()
	err = d.each(ctx, tx, by.Staff.Agency, p, func(m *Measure) {
		if f.shows(m) && f.counts(&l, m) != 0 {
			n++
		}
	})
	return n, err
}

// answersOf says whose answers are asked for, and of when.
func answersOf(by By, p Period) []any {
	return []any{by.Staff.Agency, p.From, p.Until, by.units()}
}

func (s *Satisfaction) count(ctx context.Context, tx *db.Tx, values []any) error {
	ratings := []any{&s.Answered, &s.Asked, &s.Solved[0], &s.Solved[1], &s.Solved[2], &s.Helped[0], &s.Helped[1], &s.Helped[2], &s.Helped[3]}
	for _, q := range []struct {
		query string
		to    []any
	}{{countResponded, []any{&s.Responded}}, {sumRatings, ratings}, {sumSurveys, s.columns()}, {countSkipped, []any{&s.Skipped}}} {
		if err := tx.Row(ctx, q.query, values...).Scan(q.to...); err != nil {
			return err
		}
	}
	return nil
}

// columns are where a row of sums goes.
func (s *Surveys) columns() []any {
	all := []any{&s.Complete}
	for i := range s.Sums {
		all = append(all, &s.Sums[i], &s.Least[i], &s.Most[i])
	}
	return all
}

func (s *Satisfaction) suppress() {
	if shares(s.Solved[:]) == nil {
		s.Solved = [3]int{}
	}
	if shares(s.Helped[:]) == nil {
		s.Helped = [best]int{}
	}
	if _, ok := s.Index(); !ok {
		s.Surveys = Surveys{Complete: s.Complete}
	}
}
