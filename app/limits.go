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
	if wait > 0 && l.refused != nil {
		l.refused.WithLabelValues(lim.Name).Inc()
	}
	return wait, err
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
	wait, err := a.Limits.Take(c.Request().Context(), l, key...)
	if err == nil && wait > 0 {
		err = &TooMany{Wait: wait}
	}
	return err
}
