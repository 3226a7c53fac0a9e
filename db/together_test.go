package db

import (
	"context"
	"errors"
	"fmt"
	"path/filepath"
	"sync"
	"testing"
	"time"
)

func openNotes(t *testing.T) *DB {
	t.Helper()
	d, err := Open(t.Context(), filepath.Join(t.TempDir(), "x.db"), time.Now)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = d.Close() })
	for _, table := range []string{`CREATE TABLE notes (n BIGINT PRIMARY KEY)`,
		`CREATE TABLE parts (n BIGINT REFERENCES notes (n) DEFERRABLE INITIALLY DEFERRED)`} {
		if _, err := d.w.Exec(table); err != nil {
			t.Fatal(err)
		}
	}
	return d
}

func (d *DB) notes(t *testing.T) (n int) {
	t.Helper()
	if err := d.r.QueryRow(`SELECT count(*) FROM notes`).Scan(&n); err != nil {
		t.Fatal(err)
	}
	return n
}

func note(ctx context.Context, n int) func(*Tx) error {
	return func(t *Tx) error { return t.One(ctx, `INSERT INTO notes (n) VALUES ($1)`, n) }
}

// queued holds the turn until all the writes wait, then lets them go.
func queued(t *testing.T, d *DB, writes ...func() error) []error {
	t.Helper()
	d.together.turn <- struct{}{}
	errs := make([]error, len(writes))
	var wg sync.WaitGroup
	for i, write := range writes {
		wg.Go(func() {
			defer func() {
				if r := recover(); r != nil {
					errs[i] = fmt.Errorf("panic: %v", r)
				}
			}()
			errs[i] = write()
		})
	}
	for waiting := 0; waiting < len(writes); {
		d.together.mu.Lock()
		waiting = len(d.together.jobs)
		d.together.mu.Unlock()
	}
	<-d.together.turn
	wg.Wait()
	return errs
}

func TestWhoWaitsSharesACommit(t *testing.T) {
	d := openNotes(t)
	var writes []func() error
	for i := range 200 {
		writes = append(writes, func() error { return d.Write(t.Context(), note(t.Context(), i)) })
	}
	if err := errors.Join(queued(t, d, writes...)...); err != nil {
		t.Fatal(err)
	}
	if d.notes(t) != 200 || d.Stats().Batches.Commits != 1 {
		t.Errorf("%d notes in %d commits", d.notes(t), d.Stats().Batches.Commits)
	}
}

func TestAFailureUndoesItsOwnWorkOnly(t *testing.T) {
	d := openNotes(t)
	broken := errors.New("broken")
	errs := queued(t, d,
		func() error { return d.Write(t.Context(), note(t.Context(), 1)) },
		func() error {
			return d.Write(t.Context(), func(tx *Tx) error { return errors.Join(note(t.Context(), 2)(tx), broken) })
		},
		func() error {
			return d.Write(t.Context(), func(tx *Tx) error { _ = note(t.Context(), 3)(tx); panic("oh") })
		},
		func() error { return d.Write(t.Context(), note(t.Context(), 4)) },
	)
	if errs[0] != nil || !errors.Is(errs[1], broken) || errs[2] == nil || errs[2].Error() != "panic: oh" || errs[3] != nil {
		t.Error(errs)
	}
	if n := d.notes(t); n != 2 {
		t.Errorf("%d notes", n)
	}
}

// slowly takes long enough for its caller to leave meanwhile.
const slowly = `INSERT INTO notes (n) WITH RECURSIVE c (n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM c WHERE n < 1000000)
	SELECT 1000 + count(*) FROM c`

// Leaving is for oneself: SQLite would undo the whole transaction for an
// interrupted statement.
func TestWhoLeavesTakesNobodyAlong(t *testing.T) {
	d := openNotes(t)
	gone, leave := context.WithCancel(t.Context())
	errs := queued(t, d,
		func() error { return d.Write(t.Context(), note(t.Context(), 1)) },
		func() error {
			return d.Write(gone, func(tx *Tx) error {
				go leave()
				return errors.Join(tx.One(gone, slowly), note(gone, 3)(tx))
			})
		},
		func() error { return d.Write(t.Context(), note(t.Context(), 4)) },
	)
	if errs[0] != nil || !errors.Is(errs[1], context.Canceled) || errs[2] != nil || d.notes(t) != 2 {
		t.Error(errs, d.notes(t))
	}
}

func TestAWriteGivenUpIsNotBegun(t *testing.T) {
	d := openNotes(t)
	d.together.turn <- struct{}{}
	gone, leave := context.WithCancel(t.Context())
	leave()
	if err := d.Write(gone, note(t.Context(), 1)); !errors.Is(err, context.Canceled) {
		t.Error(err)
	}
	<-d.together.turn
	if err := d.Write(t.Context(), note(t.Context(), 2)); err != nil || d.notes(t) != 1 {
		t.Error(err, d.notes(t))
	}
}

// A commit that fails is nobody's success.
func TestAFailedCommitIsToldToAll(t *testing.T) {
	d := openNotes(t)
	errs := queued(t, d,
		func() error { return d.Write(t.Context(), note(t.Context(), 1)) },
		func() error {
			return d.Write(t.Context(), func(tx *Tx) error { return tx.One(t.Context(), `INSERT INTO parts (n) VALUES (99)`) })
		},
	)
	if errs[0] == nil || errs[1] == nil || d.notes(t) != 0 {
		t.Error(errs, d.notes(t))
	}
	if err := d.Write(t.Context(), note(t.Context(), 2)); err != nil {
		t.Error("the next one suffers:", err)
	}
}
