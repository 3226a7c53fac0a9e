package audit

import (
	"context"
	"fmt"
	"time"

	"pulih/db"
)

// OfPerson reads what happened to somebody's account, newest first.
func OfPerson(ctx context.Context, tx *db.Tx, id string, most int) ([]Event, error) {
	return db.All(ctx, tx, scanEvent, selectPerson, id, afterAll, most)
}

// afterAll stands behind every id.
const afterAll = "~"

// EachOfPerson hands over everything that happened to somebody's account,
// newest first, in pieces.
func EachOfPerson(ctx context.Context, d *db.DB, id string, do func(Event) error) error {
	for before := afterAll; ; {
		var events []Event
		err := d.Read(ctx, func(tx *db.Tx) (err error) {
			events, err = db.All(ctx, tx, scanEvent, selectPerson, id, before, sealBatch)
			return err
		})
		if err != nil || len(events) == 0 {
			return err
		}
		for _, e := range events {
			if err := do(e); err != nil {
				return err
			}
			before = e.ID
		}
	}
}

// Page is a piece of the log, newest first; Next is where the older ones
// begin, zero at the end.
type Page struct {
	Events []Event
	Next   Mark
}

// Read shows a reader one page of an agency's log, and writes down that he
// read it, with what he looked for: who watches is watched (AU-03).
func Read(ctx context.Context, d *db.DB, by Actor, f Filter, before Mark, size int) (p Page, err error) {
	err = d.Read(ctx, func(tx *db.Tx) error {
		p.Events, err = Search(ctx, tx, f, before, size+1)
		return err
	})
	if err != nil {
		return Page{}, fmt.Errorf("audit: read: %w", err)
	}
	if len(p.Events) > size {
		last := p.Events[size-1]
		p.Events, p.Next = p.Events[:size], Mark{last.At, last.ID}
	}
	return p, Note(ctx, d, Event{Actor: by, Action: AuditRead, Person: f.Person, Object: f.Object, Detail: f.detail()})
}

// Note writes down what changed nothing: that somebody read, or looked for
// something.
func Note(ctx context.Context, d *db.DB, e Event) error {
	return d.Write(ctx, func(tx *db.Tx) error { return Append(ctx, tx, e) })
}

// detail is what somebody looked for, besides whom and which request.
func (f Filter) detail() map[string]string {
	d := map[string]string{}
	for name, value := range map[string]string{"actor": f.Actor, "action": string(f.Action), "result": f.Result, "from": stamp(f.From), "until": stamp(f.Until)} {
		if value != "" {
			d[name] = value
		}
	}
	return d
}

func stamp(t db.Time) string {
	if t == 0 {
		return ""
	}
	return t.Time().Format(time.RFC3339)
}
