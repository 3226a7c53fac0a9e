package tickets

import (
	"context"

	"pulih/db"
)

// PurgeAround purges junk while something happens between reading and
// deleting, as on PostgreSQL it may.
func PurgeAround(ctx context.Context, d *Desk, meanwhile func()) error {
	var all []ending
	var before db.Time
	err := d.db.Read(ctx, func(tx *db.Tx) (err error) {
		before = tx.Now.Add(-keptJunk)
		all, err = db.All(ctx, tx, scanOverdue, selectOverdue, before, true, filesBatch)
		return err
	})
	meanwhile()
	for _, e := range all {
		if err := d.db.Write(ctx, func(tx *db.Tx) error { return endOverdue(ctx, tx, e, before) }); err != nil {
			return err
		}
	}
	return err
}
