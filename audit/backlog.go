package audit

import (
	"context"
	"errors"
	"fmt"

	"pulih/db"
)

// CopyState is up to which number of the chain a copy has come, and when it
// last held everything there was.
type CopyState struct {
	Seq int64
	At  db.Time
}

// State tells how far this process's copy has come; At is 0 before Copy worked
// for the first time.
func (c *Copier) State() CopyState {
	if s := c.came.Load(); s != nil {
		return *s
	}
	return CopyState{}
}

// Backlog is what the sealer has still to do. Waiting counts up to a limit,
// Oldest is the first event that waits, 0 where none does. Seq and Sealed are
// the number of the newest event in the chain, and when it happened.
type Backlog struct {
	Waiting, Seq   int64
	Oldest, Sealed db.Time
}

// Behind reads the backlog; no more than most events are counted.
func Behind(ctx context.Context, tx *db.Tx, most int) (b Backlog, err error) {
	err = tx.Row(ctx, countBehind, most).Scan(&b.Waiting)
	for _, read := range []error{err, tx.Row(ctx, selectOldestQueued).Scan(&b.Oldest), tx.Row(ctx, selectNewestSealed).Scan(&b.Seq, &b.Sealed)} {
		if read != nil && !errors.Is(read, db.ErrNotFound) {
			return b, fmt.Errorf("audit: behind: %w", read)
		}
	}
	return b, nil
}
