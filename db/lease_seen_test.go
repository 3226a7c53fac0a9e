package db

import (
	"context"
	"path/filepath"
	"testing"
	"testing/synctest"
	"time"
)

// A console whose clock is wrong sees a process that serves, because it is
// there still a lease's life later; one that was killed is not seen.
func TestAProcessIsSeenByAnyClock(t *testing.T) {
	ctx, url := context.Background(), filepath.Join(t.TempDir(), "pulih.db")
	clock := func(off time.Duration) func() time.Time {
		return func() time.Time { return time.Date(2026, 11, 23, 2, 0, 0, 0, time.UTC).Add(off) }
	}
	at := func(off time.Duration) *DB {
		d, err := Open(ctx, url, clock(off))
		if err == nil {
			err = d.Migrate(ctx)
		}
		if err != nil {
			t.Fatal(err)
		}
		t.Cleanup(func() { _ = d.Close() })
		return d
	}
	lease := at(0).Lease("clock")
	renew := func(off time.Duration) {
		lease.db.now = clock(off)
		if mine, err := lease.take(ctx); err != nil || !mine {
			t.Fatal(mine, err)
		}
	}
	renew(0)
	for _, off := range []time.Duration{0, time.Second, 15 * time.Second, time.Hour, -25 * time.Second, -time.Hour} {
		d := at(off)
		if served, err := d.leased(ctx, func(time.Duration) { renew(leaseLife / 2) }); err != nil || !served {
			t.Errorf("%v off: it is not seen (%v)", off, err)
		}
		renew(0)
		served, err := d.leased(ctx, soon)
		if now := off == 0 || off == time.Second; err != nil || served != now {
			t.Errorf("%v off, and nobody renews it: %v, %v", off, served, err)
		}
	}
	var waited time.Duration
	if err := lease.Free(ctx); err != nil {
		t.Fatal(err)
	}
	if served, err := at(-time.Second).leased(ctx, soon); err != nil || served {
		t.Error("given back:", served, err)
	}
	if served, err := at(0).leased(ctx, func(length time.Duration) { waited = length; renew(0) }); err != nil || !served || waited != handOver {
		t.Error("given back, and taken by the next:", served, err, waited)
	}
	old := bare(t)
	if err := old.migrateTo(ctx, leasesSince-1); err != nil {
		t.Fatal(err)
	}
	if served, err := old.leased(ctx, soon); err != nil || served {
		t.Error("a schema without leases:", served, err)
	}
}

// soon is a wait in which nothing happens.
func soon(time.Duration) {}

// A job goes on while its lease does and no longer, however old that was when
// the job began, and whether the database refuses or says nothing at all.
func TestAJobEndsWithItsLease(t *testing.T) {
	for name, fail := range map[string]func(*DB){
		"refuses": func(d *DB) { _ = d.Close() },
		"hangs":   func(d *DB) { d.together.turn <- struct{}{} },
	} {
		for _, age := range []time.Duration{0, 2 * time.Second, 4900 * time.Millisecond} {
			d := bare(t)
			if err := d.Migrate(t.Context()); err != nil {
				t.Fatal(err)
			}
			synctest.Test(t, func(t *testing.T) {
				d.now, d.together.turn = time.Now, make(chan struct{}, 1)
				l, renewed := d.Lease("clock"), time.Now()
				if mine, err := l.Mine(t.Context()); err != nil || !mine {
					t.Fatal(mine, err)
				}
				time.Sleep(age)
				fail(d)
				var lasted time.Duration
				err := l.Do(t.Context(), func(ctx context.Context) error {
					<-ctx.Done()
					lasted = time.Since(renewed)
					return nil
				})
				if err != nil || lasted != leaseLife {
					t.Errorf("%s, renewed %v before: it ends after %v (%v)", name, age, lasted, err)
				}
			})
		}
	}
}

// A long job is not ended while its lease is renewed, and is when it is another's.
func TestALongJobKeepsItsLease(t *testing.T) {
	d := bare(t)
	if err := d.Migrate(t.Context()); err != nil {
		t.Fatal(err)
	}
	synctest.Test(t, func(t *testing.T) {
		d.now, d.together.turn = time.Now, make(chan struct{}, 1)
		err := d.Lease("clock").Do(t.Context(), func(ctx context.Context) error {
			time.Sleep(6 * leaseLife)
			if ctx.Err() != nil {
				t.Error("it is ended while the lease is his")
			}
			if err := d.Write(ctx, func(tx *Tx) error {
				return tx.One(ctx, `UPDATE leases SET holder = 'another', until = $1`, tx.Now.Add(leaseLife))
			}); err != nil {
				t.Error(err)
			}
			<-ctx.Done()
			return nil
		})
		if err != nil {
			t.Error(err)
		}
	})
}
