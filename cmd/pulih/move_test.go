package main

import (
	"context"
	"errors"
	"path/filepath"
	"testing"
	"time"

	"pulih/audit"
	"pulih/db"
	"pulih/db/dbtest"
	"pulih/tickets"
	"pulih/tickets/ticketstest"
)

// An installation moves to PostgreSQL and back, and is the same: its requests
// go on, its chain is whole, and the figures are what the histories say.
func TestAnInstallationMoves(t *testing.T) {
	ctx, c := context.Background(), aConsole(t)
	postgres, file := dbtest.Postgres(t), filepath.Join(t.TempDir(), "back.db")
	w := lived(t, c.Database)
	for _, way := range []struct{ from, to string }{{c.Database, postgres}, {postgres, file}} {
		move := moveCmd{Database: way.from, To: way.to}
		if err := move.Run(ctx); err != nil {
			t.Fatal(err)
		}
		if err := move.Run(ctx); !errors.Is(err, db.ErrNotEmpty) {
			t.Error("it was moved over what is there:", err)
		}
		check := checkCmd{Database: way.to, figuresFlags: figuresFlags{Zone: "WITA"}}
		if err := check.Run(ctx); err != nil {
			t.Error(way.to, err)
		}
	}
	d, err := openDatabase(ctx, file)
	if err != nil {
		t.Fatal(err)
	}
	defer d.Close() //nolint:errcheck // a test's database
	w = w.In(d)
	w.Tick() // indexes what was filed before
	found, err := w.Desk.Search(ctx, w.Checker, "siti", "")
	if err != nil || len(found.Rows) != 1 {
		t.Errorf("%v, %d found", err, len(found.Rows))
	}
}

// lived makes a database in which something happened, all of it sealed.
func lived(t *testing.T, database string) *ticketstest.World {
	t.Helper()
	ctx := context.Background()
	d, err := openDatabase(ctx, database)
	if err != nil {
		t.Fatal(err)
	}
	defer d.Close() //nolint:errcheck // a test's database
	w := ticketstest.New(t, d, dbtest.NewClock())
	w.File(w.Person(nip, "Siti Contoh"), tickets.Remote)
	if err := w.Desk.FoldAll(ctx); err != nil {
		t.Fatal(err)
	}
	if n, err := (audit.Sealer{DB: d, Where: tickets.Whose(ticketstest.Agency)}).Seal(ctx); err != nil || n == 0 {
		t.Fatal(n, err)
	}
	return w
}

// While somebody serves it, a database is not moved: what comes in meanwhile
// would stay behind.
func TestAServedDatabaseStays(t *testing.T) {
	ctx, c := context.Background(), aConsole(t)
	d, err := openDatabase(ctx, c.Database)
	if err != nil {
		t.Fatal(err)
	}
	defer d.Close() //nolint:errcheck // a test's database
	lease := d.Lease("clock")
	if mine, err := lease.Mine(ctx); err != nil || !mine {
		t.Fatal(mine, err)
	}
	move := moveCmd{Database: c.Database, To: filepath.Join(t.TempDir(), "new.db")}
	if err := move.Run(ctx); !errors.Is(err, errServed) {
		t.Error(err)
	}
	if err := lease.Free(ctx); err != nil {
		t.Fatal(err)
	}
	if err := move.Run(ctx); err != nil {
		t.Error(err)
	}
}

// A target that goes away, and a source that cannot be read to its end, end
// the move, and nobody waits for the other.
func TestAMoveThatBreaksEnds(t *testing.T) {
	c := aConsole(t)
	lived(t, c.Database)
	from, err := openDatabase(t.Context(), c.Database)
	if err != nil {
		t.Fatal(err)
	}
	defer from.Close() //nolint:errcheck // a test's database
	to, err := db.Open(t.Context(), filepath.Join(t.TempDir(), "new.db"), time.Now)
	if err != nil {
		t.Fatal(err)
	}
	_ = to.Close()
	if _, err := carry(t.Context(), from, to); err == nil {
		t.Error("it ends well")
	}
	ctx, stop := context.WithCancel(t.Context())
	stop()
	if _, err := carry(ctx, from, to); err == nil {
		t.Error("it ends well without a source")
	}
}
