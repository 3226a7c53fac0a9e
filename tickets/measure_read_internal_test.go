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
