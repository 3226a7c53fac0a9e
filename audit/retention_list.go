package audit

import (
	"context"
	"errors"
	"fmt"

	"pulih/db"
)

// Standing is a rule, what is due by it now, and what it did last.
type Standing struct {
	Rule
	Due       int
	Oldest    db.Time // of what is due; 0 for nothing
	RanAt     db.Time // 0: never, or swept each minute
	Removed   int
	RemovedAt db.Time
}

// Standings lists what a purge would remove, and removes nothing.
func Standings(ctx context.Context, d *db.DB, rules []Rule) (all []Standing, err error) {
	err = d.Read(ctx, func(tx *db.Tx) error {
		all = nil
		for _, r := range rules {
			s, err := r.standing(ctx, tx)
			if err != nil {
				return fmt.Errorf("audit: retention: %s: %w", r.Name, err)
			}
			all = append(all, s)
		}
		return nil
	})
	return all, err
}

func (r Rule) standing(ctx context.Context, tx *db.Tx) (Standing, error) {
	s := Standing{Rule: r}
	if r.Kept() {
		return s, nil
	}
	var err error
	if s.Due, s.Oldest, err = r.Due(ctx, tx, tx.Now.Add(-r.Keep)); err != nil {
		return s, err
	}
	err = tx.Row(ctx, selectRun, r.Name).Scan(&s.RanAt, &s.Removed, &s.RemovedAt)
	if errors.Is(err, db.ErrNotFound) {
		err = nil
	}
	return s, err
}
