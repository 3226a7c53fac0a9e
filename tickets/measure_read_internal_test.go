package tickets

import (
	"context"
	"errors"
	"testing"

	"pulih/db"
	"pulih/db/dbtest"
)

// One supervisor after the other: what reads a million measures keeps a core
// busy, and whoever has gone away does not wait for his turn.
func TestReportsAreReadInTurn(t *testing.T) {
	d, _ := dbtest.New(t)
	desk := New(Config{DB: d, Calendar: Office(db.WITA), Waits: Production(), Zone: db.WITA})
	begun, end, first := make(chan struct{}), make(chan struct{}), make(chan error)
	go func() {
		first <- desk.readMeasures(context.Background(), func(*db.Tx) error { close(begun); <-end; return nil })
	}()
	<-begun
	gone, leave := context.WithCancel(context.Background())
	leave()
	if err := desk.readMeasures(gone, func(*db.Tx) error { t.Error("two were read at once"); return nil }); !errors.Is(err, context.Canceled) {
		t.Error(err)
	}
	close(end)
	if err := <-first; err != nil {
		t.Error(err)
	}
	if err := desk.readMeasures(context.Background(), func(*db.Tx) error { return nil }); err != nil {
		t.Error("the turn is not given back:", err)
	}
}

// A report rests for those who work meanwhile, once in so many packs, and does
// not where nobody does.
func TestAReportRestsForOthersOnly(t *testing.T) {
	d, _ := dbtest.New(t)
	p := polite{asked: d.Statements()}
	reads := func(packs int) int {
		before := p.rests
		for range packs {
			p.letGo(t.Context(), d)
		}
		return p.rests - before
	}
	if n := reads(10 * restEvery); n != 0 {
		t.Errorf("alone, it rests %d times", n)
	}
	ask := func(tx *db.Tx) error { var n int; return tx.Row(t.Context(), `SELECT count(*) FROM tickets`).Scan(&n) }
	if err := d.ReadOne(t.Context(), ask); err != nil {
		t.Fatal(err)
	}
	if n := reads(3 * restEvery); n != 1 {
		t.Errorf("for somebody who asked once, it rests %d times", n)
	}
}
