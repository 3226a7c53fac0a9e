package db_test

import (
	"context"
	"errors"
	"os"
	"path/filepath"
	"sync"
	"testing"

	"pulih/db"
	"pulih/db/dbtest"
	"pulih/secret"
)

const (
	makeTable = `CREATE TABLE things (id TEXT PRIMARY KEY, n BIGINT NOT NULL, b BYTEA, yes BOOLEAN)`
	insert    = `INSERT INTO things (id, n, b, yes) VALUES ($1, $2, $3, $4)`
	selectOne = `SELECT id, n, b, yes FROM things WHERE id = $1`
	swap      = `UPDATE things SET n = n + 1 WHERE id = $1 AND n = $2`
)

func with(t *testing.T, d *db.DB) context.Context {
	t.Helper()
	ctx := context.Background()
	if err := d.Write(ctx, func(tx *db.Tx) error {
		_, err := tx.Exec(ctx, makeTable)
		return err
	}); err != nil {
		t.Fatal(err)
	}
	return ctx
}

func TestWhatIsMaskedIsStoredInClear(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB, _ *dbtest.Clock) {
		ctx := with(t, d)
		nip := secret.NIP("198609262015051001")
		err := d.Write(ctx, func(tx *db.Tx) error {
			_, err := tx.Exec(ctx, insert, nip, tx.Now, []byte{0, 1}, true)
			return err
		})
		if err != nil {
			t.Fatal(err)
		}
		var got secret.NIP
		var n db.Time
		var b []byte
		var yes bool
		err = d.Read(ctx, func(tx *db.Tx) error {
			return tx.Row(ctx, selectOne, string(nip)).Scan(&got, &n, &b, &yes)
		})
		if err != nil || got != nip || n != d.Now() || len(b) != 2 || !yes {
			t.Fatalf("got %q %v %v %v, %v", string(got), n, b, yes, err)
		}
	})
}

func TestACodeIsNeverStored(t *testing.T) {
	d, _ := dbtest.New(t)
	ctx := with(t, d)
	err := d.Write(ctx, func(tx *db.Tx) error {
		_, err := tx.Exec(ctx, insert, secret.Code("ABCD1234"), 0, nil, false)
		return err
	})
	if err == nil {
		t.Fatal("a code went into the database in clear")
	}
}

func TestErrorsAreTheSameOnBothEngines(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB, _ *dbtest.Clock) {
		ctx := with(t, d)
		put := func() error {
			return d.Write(ctx, func(tx *db.Tx) error {
				_, err := tx.Exec(ctx, insert, "a", 1, nil, nil)
				return err
			})
		}
		if err := put(); err != nil {
			t.Fatal(err)
		}
		if err := put(); !errors.Is(err, db.ErrConflict) {
			t.Fatalf("a second row with the same key: %v", err)
		}
		err := d.Read(ctx, func(tx *db.Tx) error {
			var s string
			return tx.Row(ctx, selectOne, "none").Scan(&s, &s, &s, &s)
		})
		if !errors.Is(err, db.ErrNotFound) {
			t.Fatalf("no row: %v", err)
		}
	})
}

func TestOneOfManySwapsWins(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB, _ *dbtest.Clock) {
		ctx := with(t, d)
		if err := d.Write(ctx, func(tx *db.Tx) error { _, err := tx.Exec(ctx, insert, "a", 0, nil, nil); return err }); err != nil {
			t.Fatal(err)
		}
		var wg sync.WaitGroup
		won := make(chan bool, 32)
		for range 32 {
			wg.Go(func() {
				err := d.Write(ctx, func(tx *db.Tx) error { return tx.One(ctx, swap, "a", 0) })
				if err == nil {
					won <- true
				} else if !errors.Is(err, db.ErrConflict) {
					t.Error(err)
				}
			})
		}
		wg.Wait()
		if len(won) != 1 {
			t.Fatalf("%d swaps won", len(won))
		}
	})
}

func TestReadCannotWrite(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB, _ *dbtest.Clock) {
		ctx := with(t, d)
		err := d.Read(ctx, func(tx *db.Tx) error {
			_, err := tx.Exec(ctx, insert, "a", 1, nil, nil)
			return err
		})
		if err == nil {
			t.Fatal("a write passed in Read")
		}
	})
}

func TestWatchersHearOfCommitsOnly(t *testing.T) {
	d, _ := dbtest.New(t)
	ctx := with(t, d)
	heard, stop := d.Watch("things")
	_ = d.Write(ctx, func(tx *db.Tx) error { tx.Changed("things"); return errors.New("no") })
	select {
	case <-heard:
		t.Fatal("heard of a rolled back change")
	default:
	}
	if err := d.Write(ctx, func(tx *db.Tx) error { tx.Changed("things"); return nil }); err != nil {
		t.Fatal(err)
	}
	<-heard
	stop()
	if _, open := <-heard; open {
		t.Fatal("still open after stop")
	}
}

func TestFourStartsAtOnceMigrateOnce(t *testing.T) {
	path := filepath.Join(t.TempDir(), "pulih.db")
	clock := dbtest.NewClock()
	var wg sync.WaitGroup
	for range 4 {
		wg.Go(func() {
			d, err := db.Open(context.Background(), path, clock.Now)
			if err != nil {
				t.Error(err)
				return
			}
			defer d.Close()
			if err := d.Migrate(context.Background()); err != nil {
				t.Error(err)
			}
		})
	}
	wg.Wait()
	info, err := os.Stat(path)
	if err != nil || info.Mode().Perm() != 0o600 {
		t.Fatalf("the database's mode is %v, %v", info.Mode(), err)
	}
}

func TestTimesAreShownInTheirZone(t *testing.T) {
	at := db.At(dbtest.NewClock().Now())
	if got := at.Long(db.WITA); got != "Senin, 23 November 2026 pukul 10.00 WITA" {
		t.Error(got)
	}
	if got := at.Hour(db.WIT); got != "11.00 WIT" {
		t.Error(got)
	}
}
