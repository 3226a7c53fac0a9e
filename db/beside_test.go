package db

import (
	"context"
	"math"
	"runtime"
	"sync"
	"testing"
	"time"
)

// A server that writes without a pause leaves a hundredth of its time free. A
// command beside it (a backup's line in the log, a new member of staff) gets
// its turn all the same.
func TestABusyServerLeavesATurnToACommandBesideIt(t *testing.T) {
	server := openNotes(t)
	beside, err := Open(t.Context(), server.url, time.Now)
	if err != nil {
		t.Fatal(err)
	}
	defer beside.Close() //nolint:errcheck // a test's database
	ctx, stop := context.WithCancel(t.Context())
	var writers sync.WaitGroup
	for range 8 {
		writers.Go(func() {
			for ctx.Err() == nil {
				if err := server.Write(ctx, rewritten(ctx)); err != nil && ctx.Err() == nil {
					t.Error("the server:", err)
					return
				}
			}
		})
	}
	const commands = 20
	for n := range commands {
		for before := server.together.sizes.read().Commits; server.together.sizes.read().Commits < before+20; {
			runtime.Gosched()
		}
		if err := beside.Write(t.Context(), note(t.Context(), n+1)); err != nil {
			t.Error("beside it:", err)
		}
	}
	stop()
	writers.Wait()
	if n := server.notes(t); n != commands {
		t.Error(n, "of", commands)
	}
}

// rewritten takes as long as a small request does.
func rewritten(ctx context.Context) func(*Tx) error {
	return func(t *Tx) error {
		for range 20 {
			if err := t.One(ctx, `INSERT INTO notes (n) VALUES ($1)`, math.MaxInt32); err != nil {
				return err
			}
			if err := t.One(ctx, `DELETE FROM notes WHERE n = $1`, math.MaxInt32); err != nil {
				return err
			}
		}
		return nil
	}
}
