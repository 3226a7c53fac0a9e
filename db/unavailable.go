package db

import (
	"context"
	"database/sql/driver"
	"errors"
	"fmt"
	"io"
	"net"
	"slices"
	"strings"
	"time"

	"github.com/jackc/pgx/v5/pgconn"
	"modernc.org/sqlite"
)

// ErrUnavailable says that the database cannot work for now: its disk is full
// or read-only, another program holds it, or its server is gone. What was asked
// has most likely not happened; who asks again later may succeed.
var ErrUnavailable = errors.New("db: unavailable")

// judged marks an error that is the database's trouble, not the caller's.
func judged(err error) error {
	if err == nil || errors.Is(err, ErrUnavailable) || !unavailable(err) {
		return err
	}
	return fmt.Errorf("%w: %w", ErrUnavailable, err)
}

func unavailable(err error) bool {
	var lite *sqlite.Error
	var pg *pgconn.PgError
	var dial *pgconn.ConnectError
	var network net.Error
	switch {
	case errors.Is(err, context.Canceled): // whoever asked has gone
		return false
	case errors.As(err, &lite):
		return slices.Contains(troubleSQLite, lite.Code()&0xff)
	case errors.As(err, &dial): // whatever the server says of itself: nothing was asked of it yet
		return true
	case errors.As(err, &pg):
		return slices.ContainsFunc(troublePostgres, func(class string) bool { return strings.HasPrefix(pg.Code, class) })
	case errors.As(err, &network), errors.Is(err, context.DeadlineExceeded):
		return true
	}
	return pgconn.SafeToRetry(err) || errors.Is(err, driver.ErrBadConn) || errors.Is(err, io.EOF) || errors.Is(err, io.ErrUnexpectedEOF) || errors.Is(err, net.ErrClosed)
}

var (
	// SQLITE_BUSY, _LOCKED, _READONLY, _IOERR, _FULL, _CANTOPEN and _PROTOCOL.
	troubleSQLite = []int{5, 6, 8, 10, 13, 14, 15}
	// Connections, resources, a server that stops or starts, a system's error,
	// and a standby, which takes no writes.
	troublePostgres = []string{"08", "53", "57P", "58", "25006"}
)

// isBusy is SQLITE_BUSY.
func isBusy(err error) bool {
	var lite *sqlite.Error
	return errors.As(err, &lite) && lite.Code()&0xff == 5
}

// whileBusy asks again for as long as another program holds the file. SQLite
// gives nobody a turn: who waits asks, after 1, 2, 5 ms and in the end each
// 100 ms, and what a server leaves free between the commits of a busy night is
// a hundredth of that. So a command beside it, the backup among them, would
// wait its five seconds for nothing; it begins SQLite's waiting anew instead.
func whileBusy(ctx context.Context, gap time.Duration, fn func() error) (err error) {
	ctx, stop := context.WithTimeout(ctx, busyAtMost)
	defer stop()
	for {
		if err = fn(); !isBusy(err) || !pause(ctx, gap) {
			return err
		}
	}
}

const (
	busyAtMost = 10 * time.Second
	busyGap    = 5 * time.Millisecond
)

// comesLate tells whether hardly any time is left: whoever sent so slowly is no
// witness of what the database does. A deadline that is nearer than a tenth of
// a second is that of a context which would have ended then.
func comesLate(ctx context.Context) bool {
	until, ends := ctx.Deadline()
	if !ends {
		return false
	}
	soon, stop := context.WithTimeout(ctx, 100*time.Millisecond)
	defer stop()
	nearest, _ := soon.Deadline()
	return nearest.Equal(until)
}

// wrote notes what became of a Write that began in time: whether the database
// takes any.
func (d *DB) wrote(some bool, err error, late bool) error {
	err = judged(err)
	switch {
	case errors.Is(err, ErrUnavailable) && !late:
		d.failing.Store(true)
	case err == nil && some:
		d.failing.Store(false)
	}
	return err
}

// Failing tells whether the last Write found the database unavailable, for
// /siap: it is over with the first one that changes something, and Try makes
// one.
func (d *DB) Failing() bool { return d.failing.Load() }

// Try finds out whether the database takes writes again: it writes a row, and
// takes it away.
func (d *DB) Try(ctx context.Context) error {
	return d.Write(ctx, func(tx *Tx) error {
		name := "try " + d.origin
		_, err := tx.Exec(ctx, makeLease, name, d.origin, tx.Now)
		if err == nil {
			_, err = tx.Exec(ctx, dropLease, name, d.origin)
		}
		return err
	})
}
