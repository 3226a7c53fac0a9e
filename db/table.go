package db

import (
	"context"
	"fmt"
	"io/fs"
	"regexp"
	"slices"
	"strings"
)

// Table is one that an archive holds.
type Table struct {
	Name    string
	Columns []Column
}

// Column is one of its columns, with what both engines keep there.
type Column struct {
	Name string
	Kind Kind
}

// Kind is what a column holds.
type Kind string

// The kinds. There are no others: times are numbers, and no number is broken.
const (
	Text   Kind = "text"
	Number Kind = "number"
	Truth  Kind = "truth"
	Bytes  Kind = "bytes"
)

// notArchived belongs to one engine or to one process: the words of the
// search, which are derived from the requests, and who runs which clock.
var notArchived = []string{"ticket_texts", "leases"}

const (
	columnsSQLite = `SELECT m.name, c.name, c.type FROM sqlite_master m JOIN pragma_table_info(m.name) c
		WHERE m.type = 'table' ORDER BY m.name, c.cid`
	columnsPostgres = `SELECT c.table_name, c.column_name, c.data_type FROM information_schema.columns c
		JOIN information_schema.tables t ON t.table_schema = c.table_schema AND t.table_name = c.table_name
		WHERE c.table_schema = current_schema() AND t.table_type = 'BASE TABLE' ORDER BY c.table_name, c.ordinal_position`
	parentsSQLite   = `SELECT m.name, f."table" FROM sqlite_master m JOIN pragma_foreign_key_list(m.name) f WHERE m.type = 'table'`
	parentsPostgres = `SELECT child.relname, parent.relname FROM pg_constraint k JOIN pg_class child ON child.oid = k.conrelid
		JOIN pg_class parent ON parent.oid = k.confrelid JOIN pg_namespace s ON s.oid = child.relnamespace
		WHERE k.contype = 'f' AND s.nspname = current_schema()`
)

// Tables lists what an archive holds, parents before their children: what our
// migrations made. What Litestream, ANALYZE or an operator put beside it is
// made there anew, or is nobody's business here.
func (t *Tx) Tables(ctx context.Context) ([]Table, error) {
	columns, parents := columnsSQLite, parentsSQLite
	if t.Engine == Postgres {
		columns, parents = columnsPostgres, parentsPostgres
	}
	all, err := All(ctx, t, scanColumn, columns)
	if err != nil {
		return nil, err
	}
	edges, err := All(ctx, t, scanEdge, parents)
	if err != nil {
		return nil, err
	}
	made, err := made(t.Engine)
	if err != nil {
		return nil, err
	}
	return inOrder(tablesOf(all, made), edges)
}

var createTable = regexp.MustCompile(`(?m)^CREATE TABLE (\w+) \(`)

// made lists the tables that any migration makes.
func made(e Engine) (names []string, err error) {
	files, err := migrationsFor(e)
	if err != nil {
		return nil, err
	}
	err = fs.WalkDir(files, ".", func(path string, entry fs.DirEntry, err error) error {
		if err != nil || entry.IsDir() {
			return err
		}
		text, err := fs.ReadFile(files, path)
		for _, found := range createTable.FindAllSubmatch(text, -1) {
			names = append(names, string(found[1]))
		}
		return err
	})
	return names, err
}

type columnRow struct{ table, name, kind string }

func scanColumn(row Scanner) (c columnRow, err error) {
	err = row.Scan(&c.table, &c.name, &c.kind)
	return c, err
}

type edge struct{ child, parent string }

func scanEdge(row Scanner) (e edge, err error) {
	err = row.Scan(&e.child, &e.parent)
	return e, err
}

func tablesOf(columns []columnRow, made []string) (all []Table) {
	for _, c := range columns {
		if slices.Contains(notArchived, c.table) || !slices.Contains(made, c.table) {
			continue
		}
		if len(all) == 0 || all[len(all)-1].Name != c.table {
			all = append(all, Table{Name: c.table})
		}
		t := &all[len(all)-1]
		t.Columns = append(t.Columns, Column{c.name, kindOf(c.kind)})
	}
	return all
}

func kindOf(declared string) Kind {
	switch strings.ToLower(declared) {
	case "text":
		return Text
	case "boolean":
		return Truth
	case "bytea":
		return Bytes
	}
	return Number
}

// inOrder takes tables whose parents are all taken, until none is left.
func inOrder(tables []Table, edges []edge) (ordered []Table, err error) {
	taken := func(name string) bool {
		return slices.ContainsFunc(ordered, func(t Table) bool { return t.Name == name })
	}
	waits := func(t Table) bool {
		return slices.ContainsFunc(edges, func(e edge) bool { return e.child == t.Name && e.parent != t.Name && !taken(e.parent) })
	}
	for len(tables) > 0 {
		i := slices.IndexFunc(tables, func(t Table) bool { return !waits(t) })
		if i < 0 {
			return nil, fmt.Errorf("db: tables refer to each other in a circle: %v", tables)
		}
		ordered, tables = append(ordered, tables[i]), slices.Delete(tables, i, i+1)
	}
	return ordered, nil
}

// same tells whether both have the same columns, in whichever order.
func (t Table) same(other Table) bool {
	in := func(t Table) []Column {
		return slices.SortedFunc(slices.Values(t.Columns), func(a, b Column) int { return strings.Compare(a.Name, b.Name) })
	}
	return t.Name == other.Name && slices.Equal(in(t), in(other))
}

func (t Table) names() string {
	var names []string
	for _, c := range t.Columns {
		names = append(names, c.Name)
	}
	return strings.Join(names, ", ")
}

// EachRow gives every row of a table: string, int64, bool, []byte or nil by
// column. see must not keep the bytes.
func (t *Tx) EachRow(ctx context.Context, table Table, see func(row []any) error) error {
	ctx, err := t.begun(ctx)
	if err != nil {
		return err
	}
	rows, err := t.tx.QueryContext(ctx, "SELECT "+table.names()+" FROM "+table.Name)
	if err != nil {
		return wrap(err)
	}
	defer rows.Close() //nolint:errcheck // Err tells
	into := newCells(table)
	for rows.Next() {
		if err := rows.Scan(into.targets...); err != nil {
			return err
		}
		if err := see(into.row()); err != nil {
			return err
		}
	}
	return rows.Err()
}
