package db_test

import (
	"context"
	"testing"
	"time"

	"pulih/db"
	"pulih/db/dbtest"
)

// What is kept is true: a change of this process shows at once, one of another
// process after two seconds, and one that was rolled back never.
func TestWhatIsKeptIsReadAgain(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB, clock *dbtest.Clock) {
		ctx, reads := context.Background(), 0
		var kept db.Kept[int]
		read := func() int {
			n, err := kept.Read(ctx, d, "things", func(*db.Tx) (int, error) { reads++; return reads, nil })
			if err != nil {
				t.Fatal(err)
			}
			return n
		}
		change := func(err error) {
			_ = d.Write(ctx, func(tx *db.Tx) error { tx.Changed("things"); return err })
		}
		for range 2 {
			if read() != 1 {
				t.Error("nothing is kept")
			}
		}
		change(nil)
		if read() != 2 {
			t.Error("a change does not show")
		}
		change(db.ErrConflict)
		if read() != 2 {
			t.Error("what was rolled back counts")
		}
		clock.Advance(2 * time.Second)
		if read() != 3 {
			t.Error("it is kept for ever")
		}
		clock.Advance(-time.Hour)
		if read() != 4 {
			t.Error("a clock that was put back keeps it for an hour")
		}
	})
}
