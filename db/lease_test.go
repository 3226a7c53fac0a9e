package db_test

import (
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"pulih/db"
	"pulih/db/dbtest"
)

// processes are databases of one address, each with a hold on one job.
func processes(t *testing.T, url string, n int) (all []*db.Lease, clock *dbtest.Clock) {
	t.Helper()
	clock = dbtest.NewClock()
	for range n {
		d, err := db.Open(t.Context(), url, clock.Now)
		if err != nil {
			t.Fatal(err)
		}
		t.Cleanup(func() { _ = d.Close() })
		if err := d.Migrate(t.Context()); err != nil {
			t.Fatal(err)
		}
		all = append(all, d.Lease("job"))
	}
	return all, clock
}

func mine(t *testing.T, l *db.Lease) bool {
	t.Helper()
	yes, err := l.Mine(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	return yes
}

func TestOneProcessHasALease(t *testing.T) {
	for engine, url := range urls() {
		t.Run(engine, func(t *testing.T) {
			all, _ := processes(t, url(t), 8)
			var holders atomic.Int64
			var together sync.WaitGroup
			for _, l := range all {
				together.Go(func() {
					if yes, err := l.Mine(t.Context()); err != nil {
						t.Error(err)
					} else if yes {
						holders.Add(1)
					}
				})
			}
			if together.Wait(); holders.Load() != 1 {
				t.Error(holders.Load(), "processes have it")
			}
		})
	}
}

// Another process takes over when the one that had it is gone, has given it
// back, or had a clock that was an hour ahead; and not before.
func TestALeaseGoesOver(t *testing.T) {
	for engine, url := range urls() {
		t.Run(engine, func(t *testing.T) {
			all, clock := processes(t, url(t), 2)
			first, second := all[0], all[1]
			is := func(when string, l *db.Lease, want bool) {
				t.Helper()
				if mine(t, l) != want {
					t.Errorf("%s: %v", when, !want)
				}
			}
			is("at first", first, true)
			clock.Advance(9 * time.Second)
			is("before it is over", second, false)
			clock.Advance(-12 * time.Second)
			is("to whom is three seconds behind", second, false)
			clock.Advance(12 * time.Second)
			is("renewed", first, true)
			clock.Advance(9 * time.Second)
			is("renewed by the first", second, false)
			clock.Advance(2 * time.Second)
			is("over", second, true)
			is("taken over", first, false)
			if err := first.Free(t.Context()); err != nil {
				t.Fatal(err)
			}
			is("given back by somebody else", first, false)
			if err := second.Free(t.Context()); err != nil {
				t.Fatal(err)
			}
			is("given back", first, true)
			clock.Advance(-time.Hour)
			is("of a clock that was ahead", second, true)
		})
	}
}
