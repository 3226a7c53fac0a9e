package audit

import (
	"context"
	"errors"

	"pulih/db"
)

// Affected is one person whom events of an incident concern (PR-05).
type Affected struct {
	Person      string
	First, Last db.Time
	Events      int
	Actions     []Action
}

// Incident is what happened in a period, narrowed to an actor, an action, or
// networks that begin with a text. Who was looked up in the log, or wanted to
// know what is kept of him, is not affected by that; what one actor looked up,
// or that action, may be asked for.
type Incident struct {
	Agency      string
	From, Until db.Time // Until is exclusive
	Actor       string
	Action      Action
	Network     string
}

const affectedAtOnce = 200 // people read in one transaction

// Each hands over whom an incident concerns, one by one in the order of their
// ids. It reads in pieces, so neither a long list nor a slow reader holds
// anything up.
func (i Incident) Each(ctx context.Context, d *db.DB, do func(Affected) error) error {
	after := ""
	for {
		people, err := i.after(ctx, d, after)
		if err != nil || len(people) == 0 {
			return err
		}
		for _, p := range people {
			if err := do(p); err != nil {
				return err
			}
			after = p.Person
		}
	}
}

func (i Incident) after(ctx context.Context, d *db.DB, after string) (people []Affected, err error) {
	err = d.Read(ctx, func(tx *db.Tx) error {
		ids, err := db.All(ctx, tx, scanText, selectAffected, i.args(after, affectedAtOnce)...)
		for _, id := range ids {
			var p Affected
			if p, err = i.touched(ctx, tx, id); err != nil {
				return err
			}
			people = append(people, p)
		}
		return err
	})
	return people, err
}

func (i Incident) touched(ctx context.Context, tx *db.Tx, person string) (Affected, error) {
	kinds, err := db.All(ctx, tx, scanTouched, selectTouched, i.args(person)...)
	p := Affected{Person: person, First: farFuture}
	for _, k := range kinds {
		p.First, p.Last = min(p.First, k.First), max(p.Last, k.Last)
		p.Events += k.Events
		p.Actions = append(p.Actions, k.Actions...)
	}
	return p, err
}

func (i Incident) args(more ...any) []any {
	return append([]any{i.Agency, i.From, i.Until, i.Actor, string(i.Action), i.Network}, more...)
}

// Agencies are those that have events in the index.
func Agencies(ctx context.Context, d *db.DB) (all []string, err error) {
	err = d.Read(ctx, func(tx *db.Tx) error {
		for last := ""; ; all = append(all, last) {
			err := tx.Row(ctx, selectAgencyAfter, last).Scan(&last)
			if errors.Is(err, db.ErrNotFound) {
				return nil
			}
			if err != nil {
				return err
			}
		}
	})
	return all, err
}

func scanText(row db.Scanner) (text string, err error) {
	err = row.Scan(&text)
	return text, err
}

func scanTouched(row db.Scanner) (a Affected, err error) {
	a.Actions = make([]Action, 1)
	err = row.Scan(&a.Actions[0], &a.First, &a.Last, &a.Events)
	return a, err
}
