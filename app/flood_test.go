package app

import (
	"context"
	"fmt"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"pulih/db"
	"pulih/db/dbtest"
)

func TestAFloodIsUnlikeTheWeek_RL07(t *testing.T) {
	quiet, busy := tallies{50, 40, 8}, tallies{asked: 16_800, tried: 16_000, wrong: 1_600}
	for name, c := range map[string]struct {
		hour, before tallies
		want         bool
	}{
		"nothing":                           {tallies{}, tallies{}, false},
		"an office on its first day":        {tallies{99, 90, 15}, tallies{}, false},
		"a hundred where there were none":   {tallies{100, 0, 0}, tallies{}, true},
		"a hundred after a quiet week":      {tallies{100, 0, 0}, quiet, true},
		"five times a busy week's mean":     {tallies{500, 500, 50}, busy, false},
		"one more":                          {tallies{501, 500, 50}, busy, true},
		"guesses":                           {tallies{99, 400, 80}, busy, true},
		"guesses after a week without any":  {tallies{99, 100, 50}, tallies{}, true},
		"a few wrong more, by chance":       {tallies{99, 400, 55}, busy, false},
		"everybody wrong, but few":          {tallies{50, 99, 99}, quiet, false},
		"a week in which many were wrong":   {tallies{99, 200, 80}, tallies{9_000, 9_000, 3_600}, false},
		"fewer wrong than ever":             {tallies{99, 5_000, 10}, busy, false},
		"a few thousand, half a percent up": {tallies{499, 100_000, 11_000}, busy, true},
	} {
		if got := c.hour.floods(c.before); got != c.want {
			t.Errorf("%s: %v", name, got)
		}
	}
}

// lawHours puts what happened so many hours ago into the table.
func (x *test) lawHours(what string, ago, n int) {
	x.t.Helper()
	x.lawExec(`INSERT INTO hours (what, hour, n) VALUES ($1, $2, $3)`, what, hourOf(x.DB.Now()).Add(-time.Duration(ago)*time.Hour), n)
}

func (x *test) lawWatch() bool {
	x.t.Helper()
	if err := x.watchFlood(context.Background()); err != nil {
		x.t.Fatal(err)
	}
	return x.flood.Load()
}

// The alarm is a line in the log and a metric; everybody works more and the
// slow lane is longer, and nobody is refused. A restart forgets nothing, and
// the alarm ends with the flood.
func TestAFloodMakesItHarderAndRefusesNobody_RL07(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB, clock *dbtest.Clock) {
		x := newTestOn(t, d, clock)
		for ago := range 24 * 8 {
			x.lawHours(tallyAsked, 1+ago, 3)
		}
		if x.lawWatch() || x.lawVisitor().gate("a").Pow.Bits != powBits || x.laneWait(true) != slowLane {
			t.Fatal("a flood in a quiet week")
		}
		x.lawHours(tallyAsked, 0, floodLeast-1)
		e := x.employee(sitiNIP)
		x.browser().askOpen(sitiNIP, string(e.Email))
		if x.flood.Load() || !x.lawWatch() {
			t.Fatal("no flood at the hundredth request")
		}
		x.App = New(x.stop, x.App)
		x.flood.Store(false)
		if !x.lawWatch() {
			t.Error("a restart forgets the flood")
		}
		if bits := x.lawVisitor().gate("a").Pow.Bits; bits != powHardBits || x.laneWait(true) != slowLaneFlood || x.laneWait(false) != 0 {
			t.Errorf("%d bits, %s", bits, x.laneWait(true))
		}
		if p := x.browser().askOpen("199408172022211003", "b@contoh.test"); p.status != http.StatusSeeOther {
			t.Errorf("somebody is refused: %d", p.status)
		}
		if !strings.Contains(x.log.String(), "flood of reset requests") || !strings.Contains(x.metrics(), "pulih_flood 1") {
			t.Error("nobody is told")
		}
		clock.Advance(2 * time.Hour)
		if x.lawWatch() || !strings.Contains(x.metrics(), "pulih_flood 0") {
			t.Error("the alarm does not end")
		}
		clock.Advance(9 * 24 * time.Hour)
		if err := x.purge(context.Background()); err != nil || len(lawDump(t, d, "hours")) != 0 {
			t.Error("old hours are kept", err)
		}
	})
}

func (x *test) metrics() string {
	w := httptest.NewRecorder()
	x.Metrics.Handler().ServeHTTP(w, httptest.NewRequest(http.MethodGet, "/metrics", nil))
	return w.Body.String()
}

// Wrong codes are counted in all, whoever types them for whatever number.
func TestGuessesOfManyRaiseTheAlarm_RL07(t *testing.T) {
	x := lawProxied(t)
	x.employee(sitiNIP)
	for n := range 30 {
		b := x.lawFrom(fmt.Sprintf("198.51.%d.9", n))
		nip := sitiNIP
		if n%2 == 0 {
			nip = "199408172022211003"
		}
		b.askOpen(nip, "a@contoh.test")
		for range 4 {
			b.submit(b.get("/pulihkan/kode"), "kode", "ABCD-EFGH")
		}
	}
	if !x.lawWatch() {
		t.Error("120 wrong codes are no news")
	}
}
