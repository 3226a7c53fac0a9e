package tickets

import (
	"context"
	"slices"

	"pulih/audit"
	"pulih/db"
	"pulih/secret"
)

// Rating is what a person says when his request has ended.
type Rating struct {
	Solved string // one of Solveds
	Ease   int    // 1 very hard to 5 very easy
}

// Solveds are the answers to whether the problem is solved, in the order of
// the form.
var Solveds = []string{"ya", "sebagian", "tidak"}

// rated are the ends that are worth asking about: who stopped himself was not
// served.
var rated = []State{Done, Refused, Expired}

// Rate records a rating, once for each cycle. ErrState before the end,
// ErrRated, ErrMissing.
func (d *Desk) Rate(ctx context.Context, number string, s secret.Code, r Rating, actor audit.Actor) error {
	if !slices.Contains(Solveds, r.Solved) || r.Ease < 1 || r.Ease > 5 {
		return ErrMissing
	}
	return d.write(ctx, func(tx *db.Tx) error {
		t, err := d.byReceipt(ctx, tx, number, s)
		if err != nil {
			return err
		}
		if !slices.Contains(rated, t.State) {
			return ErrState
		}
		n, err := tx.Exec(ctx, insertRating, t.ID, t.Cycle, t.Agency, t.Kind, r.Solved, r.Ease, tx.Now)
		if err == nil && n == 0 {
			return ErrRated
		}
		if err != nil {
			return err
		}
		return audit.Append(ctx, tx, audit.Event{Actor: actor, Action: audit.Rated, Person: t.Person, Object: t.ID,
			Detail: map[string]string{"number": t.Number}})
	})
}

// canRate tells whether the person may still say how it went.
func canRate(ctx context.Context, tx *db.Tx, r *record) (bool, error) {
	if !slices.Contains(rated, r.State) {
		return false, nil
	}
	n := 0
	err := tx.Row(ctx, countRatings, r.ID, r.Cycle).Scan(&n)
	return n == 0, err
}
