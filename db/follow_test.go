package db_test

import (
	"context"
	"path/filepath"
	"testing"
	"time"

	"pulih/db"
	"pulih/db/dbtest"
)

// two processes on one database; the second follows the first.
func two(t *testing.T, url string) (writer, follower *db.DB, reported chan error) {
	t.Helper()
	var both [2]*db.DB
	for i := range both {
		d, err := db.Open(t.Context(), url, time.Now)
		if err != nil {
			t.Fatal(err)
		}
		t.Cleanup(func() { _ = d.Close() })
		both[i] = d
	}
	if err := both[0].Migrate(t.Context()); err != nil {
		t.Fatal(err)
	}
	ctx, stop := context.WithCancel(context.Background())
	reported, ended := make(chan error, 100), make(chan struct{})
	go func() {
		defer close(ended)
		_ = both[1].Follow(ctx, "", func(err error) { reported <- err })
	}()
	go func() { _ = both[0].Follow(ctx, "", func(err error) { reported <- err }) }()
	t.Cleanup(func() { stop(); <-ended })
	return both[0], both[1], reported
}

// change commits something that says it changed the table, until it is heard:
// whoever has not begun to listen hears the next one.
func change(t *testing.T, d *db.DB, table string, heard <-chan struct{}) {
	t.Helper()
	for range 600 {
		err := d.Write(t.Context(), func(tx *db.Tx) error {
			tx.Changed(table)
			_, err := tx.Exec(t.Context(), `INSERT INTO limits (key, tat) VALUES ($1, 1)`, []byte(db.NewID()))
			return err
		})
		if err != nil {
			t.Fatal(err)
		}
		select {
		case <-heard:
			return
		case <-time.After(100 * time.Millisecond):
		}
	}
	t.Fatalf("a change of %s is not heard of", table)
}

func urls() map[string]func(*testing.T) string {
	return map[string]func(*testing.T) string{
		"sqlite":   func(t *testing.T) string { return filepath.Join(t.TempDir(), "pulih.db") },
		"postgres": func(t *testing.T) string { return dbtest.Postgres(t) },
	}
}

func TestAnotherProcessHearsOfAChange(t *testing.T) {
	for engine, url := range urls() {
		t.Run(engine, func(t *testing.T) {
			writer, follower, _ := two(t, url(t))
			heard, stop := follower.Watch("things")
			defer stop()
			change(t, writer, "things", heard)
			change(t, writer, "things", heard)
		})
	}
}

// A connection that was cut is made again, and what was missed is told.
func TestAFollowerComesBack(t *testing.T) {
	writer, follower, reported := two(t, dbtest.Postgres(t))
	heard, stop := follower.Watch("things")
	defer stop()
	change(t, writer, "things", heard)
	err := writer.Write(t.Context(), func(tx *db.Tx) error {
		_, err := tx.Exec(t.Context(), `SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE query LIKE 'LISTEN "pulih ' || current_schema() || '"'`)
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	if err := <-reported; err == nil {
		t.Error("nobody is told of it")
	}
	change(t, writer, "things", heard)
}
