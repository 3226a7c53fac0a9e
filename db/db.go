// Package db is the one place where the two engines meet. Everybody else
// writes one SQL text, in PostgreSQL's dialect, and never asks which engine
// runs it.
package db

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"sync/atomic"
	"time"

	_ "github.com/jackc/pgx/v5/stdlib" // PostgreSQL, for agencies that outgrow one machine
	_ "modernc.org/sqlite"             // SQLite without cgo, so that a release is one static file
)

// Engine names the database that runs underneath. Only pairs of constants
// that the engines cannot share (search, triggers) are chosen by it.
type Engine string

// The two engines.
const (
	SQLite   Engine = "sqlite"
	Postgres Engine = "postgres"
)

// DB is an open database with one way in for writing and one for reading.
type DB struct {
	Engine Engine

	url      string
	now      func() time.Time
	w, r     *pool
	watchers watchers
	together together
	news     news
	leases   leases
	origin   string // names this process to others
	ran      atomic.Int64
	failing  atomic.Bool
}

// Open opens the database at url, a file's path or postgres://…, and reads
// the time from now only: no other code asks a clock. It does not migrate.
func Open(ctx context.Context, url string, now func() time.Time) (*DB, error) {
	d := &DB{Engine: engineOf(url), url: url, now: now, together: newTogether(), news: newNews(), origin: NewID()}
	open := d.openSQLite
	if d.Engine == Postgres {
		open = d.openPostgres
	}
	if err := open(); err != nil {
		return nil, fmt.Errorf("db: open: %w", err)
	}
	if err := d.reach(ctx); err != nil {
		return nil, fmt.Errorf("db: open: %w", errors.Join(err, d.Close()))
	}
	return d, nil
}

// reach makes the first connection. Of those that turn a new SQLite file to WAL
// at once, one is told at once that it is locked, whatever it would wait.
func (d *DB) reach(ctx context.Context) error {
	return whileBusy(ctx, 100*time.Millisecond, func() error { return d.w.PingContext(ctx) })
}

func engineOf(url string) Engine {
	if strings.HasPrefix(url, "postgres://") || strings.HasPrefix(url, "postgresql://") {
		return Postgres
	}
	return SQLite
}

// One writer connection with immediate transactions: deferred ones fail at
// once with SQLITE_BUSY when they turn from reading to writing, whatever the
// time-out says. FULL, because "your password is changed" must survive a
// power cut. Who waits to write asks for 50 ms only, and again: see whileBusy.
const (
	sqlitePragmas = "&_pragma=foreign_keys(1)&_pragma=synchronous(FULL)&_pragma=temp_store(MEMORY)&_dqs=0"
	sqliteWriter  = "?_pragma=busy_timeout(50)" + sqlitePragmas + "&_pragma=cache_size(-8000)&_pragma=journal_mode(WAL)&_pragma=journal_size_limit(67108864)&_txlock=immediate&_defensive=1"
	sqliteReader  = "?_pragma=busy_timeout(5000)" + sqlitePragmas + "&_pragma=cache_size(-4000)&mode=ro&_pragma=query_only(1)"
	readers       = 4
)

func (d *DB) openSQLite() (err error) {
	if err := touch(d.url); err != nil {
		return err
	}
	file := "file:" + escapePath(d.url)
	if d.w, err = openPool("sqlite", file+sqliteWriter); err != nil {
		return err
	}
	d.w.SetMaxOpenConns(1)
	if d.r, err = openPool("sqlite", file+sqliteReader); err != nil {
		return err
	}
	d.r.SetMaxOpenConns(readers)
	d.r.SetMaxIdleConns(readers)
	return nil
}

// touch creates the file readable by its owner only (SC-03); SQLite gives the
// -wal and -shm files beside it the same mode.
func touch(path string) error {
	if err := os.MkdirAll(filepath.Dir(path), 0o700); err != nil {
		return err
	}
	f, err := os.OpenFile(path, os.O_CREATE|os.O_RDWR, 0o600) // which says why not
	if err != nil {
		return err
	}
	return f.Close()
}

func escapePath(path string) string {
	return strings.NewReplacer("%", "%25", "?", "%3f", "#", "%23").Replace(path)
}

func (d *DB) openPostgres() (err error) {
	if d.w, err = openPool("pgx", d.url); err != nil {
		return err
	}
	d.w.SetMaxOpenConns(16)
	d.w.SetMaxIdleConns(16)
	d.r = d.w
	return nil
}

// Clock is what the database was opened with.
func (d *DB) Clock() func() time.Time { return d.now }

// Now reads the injected clock. Inside a transaction use Tx.Now, so that all
// its rows agree.
func (d *DB) Now() Time { return At(d.now()) }

// Statements is how many statements have run since Open: tests tell by it that
// the same work is done for known and unknown numbers (EN-03), and a report
// that others are at work.
func (d *DB) Statements() int64 { return d.ran.Load() }

// Ping answers whether the database can be read, for /siap.
func (d *DB) Ping(ctx context.Context) error {
	var one int
	return d.r.QueryRowContext(ctx, "SELECT 1").Scan(&one)
}

// Close closes every connection and ends every Watch.
func (d *DB) Close() error {
	d.watchers.close()
	if d.r == d.w || d.r == nil {
		return d.w.Close()
	}
	return errors.Join(d.r.Close(), d.w.Close())
}
