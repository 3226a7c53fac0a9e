package app

import (
	"errors"
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
	begin := make(chan struct{})
	for n := range 12 {
		d, err := db.Open(t.Context(), url, time.Now)
		if err == nil {
			err = errors.Join(d.Migrate(t.Context()), d.Ping(t.Context()))
		}
		if err != nil {
			t.Fatal(err)
		}
		t.Cleanup(func() { _ = d.Close() })
		all.Go(func() {
			<-begin
			if err := RefuseDemo(t.Context(), d); err != nil {
				t.Errorf("process %d: %v", n, err)
			}
		})
	}
	close(begin)
	all.Wait()
}
