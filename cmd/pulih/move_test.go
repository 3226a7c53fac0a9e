package main

import (
	"bytes"
	"context"
	"errors"
	"io"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
	"time"

	"pulih/app"
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
	moved := 0
	for _, way := range []struct{ from, to string }{{c.Database, postgres}, {postgres, file}} {
		move := moveCmd{Database: way.from, To: way.to}
		if err := move.Run(ctx); err != nil {
			t.Fatal(err)
		}
		if err := move.Run(ctx); !errors.Is(err, db.ErrNotEmpty) {
			t.Error("it was moved over what is there:", err)
		}
		if n := moves(t, way.to); n != moved+1 {
			t.Error(n, "moves are in the log")
		}
		moved++
		if err := app.RefuseDemo(ctx, openedAt(t, way.to)); err != nil {
			t.Error("serve does not start:", err)
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

func moves(t *testing.T, database string) (n int) {
	t.Helper()
	d, err := openDatabase(t.Context(), database)
	if err != nil {
		t.Fatal(err)
	}
	defer d.Close() //nolint:errcheck // a test's database
	err = d.Read(t.Context(), func(tx *db.Tx) error {
		return tx.Row(t.Context(), `SELECT count(*) FROM audit_events WHERE action = 'data.move'`).Scan(&n)
	})
	if err != nil {
		t.Fatal(err)
	}
	return n
}

// Who serves either side before all is carried, or writes to the old one, is
// found before anybody relies on the new one.
func TestAMoveLooksAgain(t *testing.T) {
	databases(t, func(t *testing.T, url func() string) {
		c := aConsole(t)
		lived(t, c.Database)
		from, to := openedAt(t, c.Database), openedAt(t, url())
		sums, err := carry(t.Context(), from, to)
		if err != nil {
			t.Fatal(err)
		}
		if err := stood(t.Context(), from, to, sums); err != nil {
			t.Error(err)
		}
		for _, side := range []*db.DB{from, to} {
			lease := side.Lease("clock")
			if mine, err := lease.Mine(t.Context()); err != nil || !mine {
				t.Fatal(mine, err)
			}
			if err := stood(t.Context(), from, to, sums); !errors.Is(err, errServed) {
				t.Error(err)
			}
			if err := lease.Free(t.Context()); err != nil {
				t.Fatal(err)
			}
		}
		if err := audit.Note(t.Context(), from, audit.Event{Actor: operator(), Action: audit.AuditRead}); err != nil {
			t.Fatal(err)
		}
		if err := stood(t.Context(), from, to, sums); !errors.Is(err, errWritten) {
			t.Error(err)
		}
	})
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
	older(t, d, move.Run)
	if err := lease.Free(ctx); err != nil {
		t.Fatal(err)
	}
	if err := move.Run(ctx); err != nil {
		t.Error(err)
	}
}

// older has a version ago serve: its schema is left alone under it.
func older(t *testing.T, d *db.DB, do func(context.Context) error) {
	t.Helper()
	ctx, version := t.Context(), int64(0)
	must(t, d.Write(ctx, func(tx *db.Tx) error {
		if err := tx.Row(ctx, `SELECT max(version_id) FROM goose_db_version`).Scan(&version); err != nil {
			return err
		}
		return tx.One(ctx, `UPDATE goose_db_version SET version_id = -1 WHERE version_id = $1`, version)
	}))
	if err := do(ctx); !errors.Is(err, errServed) {
		t.Error("it is migrated under its server:", err)
	}
	must(t, d.Write(ctx, func(tx *db.Tx) error {
		return tx.One(ctx, `UPDATE goose_db_version SET version_id = $1 WHERE version_id = -1`, version)
	}))
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

// The target of a move that broke off, at whichever moment, is served by nobody
// and made safe by nothing: it may be half an installation.
func TestABrokenMoveIsNotServed_impostor19(t *testing.T) {
	databases(t, func(t *testing.T, url func() string) {
		c := aConsole(t)
		lived(t, c.Database)
		from := openedAt(t, c.Database)
		var whole bytes.Buffer
		if _, err := from.Archive(t.Context(), &whole); err != nil {
			t.Fatal(err)
		}
		for _, length := range []int{whole.Len() - 100, whole.Len()} {
			to := openedAt(t, url())
			a, err := db.OpenArchive(bytes.NewReader(whole.Bytes()[:length]))
			must(t, err)
			if err := receive(t.Context(), to, a); (err == nil) != (length == whole.Len()) {
				t.Fatal(err)
			}
			for name, do := range map[string]func(context.Context, *db.DB) error{"serve": app.RefuseDemo, "demo": app.RefuseReal, "restore": app.BeginRestore} {
				if err := do(t.Context(), to); !errors.Is(err, app.ErrMoving) && name != "demo" || err == nil {
					t.Error(name, length, err)
				}
			}
		}
	})
}

// Half of an installation is not moved on, as if it were one.
func TestWhatAMoveLeftHalfIsNotMoved(t *testing.T) {
	databases(t, func(t *testing.T, url func() string) {
		c := aConsole(t)
		c.Database = url()
		lived(t, c.Database)
		d := openedAt(t, c.Database)
		must(t, app.BeginMove(t.Context(), d))
		to := filepath.Join(t.TempDir(), "new.db")
		if err := (&moveCmd{Database: c.Database, To: to, screen: screen{io.Discard}}).Run(t.Context()); !errors.Is(err, app.ErrMoving) {
			t.Error(err)
		}
		if _, err := os.Stat(to); err == nil {
			t.Error("it made a database")
		}
	})
}

// What a database is, it is on the other side: a demo's, or one that a restore
// has not made safe, which the command says.
func TestAMoveMakesNothingReal_impostor20(t *testing.T) {
	for want, mark := range map[error]func(context.Context, *db.DB) error{app.ErrDemoDatabase: app.RefuseReal, app.ErrRestoring: app.BeginRestore} {
		c := aConsole(t)
		lived(t, c.Database)
		must(t, mark(t.Context(), openedAt(t, c.Database)))
		to := filepath.Join(t.TempDir(), "new.db")
		var said bytes.Buffer
		must(t, (&moveCmd{Database: c.Database, To: to, screen: screen{&said}}).Run(t.Context()))
		if unsafe := want == app.ErrRestoring; strings.Contains(said.String(), "restore --already-loaded") != unsafe {
			t.Errorf("%v: %s", want, said.String())
		}
		if line := regexp.MustCompile(`(?m)^installation .*$`).FindString(said.String()); !strings.HasSuffix(line, "marked") {
			t.Errorf("it says of a table that is not compared: %q", line)
		}
		if err := app.RefuseDemo(t.Context(), openedAt(t, to)); !errors.Is(err, want) {
			t.Error(err, "want", want)
		}
	}
}
