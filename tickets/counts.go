package tickets

import (
	"context"
	"fmt"

	"pulih/db"
)

// LiveCount are the requests that are not over, by state, for an operator.
type LiveCount struct {
	State State
	N     int64
}

// CountLive counts requests that are not over, no more than most of a state:
// a night of a hundred thousand costs no more to look at.
func (d *Desk) CountLive(ctx context.Context, tx *db.Tx, most int) ([]LiveCount, error) {
	all, err := db.All(ctx, tx, scanLive, countLive, most)
	if err != nil {
		return nil, fmt.Errorf("tickets: count: %w", err)
	}
	return all, nil
}

func scanLive(row db.Scanner) (c LiveCount, err error) {
	err = row.Scan(&c.State, &c.N)
	return c, err
}

// Unfolded counts the events that no measure holds yet, up to most: the
// reports are behind by them.
func (d *Desk) Unfolded(ctx context.Context, tx *db.Tx, most int) (n int64, err error) {
	if err := tx.Row(ctx, countMeasureQueue, most).Scan(&n); err != nil {
		return 0, fmt.Errorf("tickets: unfolded: %w", err)
	}
	return n, nil
}
