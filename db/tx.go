package db

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"sync/atomic"

	"github.com/jackc/pgx/v5/pgconn"
	"modernc.org/sqlite"
)

// The two answers of a statement that are not faults of the database.
var (
	// ErrNotFound says that no row matches.
	ErrNotFound = errors.New("db: not found")
	// ErrConflict says that a compare-and-swap lost its race, or that a
	// unique row exists already.
	ErrConflict = errors.New("db: conflict")
)

// Our own mistakes: two statements may see two states, and on PostgreSQL one
// that stands alone would write.
var (
	errSecond = errors.New("db: a second statement in ReadOne")
	errWrites = errors.New("db: Exec in ReadOne, which is for reading")
)

// Tx is a transaction. Now is read once, when it begins.
type Tx struct {
	Engine Engine
	Now    Time

	tx       *sql.Tx // nil where one statement stands alone
	on       runner  // tx, or the pool
	pool     *pool
	first    *[]string // the statements that are met for the first time
	ran      *atomic.Int64
	changed  []string
	some     bool // rows were written
	alone    bool // its one statement has run
	together bool // shared with others, whom a caller's leaving must not touch
}

// runner is what both a transaction and a pool can do.
type runner interface {
	ExecContext(ctx context.Context, query string, args ...any) (sql.Result, error)
	QueryContext(ctx context.Context, query string, args ...any) (*sql.Rows, error)
	QueryRowContext(ctx context.Context, query string, args ...any) *sql.Row
}

// Write runs fn in a transaction that commits when fn returns nil. A wrong
// guess must therefore be a result of fn, never its error: an error rolls
// back the counter of tries too (CVE-2026-35597). PostgreSQL may ask for a
// transaction to be run again, and SQLite runs fn on whoever's goroutine
// writes for all who wait; so fn must do nothing outside it. ErrUnavailable,
// also to who comes when his time is over: that tells nothing of the database.
func (d *DB) Write(ctx context.Context, fn func(*Tx) error) error {
	if err := ctx.Err(); err != nil {
		return judged(err)
	}
	write, late := d.writeApart, comesLate(ctx)
	if d.Engine == SQLite {
		write = d.writeTogether
	}
	some, err := write(ctx, fn)
	return d.wrote(some, err, late)
}

func (d *DB) writeApart(ctx context.Context, fn func(*Tx) error) (some bool, err error) {
	const runs = 4
	for run := 1; ; run++ {
		some, err := d.write(ctx, fn)
		if run == runs || !tryAgain(err) {
			return some, err
		}
	}
}

func (d *DB) write(ctx context.Context, fn func(*Tx) error) (some bool, err error) {
	t, err := d.begin(ctx, d.w, nil)
	if err != nil {
		return false, err
	}
	defer t.end()
	if err := fn(t); err != nil {
		return false, over(ctx, err)
	}
	if err := t.tx.Commit(); err != nil {
		return false, over(ctx, wrap(err))
	}
	d.watchers.tell(t.changed)
	d.news.add(t.changed)
	return t.some, nil
}

// Read runs fn on one consistent state of the database. It never waits for a
// writer, and cannot write. ErrUnavailable.
func (d *DB) Read(ctx context.Context, fn func(*Tx) error) error {
	t, err := d.begin(ctx, d.r, d.readOnly())
	if err != nil {
		return judged(err)
	}
	defer t.end() // reading has nothing to keep
	return judged(over(ctx, fn(t)))
}

// over says what ended a transaction: database/sql undoes it as soon as its
// caller's time is over or he has gone, and then knows only that it is done.
func over(ctx context.Context, err error) error {
	if errors.Is(err, sql.ErrTxDone) && ctx.Err() != nil {
		return ctx.Err()
	}
	return err
}

// ReadOne is a Read of one statement, which agrees with itself: to begin a
// transaction and to end it would be two more, on PostgreSQL two more ways to
// the server and back. A second statement is refused. ErrUnavailable.
func (d *DB) ReadOne(ctx context.Context, fn func(*Tx) error) error {
	t := &Tx{Engine: d.Engine, Now: d.Now(), on: d.r, pool: d.r, first: new([]string), ran: &d.ran}
	defer t.end()
	return judged(fn(t))
}

func (d *DB) readOnly() *sql.TxOptions {
	if d.Engine == Postgres {
		return &sql.TxOptions{ReadOnly: true, Isolation: sql.LevelRepeatableRead}
	}
	return &sql.TxOptions{ReadOnly: true}
}

