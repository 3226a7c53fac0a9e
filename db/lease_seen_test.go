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

// A job goes on while its lease does, also without a database, and no longer.
func TestAJobEndsWithItsLease(t *testing.T) {
	d := bare(t)
	if err := d.Migrate(t.Context()); err != nil {
		t.Fatal(err)
	}
	d.now = time.Now
	synctest.Test(t, func(t *testing.T) {
		l, began := d.Lease("clock"), time.Now()
		if mine, err := l.Mine(t.Context()); err != nil || !mine {
			t.Fatal(mine, err)
		}
		_ = d.Close()
		l.keep(t.Context(), func() {})
		if took := time.Since(began); took != leaseLife {
			t.Error("it ends after", took)
		}
	})
}
