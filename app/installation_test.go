package app

import (
	"sync"
	"testing"
	"time"

	"pulih/db"
	"pulih/db/dbtest"
)

// Of many processes that start at once on a fresh database each starts, and
// none of them as a demo.
func TestProcessesThatStartTogetherAllStart(t *testing.T) {
	url := dbtest.Postgres(t)
	var all sync.WaitGroup
	for n := range 12 {
		d, err := db.Open(t.Context(), url, time.Now)
		if err != nil {
			t.Fatal(err)
		}
		t.Cleanup(func() { _ = d.Close() })
		all.Go(func() {
			if err := d.Migrate(t.Context()); err != nil {
				t.Errorf("process %d: %v", n, err)
				return
			}
			if err := RefuseDemo(t.Context(), d); err != nil {
				t.Errorf("process %d: %v", n, err)
			}
		})
	}
	all.Wait()
}
