package tickets

import (
	"context"
	"slices"
	"time"

	"pulih/audit"
	"pulih/db"
	"pulih/secret"
)

// Rating is what a person says when his request has ended.
type Rating struct {
	Solved string // one of Solveds
	Helped int    // 1 not at all to 4 very much, the scale of PermenPANRB 14/2017
}

// Solveds are the answers to whether the problem is solved, in the order of
// the form.
var Solveds = []string{"ya", "sebagian", "tidak"}

// best is the upper end of every scale of PermenPANRB 14/2017; 1 is the lower.
const best = 4

// rated are the ends that are worth asking about: who stopped himself was not
// served, and a request that expired may be anybody's, who has proven nothing
// (impostor 4).
var rated = []State{Done, Refused}

// rateable is for how long after that: a month's figures come to rest.
const rateable = 30 * 24 * time.Hour

func (r *record) rateable(now db.Time) bool {
	return slices.Contains(rated, r.State) && now < r.ClosedAt.Add(rateable)
}

// Rate records a rating, once for each cycle. ErrState before the end
// and a month after it, ErrRated, ErrMissing.
func (d *Desk) Rate(ctx context.Context, number string, s secret.Code, r Rating, actor audit.Actor) error {
	if !slices.Contains(Solveds, r.Solved) || r.Helped < 1 || r.Helped > best {
		return ErrMissing
	}
	return d.write(ctx, func(tx *db.Tx) error {
		t, err := d.byReceipt(ctx, tx, number, s)
		if err != nil {
			return err
		}
		if !t.rateable(tx.Now) {
			return ErrState
		}
		n, err := tx.Exec(ctx, insertRating, t.ID, tx.Now, r.Solved, r.Helped)
		if err == nil && n == 0 {
			return ErrRated
		}
		return opined(ctx, tx, t, audit.Rated, actor, err)
	})
}

// opined writes down that somebody said what he thinks, and not what.
func opined(ctx context.Context, tx *db.Tx, t record, action audit.Action, actor audit.Actor, err error) error {
	if err != nil {
		return err
	}
	return audit.Append(ctx, tx, audit.Event{Actor: actor, Action: action, Person: t.Person, Object: t.ID,
		Detail: map[string]string{"number": t.Number}})
}

// opinion tells what the person may still say of how it went: first the two
// questions, then the nine.
func (s *Status) opinion(ctx context.Context, tx *db.Tx, r *record) error {
	if !r.rateable(tx.Now) {
		return nil
	}
	var ratings, surveys int
	err := tx.Row(ctx, countOpinions, r.ID, r.Cycle).Scan(&ratings, &surveys)
	s.CanRate, s.CanSurvey = ratings == 0, ratings > 0 && surveys == 0
	return err
}
