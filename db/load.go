package db

import (
	"context"
	"errors"
	"fmt"
	"io"
	"slices"
	"strconv"
	"strings"

	"github.com/jackc/pgx/v5"
)

// ErrNotEmpty says that there is data already where an archive is to go.
var ErrNotEmpty = errors.New("db: not empty")

// Load makes the schema of the archive's version, fills it, and brings it to
// the newest. All rows come in one transaction: a load that fails leaves
// nothing but an empty schema. ErrNotEmpty, ErrArchive.
func (d *DB) Load(ctx context.Context, a *ArchiveReader) error {
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
	if err := fill(ctx, a); err != nil {
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

func (d *DB) fillSQLite(ctx context.Context, a *ArchiveReader) error {
	return d.Write(ctx, func(tx *Tx) error {
		if _, err := tx.tx.ExecContext(ctx, `PRAGMA defer_foreign_keys = ON`); err != nil {
			return err
		}
		return fill(a, func(t Table) error {
			return clearTable(t, func(query string) (n int64, err error) { return n, tx.Row(ctx, query).Scan(&n) },
				func(query string) error { _, err := tx.tx.ExecContext(ctx, query); return err })
		}, func(t Table) error { return tx.put(ctx, t, a) })
	})
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
func (d *DB) fillPostgres(ctx context.Context, a *ArchiveReader) error {
	conn, err := pgx.Connect(ctx, d.url)
	if err != nil {
		return err
	}
	defer conn.Close(context.WithoutCancel(ctx)) //nolint:errcheck // all is committed
	return pgx.BeginFunc(ctx, conn, func(tx pgx.Tx) error {
		return fill(a, func(t Table) error {
			return clearTable(t, func(query string) (n int64, err error) { return n, tx.QueryRow(ctx, query).Scan(&n) },
				func(query string) error { _, err := tx.Exec(ctx, query); return err })
		}, func(t Table) error {
			columns := strings.Split(t.names(), ", ")
			_, err := tx.CopyFrom(ctx, pgx.Identifier{t.Name}, columns, &archivedRows{a: a})
			if err != nil {
				return fmt.Errorf("%s: %w", t.Name, err)
			}
			return nil
		})
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
