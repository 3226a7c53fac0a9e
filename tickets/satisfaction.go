package tickets

import (
	"context"
	"fmt"

	"pulih/db"
)

// FewestAnswers is the smallest group of which anything is told: with fewer,
// staff could guess who said what (helpdesk.md §6.3).
const FewestAnswers = 5

// Satisfaction is what people said in a period. A group of fewer than
// FewestAnswers is empty: its answers do not leave the desk.
type Satisfaction struct {
	Invited   int       // cycles that the report's figure of that name counts
	Responded int       // of those, the rated ones, whenever that was
	Answered  int       // ratings given in the period
	Helped    [best]int // old ratings asked about ease: they are not in it
	Solved    [3]int    // in the order of Solveds
	Complete  int       // surveys given in the period
	Skipped   int       // surveys with elements left out: in no mean
	Sums      [len(Elements)]int
}

// Satisfaction counts for the supervisor's agency and units (ST-04). Ratings
// and surveys count by when they were given, the rate of response by when the
// request ended; invited is the report's figure of that name. ErrRole,
// ErrPeriod.
func (d *Desk) Satisfaction(ctx context.Context, by By, p Period, f ReportFilter, invited int) (s Satisfaction, err error) {
	if err := mayReport(by, p); err != nil {
		return s, err
	}
	err = d.db.Read(ctx, func(tx *db.Tx) error { return s.count(ctx, tx, f.values(by, p)) })
	if err != nil {
		return Satisfaction{}, fmt.Errorf("tickets: satisfaction: %w", err)
	}
	s.Invited = invited
	s.suppress()
	return s, nil
}

// values are what the statements about answers begin with.
func (f ReportFilter) values(by By, p Period) []any {
	return []any{by.Staff.Agency, p.From, p.Until, by.units(), f.Unit, f.Kind, f.Level, f.Channel}
}

func (s *Satisfaction) count(ctx context.Context, tx *db.Tx, values []any) error {
	ratings := []any{&s.Answered, &s.Solved[0], &s.Solved[1], &s.Solved[2], &s.Helped[0], &s.Helped[1], &s.Helped[2], &s.Helped[3]}
	surveys := []any{&s.Complete}
	for i := range s.Sums {
		surveys = append(surveys, &s.Sums[i])
	}
	for _, q := range []struct {
		query string
		to    []any
	}{{countResponded, []any{&s.Responded}}, {sumRatings, ratings}, {sumSurveys, surveys}, {countSkipped, []any{&s.Skipped}}} {
		if err := tx.Row(ctx, q.query, values...).Scan(q.to...); err != nil {
			return err
		}
	}
	return nil
}

func (s *Satisfaction) suppress() {
	if s.Answered < FewestAnswers {
		s.Solved = [3]int{}
	}
	if s.Asked() < FewestAnswers {
		s.Helped = [best]int{}
	}
	if s.Complete < FewestAnswers {
		s.Sums = [len(Elements)]int{}
	}
}

// Asked is how many said how much they were helped.
func (s Satisfaction) Asked() (n int) {
	for _, said := range s.Helped {
		n += said
	}
	return n
}

// CSAT is how many per cent of Asked were helped or very much helped; false of
// too few.
func (s Satisfaction) CSAT() (percent int, ok bool) {
	return percentOf(s.Helped[2]+s.Helped[3], s.Asked(), s.Asked())
}

// Response is how many per cent of Invited were rated; false of too few.
func (s Satisfaction) Response() (percent int, ok bool) {
	return percentOf(s.Responded, s.Invited, s.Responded)
}

// SolvedAll is how many per cent say that all is solved; false of too few.
func (s Satisfaction) SolvedAll() (percent int, ok bool) {
	return percentOf(s.Solved[0], s.Answered, s.Answered)
}

func percentOf(part, whole, n int) (percent int, ok bool) {
	if n < FewestAnswers || whole == 0 {
		return 0, false
	}
	return (200*part + whole) / (2 * whole), true
}

// Index is the IKM of the complete surveys; false of too few.
func (s Satisfaction) Index() (Hundredths, bool) {
	if s.Complete < FewestAnswers {
		return 0, false
	}
	return index(s.Sums, s.Complete), true
}

// Mean is the NRR of one of Elements, 1,00 to 4,00; false of too few.
func (s Satisfaction) Mean(element int) (Hundredths, bool) {
	if s.Complete < FewestAnswers {
		return 0, false
	}
	return ratio(100*s.Sums[element], 100*s.Complete), true
}
