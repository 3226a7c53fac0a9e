package accounts

import (
	"context"
	"errors"
	"fmt"
	"time"

	"pulih/db"
)

// budget is how often something may happen in a window that begins with the
// first time. What is counted is a key of the NIP as typed, so that known and
// unknown NIPs are refused alike (EN-06).
type budget struct {
	purpose string
	most    int64
	window  time.Duration
}

// take counts one, unless the budget is spent. The refused are not counted.
func (a *Accounts) take(ctx context.Context, tx *db.Tx, b budget, key ...string) (bool, error) {
	n, err := a.taken(ctx, tx, b, key...)
	return n > 0, err
}

// taken counts one and says how many that makes, 0 where the budget is spent.
func (a *Accounts) taken(ctx context.Context, tx *db.Tx, b budget, key ...string) (n int64, err error) {
	err = tx.Row(ctx, takeCounter, a.keys.Sum(b.purpose, key...), tx.Now, tx.Now.Add(-b.window), b.most).Scan(&n)
	if errors.Is(err, db.ErrNotFound) {
		return 0, nil
	}
	if err != nil {
		return 0, fmt.Errorf("accounts: %s: %w", b.purpose, err)
	}
	return n, nil
}

// takeAll counts one in each budget, or in none.
func (a *Accounts) takeAll(ctx context.Context, tx *db.Tx, budgets []budget, key ...string) (bool, error) {
	for i, b := range budgets {
		if allowed, err := a.take(ctx, tx, b, key...); err != nil || !allowed {
			return false, errors.Join(err, a.giveAllBack(ctx, tx, budgets[:i], key...))
		}
	}
	return true, nil
}

func (a *Accounts) giveAllBack(ctx context.Context, tx *db.Tx, budgets []budget, key ...string) error {
	for _, b := range budgets {
		if err := a.giveBack(ctx, tx, b, key...); err != nil {
			return err
		}
	}
	return nil
}

// giveBack undoes a take.
func (a *Accounts) giveBack(ctx context.Context, tx *db.Tx, b budget, key ...string) error {
	return tx.One(ctx, giveBackCounter, a.keys.Sum(b.purpose, key...))
}

// pause is how long to wait after n tries in a row: four are free, the fifth
// costs 30 seconds, each further one twice that, 15 minutes at most (TV-05).
func pause(n int64) time.Duration {
	const free, first, most = 5, 30 * time.Second, 15 * time.Minute
	if n < free {
		return 0
	}
	return min(first<<min(n-free, 10), most)
}

// attempt counts a try before anything is compared, and says until when the
// next one must wait. It is refused, with that time, while the last pause runs.
func (a *Accounts) attempt(ctx context.Context, tx *db.Tx, purpose string, key ...string) (until db.Time, ok bool, err error) {
	const forget = 24 * time.Hour
	sum := a.keys.Sum(purpose, key...)
	var n int64
	err = tx.Row(ctx, attemptCounter, sum, tx.Now, tx.Now.Add(-forget)).Scan(&n)
	if errors.Is(err, db.ErrNotFound) {
		err = tx.Row(ctx, selectCounterUntil, sum).Scan(&until)
		return until, false, err
	}
	if err == nil {
		_, err = tx.Exec(ctx, pauseCounter, sum, tx.Now.Add(pause(n)))
	}
	if err != nil {
		return 0, false, fmt.Errorf("accounts: %s: %w", purpose, err)
	}
	return 0, true, nil
}

// forgive forgets the tries once one was right.
func (a *Accounts) forgive(ctx context.Context, tx *db.Tx, purpose string, key ...string) error {
	_, err := tx.Exec(ctx, deleteCounter, a.keys.Sum(purpose, key...))
	return err
}
