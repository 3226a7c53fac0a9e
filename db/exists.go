package db

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"net/url"
	"os"
	"time"
)

// ErrNone says that there is no database of ours at an address.
var ErrNone = errors.New("no database")

const countVersions = `SELECT count(*) FROM goose_db_version`

// Exists wants a database that was migrated at least once, and makes nothing:
// Open would make a file of a mistyped path. ErrNone says where there is none.
func Exists(ctx context.Context, where string) error {
	none := fmt.Errorf("%w at %s", ErrNone, shown(where))
	if engineOf(where) == SQLite {
		info, err := os.Stat(where)
		switch {
		case errors.Is(err, fs.ErrNotExist), err == nil && info.Size() == 0:
			return none
		case err != nil:
			return fmt.Errorf("db: open: %w", err)
		}
	}
	d, err := Open(ctx, where, func() time.Time { return time.Time{} })
	if err != nil {
		return err
	}
	defer d.Close() //nolint:errcheck // only read
	var n int
	if err := d.r.QueryRowContext(ctx, countVersions).Scan(&n); err != nil {
		return none
	}
	return nil
}

// shown is an address without the password in it.
func shown(where string) string {
	if engineOf(where) == SQLite {
		return where
	}
	u, err := url.Parse(where)
	if err != nil {
		return "that address"
	}
	return u.Redacted()
}
