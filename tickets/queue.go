package tickets

import (
	"context"
	"fmt"
	"slices"

	"pulih/db"
)

// PageSize is how many rows a page has.
const PageSize = 50

// CountCap is where counts stop: above it a page shows "1.000+". An exact
// count costs sixteen times the page (performance.md §2.3).
const CountCap = 1000

// Page is a part of a list. Its tickets have what a list shows, and no more.
// Counts stop at CountCap + 1. A narrowed list may
// have fewer rows than a page and still go on at Next: it is read a few
// thousand rows at a time.
type Page struct {
	Rows       []Ticket
	Next, Prev Cursor
	Counts     map[View]int // none where the list is narrowed
}

// List is what somebody wants to see: a view, narrowed, from a place on.
type List struct {
	View   View
	Filter Filter
	At     Cursor
}

// Queue lists a view of his agency, urgent and oldest first; what is closed
// newest first, whatever it ended as.
func (d *Desk) Queue(ctx context.Context, by By, l List) (Page, error) {
	var page Page
	err := d.db.Read(ctx, func(tx *db.Tx) (err error) {
		if page, err = d.list(ctx, tx, by, l); err != nil || l.Filter != (Filter{}) {
			return err
		}
		page.Counts, err = d.counts(ctx, tx, by)
		return err
	})
	return page, err
}

// Shown is the first page of a view without its counts: what a live page
// compares.
func (d *Desk) Shown(ctx context.Context, by By, l List) (page Page, err error) {
	err = d.db.Read(ctx, func(tx *db.Tx) error {
		page, err = d.list(ctx, tx, by, l)
		return err
	})
	return page, err
}

func (d *Desk) list(ctx context.Context, tx *db.Tx, by By, l List) (Page, error) {
	l.Filter.units = by.units()
	s, err := d.listing(l.View, by, tx.Now).stretch(l.View, l.Filter, l.At)
	if err != nil {
		return Page{}, err
	}
	goesOn, err := s.stop(ctx, tx)
	if err != nil {
		return Page{}, fmt.Errorf("tickets: queue: %w", err)
	}
	rows, err := db.All(ctx, tx, scanListed, s.way().read, s.args()...)
	if err != nil {
		return Page{}, fmt.Errorf("tickets: queue: %w", err)
	}
	page := paged(rows, l.At, l.View.key)
	if goesOn && len(rows) <= PageSize {
		page.goOn(s.back, s.to)
	}
	return page, nil
}

func scanListed(row db.Scanner) (r record, err error) {
	err = row.Scan(&r.State, &r.Version, &r.Name, &r.Unit, &r.rank, &r.Level, &r.Owner, &r.OwnerName, &r.CheckedAt, &r.ClosedAt, &r.LastAt, &r.LastFrom,
		&r.NIP, &r.Kind, &r.ID, &r.Number, &r.Channel, &r.OpenedAt, &r.DueAt, &r.Cause)
	r.Proven, r.MaskedNIP = r.rank < rankUnproven, maskNIP(r.NIP)
	return r, err
}

// counts are those of all views, up to CountCap + 1 each: in one statement, or
// by the index of units where he sees only some.
func (d *Desk) counts(ctx context.Context, tx *db.Tx, by By) (map[View]int, error) {
	if len(by.Staff.Units) == 0 {
		return d.sizes(ctx, tx, by)
	}
	counts := map[View]int{}
	for _, v := range Views {
		n, err := d.listing(v, by, tx.Now).size(ctx, tx, parted(by.Staff.Units...))
		if err != nil {
			return nil, fmt.Errorf("tickets: count: %w", err)
		}
		counts[v] = n
	}
	return counts, nil
}

func (d *Desk) sizes(ctx context.Context, tx *db.Tx, by By) (map[View]int, error) {
	n := make([]int, len(Views))
	to := make([]any, len(Views))
	for i := range n {
		to[i] = &n[i]
	}
	err := tx.Row(ctx, sizeViews, by.Staff.Agency, by.Staff.NIP, by.Staff.ID, tx.Now.Add(Soon), tx.Now.Midnight(d.zone), CountCap+1, rankProven).Scan(to...)
	if err != nil {
		return nil, fmt.Errorf("tickets: count: %w", err)
	}
	counts := map[View]int{}
	for i, v := range Views {
		counts[v] = n[i]
	}
	return counts, nil
}

// size counts the rows of a list in some units, up to CountCap + 1.
func (l listing) size(ctx context.Context, tx *db.Tx, units []string) (n int, err error) {
	args := slices.Concat(l.scope, l.counted)
	for _, unit := range units {
		var here int
		if err := tx.Row(ctx, l.countOf, slices.Concat(args, []any{unit, CountCap + 1})...).Scan(&here); err != nil {
			return 0, err
		}
		n += here
	}
	return min(n, CountCap+1), nil
}
