package audit

import (
	"context"
	"fmt"

	"pulih/db"
)

// Tally counts how often each actor of an agency did something, from from
// until before until: who opened how much evidence (AU-03).
func Tally(ctx context.Context, d *db.DB, agency string, action Action, from, until db.Time) (map[string]int, error) {
	counts := map[string]int{}
	err := d.Read(ctx, func(tx *db.Tx) error {
		_, err := db.All(ctx, tx, func(row db.Scanner) (actor string, err error) {
			var n int
			err = row.Scan(&actor, &n)
			counts[actor] = n
			return actor, err
		}, countActors, agency, action, from, until)
		return err
	})
	if err != nil {
		return nil, fmt.Errorf("audit: tally: %w", err)
	}
	return counts, nil
}
