package tickets

import (
	"context"
	"fmt"

	"pulih/db"
)

// PageSize is how many rows a page has.
const PageSize = 50

// CountCap is where counts stop: above it a page shows "1.000+". An exact
// count costs sixteen times the page (performance.md §2.3).
const CountCap = 1000

// Page is a part of a list. Counts stop at CountCap + 1.
type Page struct {
	Rows       []Ticket
	Next, Prev Cursor
	Counts     map[View]int
}

// Queue lists a view of his agency, urgent and oldest first; Closed newest
// first, whatever they ended as.
func (d *Desk) Queue(ctx context.Context, by By, v View, c Cursor) (Page, error) {
	var page Page
	err := d.db.Read(ctx, func(tx *db.Tx) error {
		rows, err := d.rows(ctx, tx, by, v, c)
		if err != nil {
			return fmt.Errorf("tickets: queue: %w", err)
		}
		page = paged(rows, c, v.key)
		page.Counts, err = d.counts(ctx, tx, by)
		return err
	})
	return page, err
}

func (d *Desk) rows(ctx context.Context, tx *db.Tx, by By, v View, c Cursor) ([]record, error) {
	back, k, err := c.read()
	if err != nil {
		return nil, err
	}
	if v == Closed && k.id == "" {
		k = key{at: farFuture}
	}
	l := v.listing(by)
	args := l.scope
	if l.ranked {
		args = append(args, k.rank)
	}
	return db.All(ctx, tx, scanTicket, pick(back, l.back, l.forward), append(args, k.at, k.id, PageSize+1)...)
}

func pick(back bool, backward, forward string) string {
	if back {
		return backward
	}
	return forward
}

// listing is how a view is read and counted. scope are the parameters that
// both begin with; a ranked one is ordered by rank before time.
type listing struct {
	forward, back, count string
	scope                []any
	ranked               bool
}

func (v View) listing(by By) listing {
	his := []any{by.Staff.Agency, by.Staff.NIP}
	switch v {
	case Mine:
		return listing{selectMine, selectMineBack, countMine, append(his, by.Staff.ID), false}
	case Closed:
		return listing{selectClosed, selectClosedBack, countClosed, his, false}
	}
	low, high := v.ranks()
	return listing{selectView, selectViewBack, countView, append(his, v.state(), low, high, v.owner()), true}
}

func (d *Desk) counts(ctx context.Context, tx *db.Tx, by By) (map[View]int, error) {
	counts := map[View]int{}
	for _, v := range Views {
		var n int
		l := v.listing(by)
		if err := tx.Row(ctx, l.count, append(l.scope, CountCap+1)...).Scan(&n); err != nil {
			return nil, fmt.Errorf("tickets: count: %w", err)
		}
		counts[v] = n
	}
	return counts, nil
}
