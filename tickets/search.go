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
// is audited (AU-03). A NIP that is found nowhere was a guess, and counts as a
// wrong comparison (impostor 22). Next leads to older ones, and nothing back.
// ErrGuesses.
func (d *Desk) Search(ctx context.Context, by By, text string, c Cursor) (page Page, err error) {
	words := d.sought(text)
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
	guess, err := d.guess(ctx, by, text)
	if err != nil {
		return page, err
	}
	err = d.db.Read(ctx, func(tx *db.Tx) error {
		rows, err := d.search(ctx, tx, query{words, from.rank, by})
		page = foundPage(rows)
		return err
	})
	if err != nil {
		return page, fmt.Errorf("tickets: search: %w", err)
	}
	return page, d.searched(ctx, by, words, len(page.Rows), guess)
}

// query is a search: for words, in the tickets before a place.
type query struct {
	words  []string
	before int64
	by     By
}

// match is the query as the index of an engine reads it. The units are part
// of it: a limit comes after them.
func (q query) match(quote, and, or string, more ...string) string {
	match := quote + strings.Join(append(more, q.words...), quote+and+quote) + quote
	var units []string
	for _, u := range parted(q.by.Staff.Units...) {
		units = append(units, quote+unitWord(u)+quote)
	}
	if len(units) > 0 {
		match += and + "(" + strings.Join(units, or) + ")"
	}
	return match
}

func (d *Desk) search(ctx context.Context, tx *db.Tx, q query) ([]found, error) {
	const most = PageSize + 1
	if tx.Engine == db.SQLite {
		match := q.match(`"`, " AND ", " OR ", agencyWord(q.by.Staff.Agency))
		return db.All(ctx, tx, scanFound, searchSQLite, match, q.before, q.by.Staff.NIP, q.by.Staff.Agency, most, q.by.units())
	}
	if _, err := tx.Exec(ctx, planAnewPostgres); err != nil {
		return nil, err
	}
	args := []any{q.match(`'`, " & ", " | "), q.before, d.nipWord(string(q.by.Staff.NIP)), q.by.Staff.Agency, most, q.by.units()}
	rows, err := db.All(ctx, tx, scanFound, searchNewestPostgres, args...)
	if err != nil || len(rows) == most {
		return rows, err
	}
	return db.All(ctx, tx, scanFound, searchAllPostgres, args...)
}

// Seek looks for a text that names a NIP, and gives back by what the same is
// looked for in an address: not by the number. ErrGuesses.
func (d *Desk) Seek(ctx context.Context, by By, text string) (blind string, err error) {
	_, err = d.Search(ctx, by, text, "")
	return strings.TrimSpace(d.Blind(oneNIP(text))), err
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

func (d *Desk) searched(ctx context.Context, by By, words []string, n int, g guessed) error {
	return d.db.Write(ctx, func(tx *db.Tx) error {
		if err := d.settle(ctx, tx, by, g, n > 0); err != nil {
			return err
		}
		return audit.Append(ctx, tx, audit.Event{Actor: by.step("").actor, Action: audit.TicketsSearched,
			Detail: map[string]string{"words": strings.Join(words, " "), "shown": strconv.Itoa(n)}})
	})
}
