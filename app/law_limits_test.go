package app

import (
	"bytes"
	"context"
	"net/http"
	"net/netip"
	"net/url"
	"strconv"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"pgregory.net/rapid"

	"pulih/db"
	"pulih/db/dbtest"
	"pulih/secret"
)

func lawLimits(t *testing.T, d *db.DB) *Limits {
	return &Limits{db: d, keys: must(secret.ParseKeys("1:"+secret.NewKey(), secret.NewKey()))(t)}
}

// bucket is the simple model: it leaks one unit each Every and holds Burst.
type bucket struct {
	level time.Duration
	at    db.Time
}

func (b *bucket) take(l Limit, now db.Time) bool {
	b.level = max(0, b.level-now.Sub(b.at))
	b.at = now
	if b.level+l.Every > l.Every*time.Duration(l.Burst) {
		return false
	}
	b.level += l.Every
	return true
}

// What is refused leaves no trace in the model, so the agreement of both
// shows too that refused attempts do not count.
func TestLimitsAgreeWithABucket_RL04(t *testing.T) {
	d, clock := dbtest.New(t)
	limits, ctx, n := lawLimits(t, d), context.Background(), 0
	rapid.Check(t, func(t *rapid.T) {
		l := Limit{"model", time.Duration(rapid.Int64Range(1, 5e6).Draw(t, "every")) * time.Microsecond, rapid.IntRange(1, 6).Draw(t, "burst")}
		n++
		key, model := strconv.Itoa(n), bucket{at: d.Now()}
		for range rapid.IntRange(1, 25).Draw(t, "takes") {
			clock.Advance(time.Duration(rapid.Int64Range(0, 2*l.Every.Microseconds()).Draw(t, "pause")) * time.Microsecond)
			wait, err := limits.Take(ctx, l, key)
			if err != nil {
				t.Fatal(err)
			}
			if want := model.take(l, d.Now()); want != (wait == 0) {
				t.Fatalf("model says %v, waits %s", want, wait)
			}
		}
	})
}

// Whoever waits as long as he was told passes, and not a microsecond before.
func TestTheWaitIsExact_RL08(t *testing.T) {
	d, clock := dbtest.New(t)
	limits, ctx, n := lawLimits(t, d), context.Background(), 0
	rapid.Check(t, func(t *rapid.T) {
		l := Limit{"exact", time.Duration(rapid.Int64Range(1e6, 9e6).Draw(t, "every")) * time.Microsecond, rapid.IntRange(1, 4).Draw(t, "burst")}
		n++
		key := strconv.Itoa(n)
		take := func() time.Duration {
			wait, err := limits.Take(ctx, l, key)
			if err != nil {
				t.Fatal(err)
			}
			return wait
		}
		for range l.Burst {
			clock.Advance(time.Duration(rapid.Int64Range(0, 1e5).Draw(t, "pause")) * time.Microsecond)
			if take() != 0 {
				t.Fatal("the burst is refused")
			}
		}
		wait := take()
		if wait < time.Second || wait > l.Every {
			t.Fatalf("told to wait %s of %s", wait, l.Every)
		}
		if wait > time.Second { // nobody is told to wait less, even if he need not
			clock.Advance(wait - time.Microsecond)
			if take() == 0 {
				t.Fatal("passes too early")
			}
			wait = time.Microsecond
		}
		clock.Advance(wait)
		if take() != 0 {
			t.Fatal("does not pass after the wait")
		}
	})
}

func TestParallelTakesPassTheBurstAndNoMore_RL04(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB, clock *dbtest.Clock) {
		limits, l := lawLimits(t, d), Limit{"parallel", time.Minute, 7}
		for round := range 3 {
			if got := passed(t, limits, l, 64); got != map[bool]int{true: 7, false: 2}[round == 0] {
				t.Fatalf("round %d let %d of 64 pass", round, got)
			}
			clock.Advance(2 * time.Minute)
		}
	})
}

func passed(t *testing.T, limits *Limits, l Limit, n int) int {
	t.Helper()
	var all sync.WaitGroup
	var passed atomic.Int64
	start := make(chan struct{})
	for range n {
		all.Go(func() {
			<-start
			wait, err := limits.Take(context.Background(), l, "one")
			if err != nil {
				t.Error(err)
			}
			if wait == 0 {
				passed.Add(1)
			}
		})
	}
	close(start)
	all.Wait()
	return int(passed.Load())
}

func TestARestartForgivesNothing_RL04(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB, _ *dbtest.Clock) {
		before, l := lawLimits(t, d), Limit{"restart", time.Hour, 2}
		for range l.Burst {
			must(before.Take(context.Background(), l, "a"))(t)
		}
		after := &Limits{db: d, keys: before.keys}
		if wait := must(after.Take(context.Background(), l, "a"))(t); wait != time.Hour {
			t.Fatalf("after a restart: %s", wait)
		}
	})
}

func TestKeysOfALimitAreApart_RL01(t *testing.T) {
	d, _ := dbtest.New(t)
	limits, ctx := lawLimits(t, d), context.Background()
	one := Limit{"apart", time.Hour, 1}
	for _, key := range [][]string{{"a", "bc"}, {"ab", "c"}, {"abc"}, {"abc", ""}, {""}, {}} {
		if wait := must(limits.Take(ctx, one, key...))(t); wait != 0 {
			t.Errorf("%q shares its limit with another", key)
		}
	}
	if wait := must(limits.Take(ctx, Limit{"other", time.Hour, 1}, "abc"))(t); wait != 0 {
		t.Error("two limits share a key")
	}
}

