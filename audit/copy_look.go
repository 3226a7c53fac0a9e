package audit

import (
	"context"
	"errors"
	"fmt"
	"time"

	"pulih/db"
)

// lookAtMost is how long one look at the chain may take: whoever seals waits for it.
const lookAtMost = 5 * time.Second

// chainEnd is the last number of a chain, and its hash.
type chainEnd struct {
	seq  int64
	hash []byte
}

// Held is why nothing is added to the copy; "" where it is. It waits for
// nobody: who asks is the alert that tells of a disk that hangs.
func (c *Copier) Held() Problem {
	if held := c.held.Load(); held != nil {
		return *held
	}
	return ""
}

// Look holds the copy from now on where what was seen of the chain is not in
// it any more: somebody put an older database under a running server, or cut
// the chain. Nothing should be sealed on that: log and copy would part for
// good. A copy that is held for another reason, or not there, tells nothing;
// what this process saw of the chain does.
func (c *Copier) Look(ctx context.Context) error {
	if Parted(c.Held()) {
		return nil
	}
	ctx, stop := context.WithTimeout(ctx, lookAtMost)
	defer stop()
	var why Problem
	err := c.db.Read(ctx, func(tx *db.Tx) (err error) {
		if why, err = c.gone(ctx, tx); err == nil && why == "" && c.Held() != "" {
			err = c.see(ctx, tx)
		}
		return err
	})
	if err != nil {
		return fmt.Errorf("audit: copy: %w", err)
	}
	if Parted(why) || why != "" && c.Held() == "" {
		c.held.Store(&why)
	}
	return nil
}

// Parted tells whether a copy is held because the data are not those that it
// was made of.
func Parted(held Problem) bool { return held == TailCut || held == Rewritten }

// CopyProblem is why nothing may be added to a copy, "" where it may: what a
// command asks before it seals.
func CopyProblem(ctx context.Context, d *db.DB, path string) (Problem, error) {
	_, held, err := lookAtCopy(ctx, d, path)
	return held, err
}

// gone tells why what was seen is not where it was.
func (c *Copier) gone(ctx context.Context, tx *db.Tx) (Problem, error) {
	seen := c.seen.Load()
	if seen == nil || seen.seq == 0 {
		return "", nil
	}
	known, err := hashAt(ctx, tx, seen.seq)
	if err != nil {
		return "", err
	}
	base, err := newestFloor(ctx, tx)
	switch {
	case err != nil:
		return "", err
	case seen.seq < base.seq: // another server's copy saw what was let go
		return CopyLacks, nil
	case len(known) == 0:
		return TailCut, nil
	case !equalHash(known, seen.hash):
		return Rewritten, nil
	}
	return "", nil
}

// see remembers where the chain ends.
func (c *Copier) see(ctx context.Context, tx *db.Tx) error {
	var end chainEnd
	err := tx.Row(ctx, selectHead).Scan(&end.seq, &end.hash)
	if errors.Is(err, db.ErrNotFound) {
		return nil
	}
	if err == nil {
		c.seen.Store(&end)
	}
	return err
}
