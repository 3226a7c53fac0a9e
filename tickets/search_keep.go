package tickets

import (
	"context"
	"errors"
	"fmt"
	"strings"

	"pulih/db"
)

// keepFound lets the ticket be found by what the verb made of it.
func (d *Desk) keepFound(ctx context.Context, tx *db.Tx, p *passage) error {
	switch {
	case p.from == None:
		return d.writeWords(ctx, tx, p.record, nil)
	case p.said || p.title != p.record.title():
		return d.keepWords(ctx, tx, p.record)
	}
	return nil
}

// keepWords writes down by what a ticket is found, in the transaction of the
// verb that changed it.
func (d *Desk) keepWords(ctx context.Context, tx *db.Tx, r *record) error {
	messages, err := db.All(ctx, tx, scanMessage, selectMessages, r.ID)
	if err != nil {
		return err
	}
	return d.writeWords(ctx, tx, r, messages)
}

func (d *Desk) writeWords(ctx context.Context, tx *db.Tx, r *record, messages []Message) error {
	words := d.searchedBy(r, messages)
	if r.home != "" {
		words = append(words, unitWord(r.home))
	}
	if tx.Engine == db.Postgres {
		_, err := tx.Exec(ctx, saveTextPostgres, r.ID, r.Agency, d.nipWord(string(r.NIP)), `'`+strings.Join(words, `' '`)+`'`)
		return err
	}
	var seq int64
	if err := tx.Row(ctx, placeTextSQLite, r.ID).Scan(&seq); err != nil {
		return err
	}
	_, err := tx.Exec(ctx, saveTextSQLite, seq, strings.Join(append(words, agencyWord(r.Agency)), " "))
	return err
}

// indexedAtOnce is how many older tickets are indexed in a second: SQLite
// writes about a thousand.
const indexedAtOnce = 200

// indexOld has tickets found that are older than the index, the newest first.
// A migration knows no keys, so it cannot. Each is a write of its own: one
// that fails is told and holds up no other.
func (d *Desk) indexOld(ctx context.Context) error {
	var old []string
	err := d.db.Read(ctx, func(tx *db.Tx) (err error) {
		old, err = db.All(ctx, tx, scanText, selectPending, indexedAtOnce)
		return err
	})
	for _, id := range old {
		e := d.write(ctx, func(tx *db.Tx) error { return d.indexOne(ctx, tx, id) })
		if e != nil && !errors.Is(e, ErrChanged) { // who changed it has indexed it, or the next tick does
			err = errors.Join(err, fmt.Errorf("tickets: index %s: %w", id, e))
		}
	}
	return err
}

// indexOne indexes a ticket that nobody is changing meanwhile, or the words of
// his verb would be lost (law 4).
func (d *Desk) indexOne(ctx context.Context, tx *db.Tx, id string) error {
	r, err := one(tx.Row(ctx, selectByID, id))
	if err != nil {
		return err
	}
	if err := tx.One(ctx, touchTicket, r.ID, r.Version); err != nil {
		return err
	}
	return d.keepWords(ctx, tx, &r)
}
