package audit

import (
	"context"

	"pulih/db"
)

// OfObject reads what happened to a ticket, flow or device, oldest first.
func OfObject(ctx context.Context, tx *db.Tx, id string) ([]Event, error) {
	return db.All(ctx, tx, scanEvent, selectObject, id)
}

// OfPerson reads what happened to somebody's account, newest first.
func OfPerson(ctx context.Context, tx *db.Tx, id string, most int) ([]Event, error) {
	return db.All(ctx, tx, scanEvent, selectPerson, id, most)
}
