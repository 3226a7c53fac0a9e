package db_test

import (
	"context"
	"errors"
	"runtime"
	"testing"
	"time"

	"pulih/db"
	"pulih/db/dbtest"
)

// Whoever sends so slowly that his time is over when he comes to write says
// nothing of the database: one such client a second would keep /siap red. Who
// came in time, and waited in vain, says that it is held.
func TestOnlyWhoComesInTimeJudgesTheDatabase(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB, _ *dbtest.Clock) {
		write := func(ctx context.Context, meanwhile func()) error {
			return d.Write(ctx, func(tx *db.Tx) error {
				_, err := tx.Exec(ctx, `INSERT INTO limits (key, tat) VALUES ($1, 1)`, []byte("the same row"))
				meanwhile()
				return err
			})
		}
		nothing := func() {}
		late, cancel := context.WithTimeout(t.Context(), 0)
		defer cancel()
		if err := write(late, nothing); !errors.Is(err, db.ErrUnavailable) || d.Failing() {
			t.Error("too late:", err, d.Failing())
		}
		waits := func(left time.Duration) error { // for the row
			short, cancel := context.WithTimeout(t.Context(), left)
			defer cancel()
			ends := make(chan error)
			go func() { ends <- write(short, nothing) }()
			return errors.Join(<-ends, failing(d))
		}
		var hurried, err error
		if first := write(t.Context(), func() { hurried, err = waits(20*time.Millisecond), waits(200*time.Millisecond) }); first != nil {
			t.Fatal(first)
		}
		if !errors.Is(hurried, db.ErrUnavailable) || errors.Is(hurried, errFailing) {
			t.Error("nearly too late:", hurried)
		}
		if !errors.Is(err, db.ErrUnavailable) || !errors.Is(err, errFailing) {
			t.Error("in time:", err)
		}
		if d.Failing() {
			t.Error("it takes writes again, and is not believed")
		}
	})
}

// database/sql undoes a transaction whose time is over by itself, and its
// commit then says that it is done. To people that is trouble, not a fault.
func TestATransactionThatTookTooLongIsNoFault(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB, _ *dbtest.Clock) {
		told := 0
		for range 200 {
			short, cancel := context.WithTimeout(t.Context(), time.Millisecond)
			err := d.Write(short, func(tx *db.Tx) error {
				_, err := tx.Exec(short, `INSERT INTO limits (key, tat) VALUES ($1, 1) ON CONFLICT (key) DO UPDATE SET tat = 1`, []byte("a row"))
				<-short.Done()
				runtime.Gosched()
				return err
			})
			cancel()
			if errors.Is(err, db.ErrUnavailable) {
				told++
			} else if err != nil {
				t.Fatal(err)
			}
		}
		if told == 0 && d.Engine == db.Postgres { // SQLite commits for others too, and cuts nobody short
			t.Error("none took too long")
		}
	})
}

var errFailing = errors.New("it is known to fail")

func failing(d *db.DB) error {
	if d.Failing() {
		return errFailing
	}
	return nil
}
