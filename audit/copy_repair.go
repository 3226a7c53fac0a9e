package audit

import (
	"context"
	"errors"
	"fmt"
	"strconv"
	"syscall"

	"pulih/db"
)

// Why a copy is not repaired.
var (
	// ErrCopyUsed says that a server adds to the copy now.
	ErrCopyUsed = errors.New("audit: a server writes the copy now: stop it first")
	// ErrCopyDiffers says that what is missing is not at the end: the copy and
	// the database tell different stories, or the database has not got the
	// lines any more.
	ErrCopyDiffers = errors.New("audit: the copy cannot be continued from the database: keep the file, and fetch it from its own backup")
)

// RepairCopy writes to the end of a copy what it lacks, because an operator
// says so, and writes down that he did. It takes no line away. It says how
// many events it added: 0 where nothing held the copy. ErrCopyUsed,
// ErrCopyDiffers.
func RepairCopy(ctx context.Context, d *db.DB, path string, by Actor) (n int, err error) {
	end, held, err := lookAtCopy(ctx, d, path)
	if err != nil || held == "" {
		return 0, err
	}
	if held != CopyGone && held != CopyBehind {
		return 0, fmt.Errorf("%w (it %s)", ErrCopyDiffers, problemWords[held])
	}
	return catchUpCopy(ctx, d, path, end, func(tx *db.Tx) error {
		return Append(ctx, tx, Event{Actor: by, Action: CopyRepaired, Detail: map[string]string{
			"because": string(held), "from": strconv.FormatInt(end.seq+1, 10)}})
	})
}

// CatchUpCopy adds what the console sealed while no server runs, so that the
// next one finds the copy where it was left. A server that runs does it
// itself, and a held copy stays as it is.
func CatchUpCopy(ctx context.Context, d *db.DB, path string) error {
	end, held, err := lookAtCopy(ctx, d, path)
	if err != nil || held != "" {
		return err
	}
	_, err = catchUpCopy(ctx, d, path, end, func(*db.Tx) error { return nil })
	if errors.Is(err, ErrCopyUsed) {
		return nil
	}
	return err
}

func catchUpCopy(ctx context.Context, d *db.DB, path string, end copyEnd, first func(*db.Tx) error) (int, error) {
	c := &Copier{db: d}
	err := c.open(path, end, syscall.LOCK_EX|syscall.LOCK_NB)
	if errors.Is(err, syscall.EWOULDBLOCK) {
		return 0, ErrCopyUsed
	}
	if err != nil {
		return 0, fmt.Errorf("audit: copy: %w", err)
	}
	defer c.Close() //nolint:errcheck // Copy has synced it
	if err := d.Write(ctx, first); err != nil {
		return 0, err
	}
	return c.Copy(ctx)
}
