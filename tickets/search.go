package tickets

import (
	"context"
	"fmt"
	"strconv"
	"strings"

	"pulih/audit"
	"pulih/db"
)

// Search finds tickets of his agency by whole words: number, NIP, name, unit,
// story and messages, all of which must be there. Newest first, always: to
// rank a common word takes seconds (performance.md §2.2). What he looked for
// is audited (AU-03). Next leads to older ones, and nothing back.
func (d *Desk) Search(ctx context.Context, by By, text string, c Cursor) (page Page, err error) {
	words := sought(text)
	if len(words) == 0 {
		return page, nil
	}
	_, from, err := c.read()
	if err != nil {
		return page, err
	}
	if c == "" {
		from.rank = int64(farFuture)
	}
	err = d.db.Read(ctx, func(tx *db.Tx) error {
		rows, err := search(ctx, tx, query{words, from.rank, by})
		page = foundPage(rows)
		return err
	})
	if err != nil {
		return page, fmt.Errorf("tickets: search: %w", err)
	}
	return page, d.searched(ctx, by, words, len(page.Rows))
}

// query is a search: for words, in the tickets before a place.
type query struct {
	words  []string
	before int64
	by     By
}

func search(ctx context.Context, tx *db.Tx, q query) ([]found, error) {
	const most = PageSize + 1
	if tx.Engine == db.SQLite {
		match := `"` + strings.Join(append(q.words, agencyWord(q.by.Staff.Agency)), `" AND "`) + `"`
		return db.All(ctx, tx, scanFound, searchSQLite, match, q.before, q.by.Staff.NIP, q.by.Staff.Agency, most, q.by.units())
	}
	if _, err := tx.Exec(ctx, planAnewPostgres); err != nil {
		return nil, err
	}
	match := `'` + strings.Join(q.words, `' & '`) + `'`
	rows, err := db.All(ctx, tx, scanFound, searchNewestPostgres, match, q.before, q.by.Staff.NIP, q.by.Staff.Agency, most, q.by.units())
	if err != nil || len(rows) == most {
		return rows, err
	}
	return db.All(ctx, tx, scanFound, searchAllPostgres, match, q.before, q.by.Staff.NIP, q.by.Staff.Agency, most, q.by.units())
}

func foundPage(rows []found) (p Page) {
	if len(rows) > PageSize {
		rows = rows[:PageSize]
		p.Next = cursor("n", key{rank: rows[PageSize-1].seq})
	}
	for _, f := range rows {
		p.Rows = append(p.Rows, f.forStaff())
	}
	return p
}

func (d *Desk) searched(ctx context.Context, by By, words []string, n int) error {
	return d.db.Write(ctx, func(tx *db.Tx) error {
		return audit.Append(ctx, tx, audit.Event{Actor: by.step("").actor, Action: audit.TicketsSearched,
			Detail: map[string]string{"words": strings.Join(words, " "), "shown": strconv.Itoa(n)}})
	})
}

// found lets the ticket be found by what the verb made of it.
func (p *passage) found(ctx context.Context, tx *db.Tx) error {
	if p.from != None && !p.said && p.title == p.record.title() {
		return nil
	}
	return keepWords(ctx, tx, p.record)
}

// keepWords writes down by what a ticket is found, in the transaction of the
// verb that changed it.
func keepWords(ctx context.Context, tx *db.Tx, r *record) error {
	messages, err := db.All(ctx, tx, scanMessage, selectMessages, r.ID)
	if err != nil {
		return err
	}
	words := r.searched(messages)
	if tx.Engine == db.Postgres {
		_, err := tx.Exec(ctx, saveTextPostgres, r.ID, r.Agency, r.NIP, `'`+strings.Join(words, `' '`)+`'`)
		return err
	}
	var seq int64
	if err := tx.Row(ctx, placeTextSQLite, r.ID).Scan(&seq); err != nil {
		return err
	}
	_, err = tx.Exec(ctx, saveTextSQLite, seq, strings.Join(append(words, agencyWord(r.Agency)), " "))
	return err
}