func TestNoKeyOfALimitCanBeRead_RL02(t *testing.T) {
	d, _ := dbtest.New(t)
	limits := lawLimits(t, d)
	must(limits.Take(context.Background(), LimitResetNIP, "198609262015052001", "203.0.113.9/32"))(t)
	for _, row := range lawDump(t, d, "limits") {
		for _, plain := range []string{"198609262015052001", "203.0.113"} {
			if bytes.Contains([]byte(row), []byte(plain)) {
				t.Errorf("limits hold %s", plain)
			}
		}
	}
}

// The sweep forgets only what limits nothing any more.
func TestTheSweepForgivesNobody_RL04(t *testing.T) {
	x := newTest(t)
	ctx, l := context.Background(), Limit{"swept", time.Hour, 1}
	must(x.Limits.Take(ctx, l, "a"))(t)
	x.clock.Advance(30 * time.Minute)
	if err := x.sweep(ctx); err != nil {
		t.Fatal(err)
	}
	if wait := must(x.Limits.Take(ctx, l, "a"))(t); wait != 30*time.Minute {
		t.Errorf("after the sweep: %s", wait)
	}
	x.clock.Advance(time.Hour)
	if err := x.sweep(ctx); err != nil {
		t.Fatal(err)
	}
	if rows := lawDump(t, x.DB, "limits"); len(rows) != 0 {
		t.Errorf("%d rows are kept for nothing", len(rows))
	}
}

func TestUsedGrowsWithTheTakes(t *testing.T) {
	d, clock := dbtest.New(t)
	limits, ctx, l := lawLimits(t, d), context.Background(), Limit{"used", time.Minute, 4}
	for n := range 4 {
		if used := must(limits.Used(ctx, l, "a"))(t); used != float64(n)/4 {
			t.Errorf("after %d: %v", n, used)
		}
		must(limits.Take(ctx, l, "a"))(t)
	}
	clock.Advance(time.Hour)
	if used := must(limits.Used(ctx, l, "a"))(t); used != 0 {
		t.Errorf("an hour later: %v", used)
	}
}

// Whoever asks cannot be told 0 by a database that does not answer: the gate
// is to get harder then.
func TestUsedPassesOnAFault(t *testing.T) {
	d, _ := dbtest.New(t)
	ctx := context.Background()
	if err := d.Write(ctx, func(tx *db.Tx) error { _, err := tx.Exec(ctx, "DROP TABLE limits"); return err }); err != nil {
		t.Fatal(err)
	}
	if used, err := lawLimits(t, d).Used(ctx, Limit{"used", time.Minute, 4}, "a"); err == nil {
		t.Errorf("%v without an error", used)
	}
}

// The answer to one too many is the same for a number that is in the roster
// and for one that is not, and comes at the same try (EN-06, RL-08).
func TestLimitsAreTheSameForUnknownNumbers_EN06(t *testing.T) {
	x := newTest(t)
	x.employee(sitiNIP)
	tell := func(nip string) (tries int, last page) {
		b := x.browser()
		for tries = 1; ; tries++ {
			last = b.post("/pulihkan", url.Values{"nip": {nip}})
			if last.status == http.StatusTooManyRequests || tries > 100 {
				return tries, last
			}
		}
	}
	knownTries, known := tell(sitiNIP)
	unknownTries, unknown := tell("199408172022211003")
	if knownTries != unknownTries || knownTries != LimitResetNIP.Burst+1 {
		t.Errorf("known after %d tries, unknown after %d, want %d", knownTries, unknownTries, LimitResetNIP.Burst+1)
	}
	if known.lawText() != unknown.lawText() || known.status != unknown.status {
		t.Errorf("known: %s\nunknown: %s", known.text(), unknown.text())
	}
	for _, h := range []string{"Retry-After", "Content-Length", "Cache-Control", "Set-Cookie"} {
		if known.header.Get(h) != unknown.header.Get(h) {
			t.Errorf("%s: %q and %q", h, known.header.Get(h), unknown.header.Get(h))
		}
	}
	seconds := must(strconv.Atoi(known.header.Get("Retry-After")))(t)
	if want := int(LimitResetNIP.Every.Seconds()); seconds != want {
		t.Errorf("Retry-After %d, want %d", seconds, want)
	}
	x.clock.Advance(time.Duration(seconds) * time.Second)
	if p := x.browser().post("/pulihkan", url.Values{"nip": {sitiNIP}}); p.status == http.StatusTooManyRequests {
		t.Error("refused after the Retry-After")
	}
}

// The limit counts a network: IPv6 by /64, IPv4 by address (RL-01).
func TestNetworksAsLimitsCountThem_RL01(t *testing.T) {
	for remote, want := range map[string][2]string{
		"203.0.113.7:80":            {"203.0.113.7/32", "203.0.113.0/24"},
		"[2001:db8:1:2:3:4:5:6]:80": {"2001:db8:1:2::/64", "2001:db8:1::/48"},
		"[::ffff:203.0.113.7]:80":   {"203.0.113.7/32", "203.0.113.0/24"},
		"[fe80::1%eth0]:80":         {"fe80::/64", "fe80::/48"},
		"@":                         {"?", "?"},
	} {
		x := lawBare()
		r := lawRequest(http.MethodGet, "/")
		r.RemoteAddr = remote
		c := x.echo.NewContext(r, nil)
		if got := limitNetwork(c); got != want[0] {
			t.Errorf("%s is limited as %s", remote, got)
		}
		if got := x.network(c); got != want[1] {
			t.Errorf("%s is kept as %s", remote, got)
		}
	}
}

func lawPrefixes(list ...string) (out []netip.Prefix) {
	for _, p := range list {
		out = append(out, netip.MustParsePrefix(p))
	}
	return out
}
