package audit

import (
	"context"

	"pulih/db"
)

// purgeFloored deletes what is below a floor. A check that began before the
// floor was made may still read it, so the floor must be an hour old.
func purgeFloored(ctx context.Context, tx *db.Tx, _ db.Time, most int) (int, error) {
	events, err := db.All(ctx, tx, scanID, selectFloored, tx.Now.Add(-Patience), most)
	if err != nil {
		return 0, err
	}
	for _, id := range events {
		for _, statement := range []string{purgePlaces, purgeSeal, purgeEvent} {
			if _, err := tx.Exec(ctx, statement, id); err != nil {
				return 0, err
			}
		}
	}
	return len(events), nil
}

func scanID(row db.Scanner) (id string, err error) {
	err = row.Scan(&id)
	return id, err
}
