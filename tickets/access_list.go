package tickets

import (
	"context"
	"errors"

	"pulih/db"
)

// AccessShown is how many open requests are listed at most.
const AccessShown = 200

// AccessRequests are those of the agency and the units: the open ones, which
// are due first, or the newest of the others. ErrRole.
func (d *Desk) AccessRequests(ctx context.Context, by By, open bool) (all []Access, err error) {
	if err := mayRecord(by); err != nil {
		return nil, err
	}
	err = d.db.Read(ctx, func(tx *db.Tx) error {
		all, err = db.All(ctx, tx, scanAccess, pick(open, selectOpenAccess, selectPastAccess), by.Staff.Agency, by.units(), tx.Now.Add(-AccessWaits))
		return err
	})
	return all, err
}

// AccessRequest is one of them. ErrRole, ErrNoAccess.
func (d *Desk) AccessRequest(ctx context.Context, by By, id string) (r Access, err error) {
	if err := mayRecord(by); err != nil {
		return r, err
	}
	err = d.db.Read(ctx, func(tx *db.Tx) error {
		r, err = readAccess(ctx, tx, by, id)
		return err
	})
	return r, err
}

func readAccess(ctx context.Context, tx *db.Tx, by By, id string) (Access, error) {
	r, err := scanAccess(tx.Row(ctx, selectAccess, id, by.Staff.Agency, by.units()))
	if errors.Is(err, db.ErrNotFound) {
		err = ErrNoAccess
	}
	return r, err
}
