package app

import (
	"context"
	"errors"
	"time"

	"github.com/labstack/echo/v4"
	"github.com/prometheus/client_golang/prometheus"

	"pulih/db"
	"pulih/secret"
)

// Limit allows Burst things at once and one more each Every after that. The
// whole table stands in limits_table.go (RL-09).
type Limit struct {
	Name  string
	Every time.Duration
	Burst int
}

// Limits counts in the database, so that a restart or a second process
// forgives nothing (RL-04), by the generic cell rate algorithm in one
// statement, so that parallel requests cannot pass between reading and
// writing. Keys are stored as keyed hashes: a NIP is in no row of it.
type Limits struct {
	db      *db.DB
	keys    *secret.Keys
	refused *prometheus.CounterVec // by the limit's name; nil counts nothing
}

// Take uses one unit of l for key and returns 0, or says how long the caller
// has to wait. What is refused does not count.
func (l *Limits) Take(ctx context.Context, lim Limit, key ...string) (wait time.Duration, err error) {
	return l.TakeMany(ctx, lim, 1, key...)
}

// TakeMany uses n units at once, or none of them.
func (l *Limits) TakeMany(ctx context.Context, lim Limit, n int, key ...string) (wait time.Duration, err error) {
	err = l.db.Write(ctx, func(tx *db.Tx) error {
		wait, err = l.take(ctx, tx, lim, int64(n), key)
		return err
	})
	l.tell(lim, wait)
	return wait, err
}

// Use is one unit of a limit, for a key.
type Use struct {
	Limit Limit
	Key   []string
}

func use(l Limit, key ...string) Use { return Use{l, key} }

// Then uses one unit of each and does what they limit, all in one commit: who
// asks waits for the disk once. The first that refuses ends it, and says how
// long to wait; what was used before it stays used.
func (l *Limits) Then(ctx context.Context, do func(*db.Tx) error, uses ...Use) (wait time.Duration, err error) {
	var at Limit
	err = l.db.Write(ctx, func(tx *db.Tx) error {
		for _, u := range uses {
			at = u.Limit
			if wait, err = l.take(ctx, tx, u.Limit, 1, u.Key); err != nil || wait > 0 {
				return err
			}
		}
		return do(tx)
	})
	l.tell(at, wait)
	return wait, err
}

func (l *Limits) tell(lim Limit, wait time.Duration) {
	if wait > 0 && l.refused != nil {
		l.refused.WithLabelValues(lim.Name).Inc()
	}
}

// GiveBack returns n units that were taken and not used.
func (l *Limits) GiveBack(ctx context.Context, lim Limit, n int, key ...string) error {
	if n <= 0 {
		return nil
	}
	return l.db.Write(ctx, func(tx *db.Tx) error {
		_, err := tx.Exec(ctx, giveLimit, l.keys.Sum("limit|"+lim.Name, key...), lim.Every.Microseconds()*int64(n))
		return err
	})
}

func (l *Limits) take(ctx context.Context, tx *db.Tx, lim Limit, n int64, key []string) (time.Duration, error) {
	hash := l.keys.Sum("limit|"+lim.Name, key...)
	every := lim.Every.Microseconds()
	var tat db.Time
	err := tx.Row(ctx, takeLimit, hash, tx.Now, every*n, every*int64(lim.Burst)).Scan(&tat)
	if !errors.Is(err, db.ErrNotFound) {
		return 0, err
	}
	if err := tx.Row(ctx, selectLimit, hash).Scan(&tat); err != nil {
		return 0, err
	}
	return max(tat.Add(lim.Every*time.Duration(n)).Sub(tx.Now)-lim.Every*time.Duration(lim.Burst), time.Second), nil
}

// Used says how full l is for key, from 0 to 1, without using any of it. The
// gate gets harder by it.
func (l *Limits) Used(ctx context.Context, lim Limit, key ...string) (float64, error) {
	var tat db.Time
	var now db.Time
	err := l.db.Read(ctx, func(tx *db.Tx) error {
		now = tx.Now
		return tx.Row(ctx, selectLimit, l.keys.Sum("limit|"+lim.Name, key...)).Scan(&tat)
	})
	if err != nil && !errors.Is(err, db.ErrNotFound) {
		return 0, err
	}
	return max(0, float64(tat.Sub(now))/float64(lim.Every*time.Duration(lim.Burst))), nil
}

// limit takes one unit for key, or ends the request with how long to wait.
func (a *App) limit(c echo.Context, l Limit, key ...string) error {
	return a.limits(c, use(l, key...))
}

// limits takes one unit of each, in this order.
func (a *App) limits(c echo.Context, uses ...Use) error {
	return a.limited(c, func(*db.Tx) error { return nil }, uses...)
}

// limited does what is limited in the same commit.
func (a *App) limited(c echo.Context, do func(*db.Tx) error, uses ...Use) error {
	wait, err := a.Limits.Then(c.Request().Context(), do, uses...)
	if err == nil && wait > 0 {
		err = &TooMany{Wait: wait}
	}
	return err
}
