package mail

import (
	"context"
	"fmt"

	"pulih/db"
)

type sealedRow struct {
	id     string
	sealed []byte
}

// Reseal seals with the newest key what still waits under an older one, and
// says how many messages it were. `pulih keys` calls it before an old key is
// taken away. A message that ends meanwhile is none of its business.
func (o *Outbox) Reseal(ctx context.Context) (n int, err error) {
	err = o.db.Write(ctx, func(tx *db.Tx) error {
		n = 0
		rows, err := db.All(ctx, tx, scanSealed, selectSealed)
		if err != nil {
			return err
		}
		for _, row := range rows {
			swapped, err := o.reseal(ctx, tx, row)
			if err != nil {
				return err
			}
			n += swapped
		}
		return nil
	})
	if err != nil {
		return 0, fmt.Errorf("mail: reseal: %w", err)
	}
	return n, nil
}

func (o *Outbox) reseal(ctx context.Context, tx *db.Tx, row sealedRow) (int, error) {
	if !o.keys.Stale(row.sealed) {
		return 0, nil
	}
	plain, err := o.keys.Open(place(row.id), row.sealed)
	if err != nil {
		return 0, fmt.Errorf("%s: %w", row.id, err)
	}
	swapped, err := tx.Exec(ctx, swapSealed, row.id, row.sealed, o.keys.Seal(place(row.id), plain))
	return int(swapped), err
}

func scanSealed(row db.Scanner) (s sealedRow, err error) {
	err = row.Scan(&s.id, &s.sealed)
	return s, err
}
