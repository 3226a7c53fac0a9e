package main

import (
	"maps"
	"slices"
	"strconv"
	"strings"

	"pulih/db"
)

// keyNumbers are those of the keys that sealed what is in a backup: they stand
// before what is sealed, so who verifies needs no key to tell which to keep.
type keyNumbers map[byte]bool

var everySealed = append(slices.Clone(sealedColumns), sealedColumn{name: outboxColumn})

func (k keyNumbers) row(t db.Table, row []any) {
	for _, col := range everySealed {
		if _, sealed, found := col.in(t, row); found {
			k[sealed[1]] = true
		}
	}
}

func (k keyNumbers) String() string {
	var all []string
	for _, number := range slices.Sorted(maps.Keys(k)) {
		all = append(all, strconv.Itoa(int(number)))
	}
	if len(all) == 0 {
		return "none"
	}
	return strings.Join(all, ", ")
}

// in is the column's value in a row of an archive; found is false where it is
// of another table, or where nothing is sealed.
func (col sealedColumn) in(t db.Table, row []any) (id string, sealed []byte, found bool) {
	table, column, _ := strings.Cut(col.name, ".")
	if table != t.Name {
		return "", nil, false
	}
	i, j := place(t, "id"), place(t, column)
	if i < 0 || j < 0 { // in an older backup the column is not there yet
		return "", nil, false
	}
	id, _ = row[i].(string)
	sealed, _ = row[j].([]byte)
	return id, sealed, len(sealed) > 1
}

func place(t db.Table, column string) int {
	return slices.IndexFunc(t.Columns, func(c db.Column) bool { return c.Name == column })
}
