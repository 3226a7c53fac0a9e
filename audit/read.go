package audit

import (
	"context"

	"pulih/db"
)

// OfPerson reads what happened to somebody's account, newest first.
func OfPerson(ctx context.Context, tx *db.Tx, id string, most int) ([]Event, error) {
	return db.All(ctx, tx, scanEvent, selectPerson, id, most)
}
