package db

import "database/sql"

// cells are the places into which a row of a table is read.
type cells struct {
	targets []any
	values  []any
}

func newCells(t Table) *cells {
	c := &cells{values: make([]any, len(t.Columns))}
	for _, column := range t.Columns {
		switch column.Kind {
		case Text:
			c.targets = append(c.targets, new(sql.Null[string]))
		case Truth:
			c.targets = append(c.targets, new(sql.Null[bool]))
		case Bytes:
			c.targets = append(c.targets, new(sql.Null[[]byte]))
		default:
			c.targets = append(c.targets, new(sql.Null[int64]))
		}
	}
	return c
}

func (c *cells) row() []any {
	for i, target := range c.targets {
		switch v := target.(type) {
		case *sql.Null[string]:
			c.values[i] = orNil(*v)
		case *sql.Null[bool]:
			c.values[i] = orNil(*v)
		case *sql.Null[int64]:
			c.values[i] = orNil(*v)
		case *sql.Null[[]byte]:
			c.values[i] = orNil(*v)
		}
	}
	return c.values
}

func orNil[T any](n sql.Null[T]) any {
	if !n.Valid {
		return nil
	}
	return n.V
}
