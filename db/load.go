package db

import (
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"slices"
	"strconv"
	"strings"

	"github.com/jackc/pgx/v5"
)

// Why an archive is not loaded, besides ErrArchive.
var (
	// ErrNotEmpty says that there is data already where an archive is to go.
	ErrNotEmpty = errors.New("db: not empty")
	// ErrNewer says that a newer program made the archive.
	ErrNewer = errors.New("db: the archive is of a newer version of this program")
)

// Load makes the schema of the archive's version, fills it, and brings it to
// the newest. All rows come in one transaction, and with them what the
// statements of also write: a load that fails leaves nothing but an empty
// schema. ErrNotEmpty, ErrNewer, ErrArchive.
func (d *DB) Load(ctx context.Context, a *ArchiveReader, also ...string) error {
	if err := a.Head.known(d.Engine); err != nil {
		return err
	}
	if err := d.empty(ctx); err != nil {
		return err
	}
	if err := d.migrateTo(ctx, a.Head.Version); err != nil {
		return fmt.Errorf("db: load: version %d: %w", a.Head.Version, err)
	}
	fill := d.fillSQLite
	if d.Engine == Postgres {
		fill = d.fillPostgres
	}
	if err := fill(ctx, a, also); err != nil {
		return fmt.Errorf("db: load: %w", err)
	}
	if err := d.Migrate(ctx); err != nil {
		return err
	}
	return d.Write(ctx, func(tx *Tx) error {
		index := indexLaterSQLite
		if d.Engine == Postgres {
			index = indexLaterPostgres
		}
		_, err := tx.Exec(ctx, index)
		return err
	})
}

// known refuses a schema that this program does not know.
func (h ArchiveHead) known(e Engine) error {
	files, err := migrationsFor(e)
	if err != nil {
		return err
	}
	last := int64(0)
	names, err := fs.Glob(files, "*.sql")
	for _, name := range names {
		digits, _, _ := strings.Cut(name, "_")
		version, _ := strconv.ParseInt(digits, 10, 64)
		last = max(last, version)
	}
	if err == nil && h.Version > last {
		err = fmt.Errorf("%w: schema %d, and %d is known", ErrNewer, h.Version, last)
	}
	return err
}

// The search is derived from the requests, by the clock.
const (
	indexLaterSQLite = `INSERT INTO ticket_texts (ticket, pending) SELECT id, TRUE FROM tickets WHERE TRUE ORDER BY opened_at, id
		ON CONFLICT (ticket) DO NOTHING`
	indexLaterPostgres = `INSERT INTO ticket_texts (ticket, scope, about, words, pending) SELECT id, agency, '', '', TRUE FROM tickets ORDER BY opened_at, id
		ON CONFLICT (ticket) DO NOTHING`
)

var mustBeEmpty = []string{"people", "staff", "tickets", "audit_events"}

// empty wants a database without a schema, or with one that holds nothing.
func (d *DB) empty(ctx context.Context) error {
	return d.Read(ctx, func(tx *Tx) error {
		tables, err := tx.Tables(ctx)
		for _, t := range tables {
			if slices.Contains(mustBeEmpty, t.Name) && err == nil {
				err = tx.EachRow(ctx, t, func([]any) error { return fmt.Errorf("%w: %s", ErrNotEmpty, t.Name) })
			}
		}
		return err
	})
}

// clearTable takes out what a migration put there; what is only appended to
// stands empty, and lets nobody try.
func clearTable(t Table, count func(string) (int64, error), exec func(string) error) error {
	n, err := count("SELECT count(*) FROM " + t.Name)
	if err != nil || n == 0 {
		return err
	}
	return exec("DELETE FROM " + t.Name)
}

// fill goes through the tables of an archive: clear empties one of what a
// migration put there.
func fill(a *ArchiveReader, clear func(Table) error, put func(Table) error) error {
	for {
		t, err := a.Table()
		if errors.Is(err, io.EOF) && !errors.Is(err, ErrArchive) {
			return nil
		}
		if err == nil {
			err = clear(t)
		}
		if err == nil {
			err = put(t)
		}
		if err != nil {
			return err
		}
	}
}

func (d *DB) fillSQLite(ctx context.Context, a *ArchiveReader, also []string) error {
	return d.Write(ctx, func(tx *Tx) error {
		exec := func(query string) error { _, err := tx.tx.ExecContext(ctx, query); return err }
		if err := exec(`PRAGMA defer_foreign_keys = ON`); err != nil {
			return err
		}
		err := fill(a, func(t Table) error {
			return clearTable(t, func(query string) (n int64, err error) { return n, tx.Row(ctx, query).Scan(&n) }, exec)
		}, func(t Table) error { return tx.put(ctx, t, a) })
		if err != nil {
			return err
		}
		return each(also, exec)
	})
}

func each(statements []string, exec func(string) error) error {
	for _, statement := range statements {
		if err := exec(statement); err != nil {
			return err
		}
	}
	return nil
}

// put writes the rows of one table.
func (t *Tx) put(ctx context.Context, table Table, a *ArchiveReader) error {
	marks := make([]string, len(table.Columns))
	for i := range marks {
		marks[i] = "$" + strconv.Itoa(i+1)
	}
	insert, err := t.tx.PrepareContext(ctx, "INSERT INTO "+table.Name+" ("+table.names()+") VALUES ("+strings.Join(marks, ", ")+")")
	if err != nil {
		return err
	}
	defer insert.Close() //nolint:errcheck // it ends with the transaction
	for {
		row, err := a.Row()
		if errors.Is(err, io.EOF) && !errors.Is(err, ErrArchive) {
			return nil
		}
		if err == nil {
			_, err = insert.ExecContext(ctx, row...)
		}
		if err != nil {
			return fmt.Errorf("%s: %w", table.Name, err)
		}
	}
}

// fillPostgres copies, on a connection of its own.
func (d *DB) fillPostgres(ctx context.Context, a *ArchiveReader, also []string) error {
	conn, err := pgx.Connect(ctx, d.url)
	if err != nil {
		return err
	}
	defer conn.Close(context.WithoutCancel(ctx)) //nolint:errcheck // all is committed
	return pgx.BeginFunc(ctx, conn, func(tx pgx.Tx) error {
		exec := func(query string) error { _, err := tx.Exec(ctx, query); return err }
		err := fill(a, func(t Table) error {
			return clearTable(t, func(query string) (n int64, err error) { return n, tx.QueryRow(ctx, query).Scan(&n) }, exec)
		}, func(t Table) error {
			columns := strings.Split(t.names(), ", ")
			_, err := tx.CopyFrom(ctx, pgx.Identifier{t.Name}, columns, &archivedRows{a: a})
			if err != nil {
				return fmt.Errorf("%s: %w", t.Name, err)
			}
			return nil
		})
		if err != nil {
			return err
		}
		return each(also, exec)
	})
}

// archivedRows are what CopyFrom reads.
type archivedRows struct {
	a   *ArchiveReader
	row []any
	err error
}

// Next reads a row.
func (r *archivedRows) Next() bool {
	r.row, r.err = r.a.Row()
	if errors.Is(r.err, io.EOF) && !errors.Is(r.err, ErrArchive) {
		r.err = nil
		return false
	}
	return r.err == nil
}

// Values is the row.
func (r *archivedRows) Values() ([]any, error) { return r.row, nil }

// Err is what ended the rows too early.
func (r *archivedRows) Err() error { return r.err }
