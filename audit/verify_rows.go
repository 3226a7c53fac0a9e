package audit

import (
	"context"
	"time"

	"pulih/db"
)

const (
	slack    = time.Minute // clocks of two machines differ
	backward = time.Hour   // how far the clock may have been set back
)

// rows looks for what somebody wrote past Append and past the sealer, and
// whether the database still guards its rows.
func (v *verifier) rows(ctx context.Context) error {
	return v.db.Read(ctx, func(tx *db.Tx) error {
		late, ahead := tx.Now.Add(-late), tx.Now.Add(slack)
		for _, c := range []struct {
			what  Problem
			query string
			args  []any
		}{
			{Outside, countUnsealed, nil}, {Unnumbered, countUnnumbered, nil}, {PlacedOutside, countPlacedUnsealed, nil},
			{Waiting, countWaiting, []any{late, ahead}}, {Requeued, countRequeued, nil}, {Unasked, countUnasked, []any{ahead}},
			{Untold, countUntold, []any{v.until}},
		} {
			var n int64
			if err := tx.Row(ctx, c.query, c.args...).Scan(&n); err != nil {
				return err
			}
			v.count(c.what, n)
		}
		return v.guards(ctx, tx)
	})
}

// count keeps a finding about n things, where there are any.
func (v *verifier) count(what Problem, n int64) {
	if n > 0 {
		v.find(Finding{What: what, Count: n})
	}
}

// order looks whether an event happened after the one before it, and before
// now: what is dated back would stand among what happened then.
func (v *verifier) order(s Seal) {
	if s.Event.At > v.db.Now().Add(slack) {
		v.find(Finding{Seq: s.Seq, What: Ahead})
	}
	if s.Event.At < v.before.Add(-backward) {
		v.find(Finding{Seq: s.Seq, What: Backdated})
	}
	v.before = s.Event.At
}
