package app

import (
	"context"
	"net/http"
	"runtime"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"pulih/db"
	"pulih/db/dbtest"
)

// balancer gives each request to the next process, as one does that knows
// nothing of sessions.
type balancer struct {
	others []http.Handler
	n      atomic.Int64
}

// or is the first process, or the next of the others.
func (b *balancer) or(first http.Handler) http.Handler {
	n := int(b.n.Add(1)) % (len(b.others) + 1)
	if n == 0 {
		return first
	}
	return b.others[n-1]
}

// another is a process of the same installation: the same keys and settings,
// and connections of its own. Both hear what the other one changes.
func (x *test) another(ctx context.Context) *App {
	other := New(ctx, x.parts(dbtest.Again(x.t, x.DB)))
	var following sync.WaitGroup
	ctx, stop := context.WithCancel(ctx)
	for _, d := range []*App{x.App, other} {
		following.Go(func() { _ = d.DB.Follow(ctx, "", func(error) {}) })
	}
	x.t.Cleanup(func() { stop(); following.Wait() })
	return other
}

// Every request goes to the other process than the one before it: sessions,
// limits, captchas, drafts, claims, presence and what pages hear of changes
// must all be in the database. PULIH_TEST_PROCESSES=2 runs any other test so.
func TestTheJourneysHoldOnTwoProcesses(t *testing.T) {
	t.Setenv("PULIH_TEST_PROCESSES", "2")
	for _, engine := range []string{"sqlite", "postgres"} {
		t.Run(engine, func(t *testing.T) {
			t.Setenv("PULIH_TEST_ENGINE", engine)
			for name, journey := range journeys {
				t.Run(name, journey)
			}
		})
	}
}

var journeys = map[string]func(*testing.T){
	"reset":          TestResetByCodeThenSignIn,
	"gate":           TestTheGateStandsBeforeTheMail_CA03,
	"limit":          TestClockCheckIsLimitedByNetwork_clock46,
	"tries":          TestSpentTriesLeaveTheLink_impostor12,
	"session":        TestSignOutEndsTheSessionOnTheServer,
	"backup code":    TestSignInWithABackupCode_ET16,
	"request":        TestEvidenceNow_UP05,
	"replay":         TestAReplayedRequestIsNotFiledTwice,
	"counter":        TestStoryAtTheCounterWithNothing,
	"dead mailbox":   TestStoryRemoteWithADeadMailbox,
	"impostor files": TestStoryImpostorFilesFirst,
	"four eyes":      TestStoryTwoAgentsCollude,
	"list changes":   TestStreamTellsOfAChangedListOnly,
	"presence":       TestStreamTellsWhoHasTheTicketOpen,
}

// Of two processes one runs a clock's jobs, never both at a time; and the other
// as soon as the first has ended.
func TestOneProcessRunsAClock(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB, clock *dbtest.Clock) {
		x := newTestOn(t, d, clock)
		var running, rounds [2]atomic.Int64
		var both sync.WaitGroup
		var stops [2]context.CancelFunc
		for i, a := range []*App{x.App, x.another(t.Context())} {
			lease := a.DB.Lease("clock")
			round := func(context.Context, int) error {
				if running[i].Store(1); running[1-i].Load() == 1 {
					t.Error("both run it")
				}
				rounds[i].Add(1)
				running[i].Store(0)
				return nil
			}
			ctx, stop := context.WithCancel(t.Context())
			stops[i] = stop
			both.Go(func() {
				a.clocks(ctx, time.Millisecond, byOne(lease, round))
				_ = lease.Free(context.WithoutCancel(ctx))
			})
		}
		first := firstOf(t, &rounds)
		stops[first]()
		for rounds[1-first].Load() == 0 {
			runtime.Gosched()
		}
		stops[1-first]()
		both.Wait()
	})
}

// firstOf waits for the process that has run fifty rounds, alone.
func firstOf(t *testing.T, rounds *[2]atomic.Int64) int {
	for {
		for i := range rounds {
			if rounds[i].Load() < 50 {
				continue
			}
			if n := rounds[1-i].Load(); n > 0 {
				t.Error("the other ran ", n)
			}
			return i
		}
		runtime.Gosched()
	}
}
