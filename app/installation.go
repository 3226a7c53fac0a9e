package app

import (
	"context"
	"errors"

	"pulih/db"
)

// Errors of the mark on a database.
var (
	// ErrDemoDatabase keeps made-up people out of production (impostor 20).
	ErrDemoDatabase = errors.New("app: this database belongs to a demo")
	// ErrNotDemoDatabase keeps a demo's one-minute waits away from real people.
	ErrNotDemoDatabase = errors.New("app: this database belongs to a real agency, not to a demo")
	// ErrRestoring keeps everybody out of a restore that was broken off
	// (impostor 19).
	ErrRestoring = errors.New("app: this database was loaded from a backup and is not safe to use yet: run pulih restore --already-loaded")
	// ErrMoving keeps everybody out of a database that another is moved to, or
	// was when the move broke off.
	ErrMoving = errors.New("app: a move to this database is under way, or was broken off: make another empty database, and move once more")
)

const (
	installationKind = "kind"
	kindDemo         = "demo"
	kindReal         = "serve"
	kindRestoring    = "restoring"
	kindMoving       = "moving"
)

// MarkedTable holds what a database is: of a move's two sides it differs until
// the end.
const MarkedTable = "installation"

// RefuseDemo marks a fresh database as real and refuses one marked as a demo.
func RefuseDemo(ctx context.Context, d *db.DB) error {
	return claim(ctx, d, kindReal, ErrDemoDatabase)
}

// IsDemo tells whether a database is a demo's, whose calendar never closes.
func IsDemo(ctx context.Context, d *db.DB) (bool, error) {
	kind, err := kindOf(ctx, d)
	return kind == kindDemo, err
}

// kindOf is what a database is marked as; "" where nobody has served it.
func kindOf(ctx context.Context, d *db.DB) (kind string, err error) {
	err = d.Read(ctx, func(tx *db.Tx) error { return tx.Row(ctx, selectInstallation, installationKind).Scan(&kind) })
	if errors.Is(err, db.ErrNotFound) {
		err = nil
	}
	return kind, err
}

// RefuseReal marks a fresh database as a demo's and refuses any other.
func RefuseReal(ctx context.Context, d *db.DB) error {
	return claim(ctx, d, kindDemo, ErrNotDemoDatabase)
}

// BeginRestore keeps serve away from now on, whatever becomes of the restore.
// ErrDemoDatabase.
func BeginRestore(ctx context.Context, d *db.DB) error {
	return d.Write(ctx, func(tx *db.Tx) error {
		var found string
		err := tx.Row(ctx, selectInstallation, installationKind).Scan(&found)
		switch {
		case err == nil && found == kindDemo:
			return ErrDemoDatabase
		case err == nil && found == kindMoving:
			return ErrMoving
		case err == nil || errors.Is(err, db.ErrNotFound):
			_, err = tx.Exec(ctx, MarkRestoring)
		}
		return err
	})
}

// Movable refuses to move half of a database, and tells whether what is moved is
// safe: what a restore has not made so, no move does. ErrMoving.
func Movable(ctx context.Context, from *db.DB) (safe bool, err error) {
	kind, err := kindOf(ctx, from)
	if err == nil && kind == kindMoving {
		err = ErrMoving
	}
	return kind != kindRestoring, err
}

// BeginMove keeps serve away from the target of a move from now on.
func BeginMove(ctx context.Context, to *db.DB) error {
	return to.Write(ctx, func(tx *db.Tx) error { _, err := tx.Exec(ctx, MarkMoving); return err })
}

// EndMove makes the target of a move what its source is: a demo's, a real one,
// one that is not safe yet, or one that nobody has served.
func EndMove(ctx context.Context, from, to *db.DB) error {
	kind, err := kindOf(ctx, from)
	if err != nil {
		return err
	}
	return to.Write(ctx, func(tx *db.Tx) error {
		_, err := tx.Exec(ctx, deleteInstallMark, installationKind)
		if err == nil && kind != "" {
			_, err = tx.Exec(ctx, insertInstallation, installationKind, kind)
		}
		return err
	})
}

// Restored ends what the app keeps of browsers after a restore, and lets serve
// start. Limits stay as they were. ErrDemoDatabase.
func Restored(ctx context.Context, tx *db.Tx) error {
	var found string
	err := tx.Row(ctx, selectInstallation, installationKind).Scan(&found)
	if err == nil && found == kindDemo {
		err = ErrDemoDatabase
	}
	if err != nil && !errors.Is(err, db.ErrNotFound) {
		return err
	}
	if _, err := tx.Exec(ctx, voidCaptchas); err != nil {
		return err
	}
	_, err = tx.Exec(ctx, endInstallMark, installationKind, kindReal)
	return err
}

// OfDemo tells whether a row of the table is a demo's mark, for who reads an
// archive.
func OfDemo(table string, row []any) bool {
	return table == "installation" && len(row) == 2 && row[0] == installationKind && row[1] == kindDemo
}

// claim reads again when another process has marked the database meanwhile: of
// two that start at once on a fresh one, both start.
func claim(ctx context.Context, d *db.DB, kind string, other error) error {
	err := claimOnce(ctx, d, kind, other)
	if errors.Is(err, db.ErrConflict) {
		err = claimOnce(ctx, d, kind, other)
	}
	return err
}

func claimOnce(ctx context.Context, d *db.DB, kind string, other error) error {
	return d.Write(ctx, func(tx *db.Tx) error {
		var found string
		err := tx.Row(ctx, selectInstallation, installationKind).Scan(&found)
		switch {
		case errors.Is(err, db.ErrNotFound):
			_, err = tx.Exec(ctx, insertInstallation, installationKind, kind)
		case err == nil && found == kindRestoring:
			return ErrRestoring
		case err == nil && found == kindMoving:
			return ErrMoving
		case err == nil && found != kind:
			return other
		}
		return err
	})
}
