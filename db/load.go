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

// Why an archive is not loaded, besides ErrArchive.
var (
	// ErrNotEmpty says that there is data already where an archive is to go.
	ErrNotEmpty = errors.New("db: not empty")
	// ErrNewer says that a newer program made the archive.
	ErrNewer = errors.New("db: the archive is of a newer version of this program")
)

// Load makes the schema of the archive's version, fills it, and brings it to
// the newest. ErrNotEmpty, ErrNewer, ErrArchive.
func (d *DB) Load(ctx context.Context, a *ArchiveReader) error {
	if err := d.Prepare(ctx, a); err != nil {
		return err
	}
	if err := d.Fill(ctx, a); err != nil {
		return err
	}
	return d.Complete(ctx)
}

// Prepare makes the schema of the archive's version where there is nothing
// yet. ErrNotEmpty, ErrNewer.
func (d *DB) Prepare(ctx context.Context, a *ArchiveReader) error {
	if err := a.Head.known(d.Engine); err != nil {
		return err
	}
	if err := d.empty(ctx); err != nil {
		return err
	}
	if err := d.migrateTo(ctx, a.Head.Version); err != nil {
		return fmt.Errorf("db: load: version %d: %w", a.Head.Version, err)
	}
	return d.stands(ctx, a.Head)
}

// Fill fills what Prepare made. All rows come in one transaction, and with them
// what the statements of also write; a process that starts meanwhile waits with
// its migrations. ErrNotEmpty, ErrArchive.
func (d *DB) Fill(ctx context.Context, a *ArchiveReader, also ...string) error {
	if err := d.fillAlone(ctx, a, also); err != nil {
		return fmt.Errorf("db: load: %w", err)
	}
	return nil
}

// Complete brings what Fill filled to the newest schema, and has the search
// derived from it. It is for itself, because the rows are there whether it
// fails or not; who asks again goes on where it broke off.
func (d *DB) Complete(ctx context.Context) error {
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

func (d *DB) fillAlone(ctx context.Context, a *ArchiveReader, also []string) error {
	lock, fill := d.lockFile, d.fillSQLite
	if d.Engine == Postgres {
		lock, fill = d.lockSchema, d.fillPostgres
	}
	unlock, err := lock(ctx)
	if err != nil {
		return err
	}
	defer unlock()
	if err := errors.Join(d.empty(ctx), d.stands(ctx, a.Head)); err != nil {
		return err
	}
	tables, err := d.tables(ctx)
	if err != nil {
		return err
	}
	return fill(ctx, &expected{a, tables}, also)
}

func (d *DB) tables(ctx context.Context) (tables []Table, err error) {
	err = d.Read(ctx, func(tx *Tx) error {
		tables, err = tx.Tables(ctx)
		return err
	})
	return tables, err
}

// stands wants the schema of the archive's version: in a newer one, what the
// migrations since do to rows would be left out.
func (d *DB) stands(ctx context.Context, h ArchiveHead) error {
	version, err := d.Version(ctx)
	if err == nil && version != h.Version {
		err = fmt.Errorf("%w: there is a schema %d already, and the archive's is %d; make a new database", ErrNotEmpty, version, h.Version)
	}
	return err
}

// known refuses a schema that this program does not know.
func (h ArchiveHead) known(e Engine) error {
	last, err := Newest(e)
	if err == nil && h.Version > last {
		err = fmt.Errorf("%w: schema %d, and %d is known", ErrNewer, h.Version, last)
	}
	return err
}

// expected reads an archive that says of its tables what the schema says: who
// can write one to the operators is no operator, and names go into SQL.
type expected struct {
	*ArchiveReader
	left []Table
}

// Table is the next one; ErrArchive, where the schema has no such table or
// columns, or has more tables than the archive.
func (e *expected) Table() (Table, error) {
	t, err := e.ArchiveReader.Table()
	if ended(err) && len(e.left) > 0 {
		return t, fmt.Errorf("%w: it has no %s", ErrArchive, e.left[0].Name)
	}
	if err != nil {
		return t, err
	}
	i := slices.IndexFunc(e.left, t.same)
	if i < 0 {
		return t, fmt.Errorf("%w: its table %.40q is not of schema %d", ErrArchive, t.Name, e.Head.Version)
	}
	e.left = slices.Delete(e.left, i, i+1)
	return t, nil
}

// ended tells the end of an archive or a table from a cut.
func ended(err error) bool { return errors.Is(err, io.EOF) && !errors.Is(err, ErrArchive) }

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
func fill(a *expected, clear func(Table) error, put func(Table) error) error {
	for {
		t, err := a.Table()
		if ended(err) {
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

func (d *DB) fillSQLite(ctx context.Context, a *expected, also []string) error {
	return d.Write(ctx, func(tx *Tx) error {
		exec := func(query string) error { _, err := tx.tx.ExecContext(ctx, query); return err }
		if err := exec(`PRAGMA defer_foreign_keys = ON`); err != nil {
			return err
		}
		err := fill(a, func(t Table) error {
			return clearTable(t, func(query string) (n int64, err error) { err = tx.Row(ctx, query).Scan(&n); return n, err }, exec)
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
func (t *Tx) put(ctx context.Context, table Table, a *expected) error {
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
		if ended(err) {
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
func (d *DB) fillPostgres(ctx context.Context, a *expected, also []string) error {
	conn, err := pgx.Connect(ctx, d.url)
	if err != nil {
		return err
	}
	defer conn.Close(context.WithoutCancel(ctx)) //nolint:errcheck // all is committed
	return pgx.BeginFunc(ctx, conn, func(tx pgx.Tx) error {
		exec := func(query string) error { _, err := tx.Exec(ctx, query); return err }
		err := fill(a, func(t Table) error {
			return clearTable(t, func(query string) (n int64, err error) { err = tx.QueryRow(ctx, query).Scan(&n); return n, err }, exec)
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
	a   *expected
	row []any
	err error
}

// Next reads a row.
func (r *archivedRows) Next() bool {
	r.row, r.err = r.a.Row()
	if ended(r.err) {
		r.err = nil
		return false
	}
	return r.err == nil
}

// Values is the row.
func (r *archivedRows) Values() ([]any, error) { return r.row, nil }

// Err is what ended the rows too early.
func (r *archivedRows) Err() error { return r.err }
