package tickets

import (
	"context"
	"errors"
	"time"

	"pulih/audit"
	"pulih/db"
)

// filesBatch is small: a file is up to 5 MiB, and the writer is one.
const filesBatch = 20

func dueFiles(junk bool) func(context.Context, *db.Tx, db.Time) (int, db.Time, error) {
	return func(ctx context.Context, tx *db.Tx, before db.Time) (n int, oldest db.Time, err error) {
		err = tx.Row(ctx, countOverdue, before, junk).Scan(&n, &oldest)
		return n, oldest, err
	}
}

// purgeFiles deletes files whose time is over. Each leaves a row of its own,
// which the person's history reads.
func purgeFiles(junk bool) func(context.Context, *db.Tx, db.Time, int) (int, error) {
	return func(ctx context.Context, tx *db.Tx, before db.Time, most int) (int, error) {
		overdue, err := db.All(ctx, tx, scanOverdue, selectOverdue, before, junk, most)
		if err != nil {
			return 0, err
		}
		for _, e := range overdue {
			if err := endOverdue(ctx, tx, e, before); err != nil {
				return 0, err
			}
		}
		return len(overdue), nil
	}
}

// endOverdue deletes a file whose time is over still: its request may have
// been reopened since it was read.
func endOverdue(ctx context.Context, tx *db.Tx, e ending, before db.Time) error {
	e.why, e.actor = endedByTime, audit.Actor{Kind: audit.Clock}
	err := tx.One(ctx, endOverdueFile, e.file, before, tx.Now, e.why, []byte{})
	if errors.Is(err, db.ErrConflict) { // reopened, or another process was faster
		return nil
	}
	if err != nil {
		return err
	}
	return erase(ctx, tx, e)
}

// purgeLockedFiles deletes the files of drafts that are locked or gone.
func purgeLockedFiles(ctx context.Context, tx *db.Tx, before db.Time, most int) (n int, err error) {
	locked, err := db.All(ctx, tx, scanID, selectLockedDrafts, before, most)
	if err != nil {
		return 0, err
	}
	for _, id := range locked {
		files, err := dropFiles(ctx, tx, id, audit.Actor{Kind: audit.Clock})
		if err != nil {
			return 0, err
		}
		n += files
	}
	return n, nil
}

// Counts carry a day as text, in the agency's zone, which is ahead of UTC: a
// day that is over there may be kept some hours longer. Those of a week
// ("2026-W48") go with their year.
func countsUntil(before db.Time) string { return before.Time().Format(time.DateOnly) }

func dueCounts(ctx context.Context, tx *db.Tx, before db.Time) (n int, oldest db.Time, err error) {
	var day string
	if err = tx.Row(ctx, countOldCounts, countsUntil(before)).Scan(&n, &day); err != nil || day == "" {
		return n, 0, err
	}
	if at, err := time.Parse(time.DateOnly, day); err == nil {
		oldest = db.At(at)
	}
	return n, oldest, nil
}

func purgeCounts(ctx context.Context, tx *db.Tx, before db.Time, most int) (int, error) {
	n, err := tx.Exec(ctx, purgeOldCounts, countsUntil(before), most)
	return int(n), err
}