func (d *DB) begin(ctx context.Context, p *pool, opts *sql.TxOptions) (*Tx, error) {
	tx, err := p.BeginTx(ctx, opts)
	if err != nil {
		return nil, fmt.Errorf("db: begin: %w", err)
	}
	return &Tx{Engine: d.Engine, Now: d.Now(), tx: tx, on: tx, pool: p, first: new([]string), ran: &d.ran}, nil
}

// end gives the connection back; after a commit there is nothing to undo.
func (t *Tx) end() {
	if t.tx != nil {
		_ = t.tx.Rollback()
	}
	t.pool.compile(*t.first)
}

// Exec runs a statement and says how many rows it touched.
func (t *Tx) Exec(ctx context.Context, query string, args ...any) (int64, error) {
	if t.tx == nil {
		return 0, errWrites
	}
	ctx, err := t.begun(ctx)
	if err != nil {
		return 0, err
	}
	res, err := t.exec(ctx, query, args)
	if err != nil {
		return 0, wrap(err)
	}
	n, err := res.RowsAffected()
	t.some = t.some || n > 0
	return n, err
}

// One runs a compare-and-swap: a statement that must touch exactly one row.
// Anything else is ErrConflict, and nothing else may change a state, a code,
// a pass or an OTP step (law 4).
func (t *Tx) One(ctx context.Context, query string, args ...any) error {
	n, err := t.Exec(ctx, query, args...)
	if err == nil && n != 1 {
		return ErrConflict
	}
	return err
}

// Scanner is what a scan function reads a row from.
type Scanner interface{ Scan(dest ...any) error }

// Row reads the first row; its Scan answers ErrNotFound where there is none.
func (t *Tx) Row(ctx context.Context, query string, args ...any) Scanner {
	ctx, err := t.begun(ctx)
	if err != nil {
		return failed{err}
	}
	return row{t.queryRow(ctx, query, args)}
}

// begun counts a statement, unless its caller has gone. One that runs for him
// among others' is not cut short.
func (t *Tx) begun(ctx context.Context) (context.Context, error) {
	if err := ctx.Err(); err != nil {
		return ctx, err
	}
	t.ran.Add(1)
	if t.tx == nil && t.alone {
		return ctx, errSecond
	}
	t.alone = t.tx == nil
	if t.together {
		ctx = context.WithoutCancel(ctx)
	}
	return ctx, nil
}

type failed struct{ err error }

func (f failed) Scan(...any) error { return f.err }

type row struct{ *sql.Row }

func (r row) Scan(dest ...any) error { return wrap(r.Row.Scan(dest...)) }

// All reads every row through scan.
func All[T any](ctx context.Context, t *Tx, scan func(Scanner) (T, error), query string, args ...any) ([]T, error) {
	ctx, err := t.begun(ctx)
	if err != nil {
		return nil, err
	}
	rows, err := t.query(ctx, query, args)
	if err != nil {
		return nil, wrap(err)
	}
	defer rows.Close() //nolint:errcheck // rows.Err says what matters
	var all []T
	for rows.Next() {
		one, err := scan(rows)
		if err != nil {
			return nil, wrap(err)
		}
		all = append(all, one)
	}
	return all, wrap(rows.Err())
}

func wrap(err error) error {
	switch {
	case err == nil:
		return nil
	case errors.Is(err, sql.ErrNoRows):
		return ErrNotFound
	case isUnique(err):
		return fmt.Errorf("%w: %w", ErrConflict, err)
	}
	return err
}

// SQLITE_CONSTRAINT_UNIQUE and _PRIMARYKEY; PostgreSQL's unique_violation.
func isUnique(err error) bool {
	var lite *sqlite.Error
	if errors.As(err, &lite) {
		return lite.Code() == 2067 || lite.Code() == 1555
	}
	return pgCode(err) == "23505"
}

// PostgreSQL's serialization_failure and deadlock_detected, and a connection
// of the pool that was found broken before anything was sent on it.
func tryAgain(err error) bool {
	code := pgCode(err)
	return code == "40001" || code == "40P01" || pgconn.SafeToRetry(err)
}

func pgCode(err error) string {
	var pg *pgconn.PgError
	if errors.As(err, &pg) {
		return pg.Code
	}
	return ""
}
