package faults

import (
	"errors"
	"testing"
	"time"

	"pulih/cmd/rig"
	"pulih/db/dbtest"
)

// The primary dies under load and the standby takes over: what was
// acknowledged is on it, and the process goes on without a restart.
func TestAStandbyTakesOver(t *testing.T) {
	t.Parallel()
	turns := often(1, 5)
	var filedAll, wroteAll int
	var refused, broken int64
	var longest time.Duration
	for range turns {
		c := cluster(t)
		l := on(t, t.TempDir(), c.URL())
		l.begin()
		l.works("before")
		longest = max(longest, l.failover(c))
		l.finish()
		l.check(l.deeds())
		l.stop()
		l.rest()
		filedAll, wroteAll = filedAll+l.count(filed), wroteAll+l.count(wrote)
		refused, broken = refused+l.answers[5].Load(), broken+l.answers[0].Load()
		l.must(c.Close())
	}
	saw(t, "PostgreSQL primary killed under load, its synchronous standby promoted", harmless+"; it listens for changes again",
		"%d times; %d tickets, %d messages; %d answers 503, %d requests broken off; served again at most %s after the promotion",
		turns, filedAll, wroteAll, refused, broken, longest.Round(10*time.Millisecond))
}

// failover kills the primary, lets people hear of it, promotes the standby,
// and says how long it took from there to the next that was served.
func (l *load) failover(c *rig.Cluster) time.Duration {
	l.Helper()
	l.must(c.KillPrimary())
	eventually(l.T, "somebody was told to try again", func() bool { return l.answers[5].Load() > 0 })
	eventually(l.T, "/siap failed", func() bool { return l.probe() != 200 })
	l.honest()
	l.must(c.Promote())
	began := time.Now()
	l.works("after the promotion")
	took := time.Since(began)
	eventually(l.T, "/siap said yes again", func() bool { return l.probe() == 200 })
	eventually(l.T, "it listened for changes again", func() bool { return c.Listeners() == nil })
	return took
}

// cluster is a PostgreSQL with a standby, where this machine has one.
func cluster(t *testing.T) *rig.Cluster {
	t.Helper()
	c, err := rig.NewCluster(t.Context())
	if errors.Is(err, rig.ErrNoPostgres) {
		dbtest.Lacks(t, "postgres", err)
	}
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = c.Close() })
	return c
}
