package audit

import (
	"context"
	"encoding/json"
	"errors"

	"pulih/db"
)

// Due tells whether the clock should check: once a day, from an hour on. Only
// a check that ended counts, or this process's own of the last hour: a row
// that somebody wrote, or one that was broken off, spares no night.
func (c *Checker) Due(ctx context.Context, since db.Time) (bool, error) {
	now := c.DB.Now()
	if now < since || c.busy(now) {
		return false, nil
	}
	last, err := c.Standing(ctx)
	return err == nil && last.AskedAt < since, err
}

func (c *Checker) busy(now db.Time) bool {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.running || c.began > now.Add(-Patience)
}

// Last are the newest checks, newest first. One that is dated ahead never was,
// nor one that ended without a word in the log.
func (c *Checker) Last(ctx context.Context, most int) (all []Check, err error) {
	err = c.DB.Read(ctx, func(tx *db.Tx) error {
		all, err = db.All(ctx, tx, scanCheck, selectChecks, tx.Now, most)
		return err
	})
	return all, err
}

// Standing is the newest check that ended. What it found stands until a later
// one has ended and found nothing. It is zero where none has ended.
func (c *Checker) Standing(ctx context.Context) (k Check, err error) {
	err = c.DB.Read(ctx, func(tx *db.Tx) error {
		k, err = standing(ctx, tx)
		return err
	})
	return k, err
}

func standing(ctx context.Context, tx *db.Tx) (Check, error) {
	k, err := scanCheck(tx.Row(ctx, selectStanding, tx.Now))
	if errors.Is(err, db.ErrNotFound) {
		return Check{}, nil
	}
	return k, err
}

// PausedUntil is when a member of staff may have the log checked again; a time
// that is over where he may now.
func (c *Checker) PausedUntil(ctx context.Context) (until db.Time, err error) {
	err = c.DB.Read(ctx, func(tx *db.Tx) error {
		until, err = pausedUntil(ctx, tx)
		return err
	})
	return until, err
}

func pausedUntil(ctx context.Context, tx *db.Tx) (db.Time, error) {
	k, err := standing(ctx, tx)
	if k.EndedAt == 0 || k.result() != OK {
		return 0, err
	}
	return k.AskedAt.Add(checkPause), err
}

func scanCheck(row db.Scanner) (k Check, err error) {
	var findings string
	err = row.Scan(&k.ID, &k.AskedAt, &k.By.Kind, &k.By.ID, &k.EndedAt, &k.Sealed, &k.Copied, &findings, &k.Failed)
	if err == nil {
		err = json.Unmarshal([]byte(findings), &k.Findings)
	}
	return k, err
}
