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
	low, high := v.ranks()
	switch v {
	case Mine:
		return db.All(ctx, tx, scanTicket, pick(back, selectMineBack, selectMine), by.Staff.ID, by.Staff.Agency, k.at, k.id, PageSize+1)
	case Closed:
		if k.id == "" {
			k = key{at: farFuture}
		}
		return db.All(ctx, tx, scanTicket, pick(back, selectClosedBack, selectClosed), by.Staff.Agency, k.at, k.id, PageSize+1)
	}
	return db.All(ctx, tx, scanTicket, pick(back, selectViewBack, selectView), by.Staff.Agency, v.state(), low, high, v.owner(),
		k.rank, k.at, k.id, PageSize+1)
}

func pick(back bool, backward, forward string) string {
	if back {
		return backward
	}
	return forward
}

func (d *Desk) counts(ctx context.Context, tx *db.Tx, by By) (map[View]int, error) {
	counts := map[View]int{}
	for _, v := range Views {
		var n int
		query, args := v.counted(by)
		if err := tx.Row(ctx, query, args...).Scan(&n); err != nil {
			return nil, fmt.Errorf("tickets: count: %w", err)
		}
		counts[v] = n
	}
	return counts, nil
}

func (v View) counted(by By) (query string, args []any) {
	switch v {
	case Mine:
		return countMine, []any{by.Staff.ID, by.Staff.Agency, CountCap + 1}
	case Closed:
		return countClosed, []any{by.Staff.Agency, CountCap + 1}
	}
	low, high := v.ranks()
	return countView, []any{by.Staff.Agency, v.state(), low, high, v.owner(), CountCap + 1}
}
