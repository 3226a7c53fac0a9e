package app

import (
	"net/http"
	"net/url"
	"slices"
	"strings"
	"testing"
	"time"

	"pulih/db"
	"pulih/db/dbtest"
	"pulih/guide"
	"pulih/secret"
)

// The cookie is the only key to a walk: nobody writes into another browser's.
func TestNobodyWritesIntoAnothersWalk(t *testing.T) {
	x := newTest(t)
	mine, thief := x.browser(), x.browser()
	mine.answer(stepClock, "belum")
	id := lawRows(t, x.DB, `SELECT id FROM walks`, func(v []any) string { return v[0].(string) })[0]
	before := lawDump(t, x.DB, "walks", "walk_outcomes")
	for _, forged := range []string{"", "x", id, strings.Repeat("A", 43), "' OR ''='"} {
		thief.lawCookie(cookieWalk, secret.Token(forged))
		thief.answer("/bantuan/otp-tidak-valid/kode-baru", "berhasil")
		thief.post("/bantuan/pendamping", url.Values{"pendamping": {"ya"}})
	}
	for _, row := range before {
		if !slices.Contains(lawDump(t, x.DB, "walks", "walk_outcomes"), row) {
			t.Errorf("changed: %q", row)
		}
	}
	if p := x.browser().get("/tiket/baru"); strings.Contains(p.text(), "Ikut terkirim") {
		t.Error("a stranger sees the walk")
	}
}

// Rows of a walk name no person and no network, and the log does not tie it
// to either.
func TestAWalkNamesNobody(t *testing.T) {
	x := newTest(t)
	b := x.browser()
	b.answer(stepClock, "belum")
	b.post(stepClock+"/jam", nil)
	for _, row := range append(lawDump(t, x.DB, "walks", "walk_outcomes"), walkEvents(t, x)...) {
		if strings.Contains(row, "127.0.0") || strings.Contains(row, sitiNIP) {
			t.Errorf("%q", row)
		}
	}
	id := lawRows(t, x.DB, `SELECT id FROM walks`, func(v []any) string { return v[0].(string) })[0]
	for _, row := range lawDump(t, x.DB, "audit_events") {
		if strings.Contains(row, id) {
			t.Errorf("the log names the walk: %q", row)
		}
	}
}

func walkEvents(t *testing.T, x *test) []string {
	events := slices.DeleteFunc(lawDump(t, x.DB, "audit_events"), func(row string) bool { return !strings.Contains(row, "\x1fwalk.") })
	if len(events) < 2 {
		t.Fatalf("%d events of walks", len(events))
	}
	return events
}

// A walk ends 72 hours after its last step, and a reset that was finished in
// its browser solves it.
func TestAResetInThisBrowserSolvesTheWalk(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB, clock *dbtest.Clock) {
		x := newTestOn(t, d, clock)
		e := x.employee(sitiNIP)
		b, other := x.browser(), x.browser()
		b.answer(stepClock, "belum")
		other.answer(stepClock, "belum")
		wait := b.askCode(sitiNIP, string(e.Email))
		code, _, _ := x.codeMail(e)
		b.follow(b.submit(b.follow(b.submit(wait, "kode", code)), "sandi", newPassword)).mustSay(t, http.StatusOK, "Kata sandi baru tersimpan")
		if n := x.countRows(`SELECT count(*) FROM walks WHERE solved_by = 'reset'`); n != 1 {
			t.Errorf("%d walks solved", n)
		}
		if n := x.countRows(`SELECT count(*) FROM audit_events WHERE action = 'walk.answer' AND result = 'reset'`); n != 1 {
			t.Errorf("%d events tell of it", n)
		}
		x.clock.Advance(guide.WalkLife + time.Minute)
		if err := x.Guide.CountEnded(t.Context()); err != nil {
			t.Fatal(err)
		}
		s := must(x.Guide.SelfService(t.Context(), 0, x.DB.Now()))(t)
		if s.Walks[guide.Deflected] != 1 || s.Walks[guide.Contained] != 1 || s.Walks.Decided() != 2 {
			t.Errorf("%+v", s)
		}
		b.answer(stepClock, "belum")
		if n := x.countRows(`SELECT count(*) FROM walks`); n != 3 {
			t.Errorf("%d walks: an old one went on", n)
		}
	})
}

func TestTheHelpersWordsAreSwitched(t *testing.T) {
	x := newTest(t)
	b := x.browser()
	b.follow(b.post("/bantuan/pendamping", url.Values{"pendamping": {"ya"}})).mustSay(t, http.StatusOK, "Kata sandi dan kode jangan diucapkan")
	b.get(stepClock).mustSay(t, http.StatusOK, "Biarkan pemilik akun mengetik sendiri")
	b.post("/bantuan/pendamping", url.Values{"pendamping": {"tidak"}})
	if strings.Contains(b.get(stepClock).text(), "Biarkan pemilik akun") {
		t.Error("still on")
	}
}

// Only a way that ends well solves the walk, and says that a step did it.
func TestAStepSolvesTheWalk(t *testing.T) {
	x := newTest(t)
	b := x.browser()
	solved := func() int {
		return x.countRows(`SELECT count(*) FROM walks WHERE solved_by = 'langkah' AND solved_at > 0`)
	}
	at, step := x.solvingStep()
	for _, outcome := range []string{"belum", "tidak-bisa", "petugas"} {
		if b.answer(stepAddress(at), outcome); solved() != 0 {
			t.Errorf("%s solved it", outcome)
		}
	}
	if p := b.answer(stepAddress(at), "berhasil"); p.header.Get("Location") != solvedAddress || solved() != 1 {
		t.Errorf("%s, answered %q: to %q, %d solved", step.Key, step.Says.Worked, p.header.Get("Location"), solved())
	}
}

// solvingStep ends well when it worked, and only then.
func (x *test) solvingStep() (guide.Place, guide.Step) {
	x.t.Helper()
	for _, s := range x.Catalogue.Symptoms() {
		for _, step := range s.Steps {
			if step.Worked == guide.Solved && step.Failed != guide.Solved && step.Cannot != guide.Solved {
				return guide.Place{Symptom: s.Key, Step: step.Key}, step
			}
		}
	}
	x.t.Fatal("no step ends well")
	return guide.Place{}, guide.Step{}
}
