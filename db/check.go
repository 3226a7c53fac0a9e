package db

import (
	"context"
	"errors"
	"fmt"
)

// ErrDamaged says that the engine found its own file damaged.
var ErrDamaged = errors.New("db: damaged")

const (
	integrityCheck = `PRAGMA integrity_check(20)`
	foreignCheck   = `SELECT count(*) FROM pragma_foreign_key_check`
)

// Check lets the engine look at the whole database. PostgreSQL checks pages
// as it reads them (data checksums), so there it only has to answer.
func (d *DB) Check(ctx context.Context) error {
	if d.Engine == Postgres {
		return d.Ping(ctx)
	}
	return d.Read(ctx, func(tx *Tx) error {
		var verdict string
		var orphans int
		if err := tx.Row(ctx, integrityCheck).Scan(&verdict); err != nil {
			return err
		}
		if err := tx.Row(ctx, foreignCheck).Scan(&orphans); err != nil {
			return err
		}
		if verdict != "ok" || orphans > 0 {
			return fmt.Errorf("%w: the file is %s; %d rows lack the row that they belong to", ErrDamaged, verdict, orphans)
		}
		return nil
	})
}
