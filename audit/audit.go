// Package audit is the log of who did what to whose account. Its rows are
// never changed: they are written in the transaction of what they tell of,
// chained by hash a second later, and copied outside the database, so that
// neither a rewrite nor a cut tail goes unseen (impostor 26, AU-01 to AU-04).
package audit

import (
	"context"
	"encoding/json"
	"fmt"

	"pulih/db"
)

// Kind says what sort of actor did something.
type Kind string

// The kinds of actor.
const (
	Anonymous Kind = "anonymous" // somebody not signed in
	Person    Kind = "person"    // an ASN who proved something
	Staff     Kind = "staff"     // signed in at /petugas
	Console   Kind = "console"   // the command line
	Clock     Kind = "clock"     // Pulih itself, when time had run out
)

// Actor is who did it. ID is a person's or a staff member's id, or "".
// Network is the client's address without its last part, Request the id that
// the log carries too.
type Actor struct {
	Kind    Kind
	ID      string
	Network string
	Request string
}

// Event is one thing that happened. Action is one of the constants in
// actions.go; Person is whose account it concerns, Object the id of a ticket,
// flow, pass or device; Detail holds what else matters and never a secret.
type Event struct {
	ID     string
	At     db.Time
	Actor  Actor
	Action Action
	Person string
	Object string
	Result string
	Detail map[string]string
}

// The results most events have. A verb may name a closer one.
const (
	OK      = "ok"
	Refused = "refused"
	Begun   = "begun" // what it began is told by another row
)

// Append writes e into tx. An empty Result means OK.
func Append(ctx context.Context, tx *db.Tx, e Event) error {
	_, err := add(ctx, tx, e)
	return err
}

// add is Append for who wants the id of the event.
func add(ctx context.Context, tx *db.Tx, e Event) (id string, err error) {
	id = db.NewID()
	detail, err := json.Marshal(e.Detail)
	if err != nil {
		return "", fmt.Errorf("audit: %w", err)
	}
	if e.Result == "" {
		e.Result = OK
	}
	// One: a trigger that lets rows vanish must not pass unseen
	err = tx.One(ctx, insertEvent, id, tx.Now, e.Actor.Kind, e.Actor.ID,
		e.Action, e.Person, e.Object, e.Result, string(detail), e.Actor.Request, e.Actor.Network)
	if err == nil {
		err = tx.One(ctx, insertQueue, id)
	}
	if err != nil {
		return "", fmt.Errorf("audit: append: %w", err)
	}
	return id, nil
}

func scanEvent(row db.Scanner) (Event, error) {
	var e Event
	var detail string
	err := row.Scan(&e.ID, &e.At, &e.Actor.Kind, &e.Actor.ID, &e.Action, &e.Person, &e.Object,
		&e.Result, &detail, &e.Actor.Request, &e.Actor.Network)
	if err == nil {
		err = json.Unmarshal([]byte(detail), &e.Detail)
	}
	return e, err
}
