package guide

import (
	"context"
	"errors"

	"pulih/db"
)

// Prune counts the walks and measurements that have come to their end, and
// deletes those that are older than 180 days and counted, and practices that
// are over. The app runs it each minute; several may at once.
func (g *Guide) Prune(ctx context.Context) error {
	counted := g.countEnded(ctx)
	return errors.Join(counted, g.db.Write(ctx, func(tx *db.Tx) error {
		for _, statement := range []string{deleteOldWalks, deleteOldChecks} {
			if _, err := tx.Exec(ctx, statement, tx.Now.Add(-walkKept)); err != nil {
				return err
			}
		}
		_, err := tx.Exec(ctx, deleteOldPractices, tx.Now)
		return err
	}))
}
