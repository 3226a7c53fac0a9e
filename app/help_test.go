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

const (
	symptomOTP = "otp-tidak-valid"
	stepClock  = "/bantuan/otp-tidak-valid/cek-jam"
)

func (b *browser) answer(step, outcome string) page {
	b.x.t.Helper()
	return b.post(step, url.Values{"hasil": {outcome}})
}

// Every step of every symptom goes on, whatever is answered, without a
// script, and never to an address that is not there.
func TestEveryAnswerOfEveryStepLeadsOn(t *testing.T) {
	x := newTest(t)
	b := x.clockBrowser(onPhone)
	for _, s := range x.Catalogue.Symptoms() {
		b.get(symptomAddress(s.Key)).mustSay(t, http.StatusOK, s.Title)
		b.get(handOverAddress(s.Key)).mustSay(t, http.StatusOK, "Isi formulir permohonan")
		for _, step := range s.Steps {
			at := stepAddress(guide.Place{Symptom: s.Key, Step: step.Key})
			if p := b.get(at); p.status != http.StatusOK || p.Find(`button[name="hasil"]`).Length() != 4 {
				t.Fatalf("%s: %d, %d answers", at, p.status, p.Find(`button[name="hasil"]`).Length())
			}
			for _, outcome := range []string{"berhasil", "belum", "tidak-bisa", "petugas"} {
				x.exec(`DELETE FROM limits`)
				if p := b.follow(b.answer(at, outcome)); p.status != http.StatusOK {
					t.Errorf("%s, %s leads to %s: %d", at, outcome, p.path, p.status)
				}
			}
		}
	}
}

func TestEveryQuestionOpens(t *testing.T) {
	x := newTest(t)
	b := x.browser()
	open, seen := []string{"/bantuan"}, map[string]bool{}
	for len(open) > 0 {
		at := open[0]
		if open = open[1:]; seen[at] {
			continue
		}
		seen[at] = true
		p := b.get(at)
		if p.status != http.StatusOK {
			t.Fatalf("%s: %d", at, p.status)
		}
		if strings.HasPrefix(at, "/bantuan/") && !strings.HasPrefix(at, "/bantuan/pilih/") {
			continue
		}
		for _, link := range p.Find("main .choices a").EachIter() {
			open = append(open, link.AttrOr("href", ""))
		}
	}
	for _, s := range x.Catalogue.Symptoms() {
		if !seen[symptomAddress(s.Key)] {
			t.Errorf("no question leads to %s", s.Key)
		}
	}
}

// No key of the catalogue takes the address of a page of ours.
func TestNoKeyHidesAPage(t *testing.T) {
	x := newTest(t)
	for _, s := range x.Catalogue.Symptoms() {
		if slices.Contains([]string{"pilih", "pendamping", "selesai", "ulang"}, s.Key) {
			t.Errorf("symptom %q", s.Key)
		}
		for _, page := range []string{"petugas", "cetak"} {
			if _, taken := s.Step(page); taken {
				t.Errorf("a step of %s is called %s", s.Key, page)
			}
		}
	}
}

func TestForgedKeysAreNotThere(t *testing.T) {
	x := newTest(t)
	b := x.browser()
	for _, at := range []string{
		"/bantuan/tidak-ada", "/bantuan/tidak-ada/petugas", "/bantuan/tidak-ada/cek-jam", "/bantuan/otp-tidak-valid/tidak-ada",
		"/bantuan/otp-tidak-valid/cek-jam/lagi", "/bantuan/pilih/tidak-ada", "/panduan/tidak-ada", "/bantuan/otp-tidak-valid%2fcek-jam",
		"/bantuan/..%2f..%2fetc", "/bantuan/" + strings.Repeat("a", 4000), "/bantuan/%27%20OR%201=1", "/bantuan/%3Cscript%3E",
	} {
		if p := b.get(at); p.status != http.StatusNotFound || strings.Contains(p.body, "<script>") {
			t.Errorf("GET %.60s: %d", at, p.status)
		}
	}
	for _, at := range []string{"/bantuan/tidak-ada/cek-jam", "/bantuan/otp-tidak-valid/tidak-ada", "/bantuan/otp-tidak-valid/tidak-ada/jam"} {
		if p := b.answer(at, "belum"); p.status != http.StatusNotFound {
			t.Errorf("POST %s: %d", at, p.status)
		}
	}
	if p := b.answer(stepClock, "apa saja"); p.status != http.StatusBadRequest {
		t.Errorf("a forged outcome: %d", p.status)
	}
	if n := x.countRows(`SELECT count(*) FROM walks`); n != 0 {
		t.Errorf("%d walks began", n)
	}
}

func TestReadingBeginsNoWalk_law8(t *testing.T) {
	x := newTest(t)
	b := x.browser()
	for _, at := range []string{"/", "/bantuan", "/bantuan/pendamping", "/bantuan/selesai", stepClock, "/bantuan/otp-tidak-valid", "/tiket/baru?gejala=otp-tidak-valid", "/panduan", "/cek-jam"} {
		if p := b.get(at); p.status != http.StatusOK || strings.Contains(strings.Join(p.header.Values("Set-Cookie"), " "), cookieWalk) {
			t.Errorf("%s: %d, cookies %v", at, p.status, p.header.Values("Set-Cookie"))
		}
	}
	if n := x.countRows(`SELECT count(*) FROM walks`); n != 0 {
		t.Errorf("%d walks began", n)
	}
}

// A pasted message stands in no address, in no row and in no log.
func TestAPastedMessageIsNotKept(t *testing.T) {
	x := newTest(t)
	b := x.browser()
	const typed = "Invalid authenticator code. NIP 198609262015052001 rahasia-sekali"
	p := b.post("/bantuan", url.Values{"pesan": {typed}})
	p.mustSay(t, http.StatusOK, "Kode OTP ditolak")
	if to := p.Find("body").AttrOr("data-address", ""); to != "/bantuan" {
		t.Errorf("it stands for %q", to)
	}
	for _, row := range lawDump(t, x.DB, lawTables(t, x.DB)...) {
		if strings.Contains(row, "rahasia-sekali") || strings.Contains(row, "198609262015052001") {
			t.Errorf("kept: %.200q", row)
		}
	}
	if strings.Contains(x.log.String(), "rahasia-sekali") {
		t.Error("logged")
	}
}

func TestHostilePastedTextIsHarmless(t *testing.T) {
	x := newTest(t)
	b := x.browser()
	for _, typed := range []string{
		`<script>alert(1)</script>`, `"><img src=x onerror=alert(1)>`, `</textarea><script>alert(1)</script>`, "{{.}} ${7*7} <%= 7 %>",
		"\u202e\u2066gnilaer", strings.Repeat("ü", mostTyped), strings.Repeat("a ", mostTyped/2), strings.Repeat("(", mostTyped), "javascript:alert(1)", "'; DROP TABLE walks; --",
	} {
		x.exec(`DELETE FROM limits`)
		p := b.post("/bantuan", url.Values{"pesan": {typed}})
		if p.status != http.StatusOK || p.Find("main script, main img").Length() > 0 {
			t.Errorf("%.40q: %d", typed, p.status)
		}
	}
	if p := b.post("/bantuan", url.Values{"pesan": {strings.Repeat("a", mostTyped+1)}}); p.status != http.StatusUnprocessableEntity {
		t.Errorf("too long: %d", p.status)
	}
	if p := b.post("/bantuan", url.Values{"pesan": {" "}}); p.status != http.StatusUnprocessableEntity {
		t.Errorf("nothing: %d", p.status)
	}
}

// Matching is work for anybody: it has a limit, and the longest text is
// answered in no time. Ways are begun within another; one that has begun is
// nobody's neighbour's to shut.
func TestMatchingIsLimited(t *testing.T) {
	x := newTest(t)
	b := x.browser()
	begun := time.Now()
	b.post("/bantuan", url.Values{"pesan": {strings.Repeat("invalid authenticator kode otp ", 64)}})
	if took := time.Since(begun); took > 2*time.Second {
		t.Errorf("took %s", took)
	}
	paste := func() int { return b.post("/bantuan", url.Values{"pesan": {"kode ditolak"}}).status }
	for n := 1; n < LimitPaste.Burst; n++ {
		if status := paste(); status != http.StatusOK {
			t.Fatalf("no. %d: %d", n+1, status)
		}
	}
	if status := paste(); status != http.StatusTooManyRequests {
		t.Errorf("no limit: %d", status)
	}
	neighbour := x.browser()
	neighbour.answer(stepClock, "belum")
	for range LimitHelp.Burst - 1 {
		x.browser().answer(stepClock, "belum")
	}
	for path, form := range map[string]url.Values{
		"/bantuan/pendamping": {"pendamping": {"ya"}}, stepClock: {"hasil": {"belum"}}, stepClock + "/jam": nil,
	} {
		if p := x.browser().post(path, form); p.status != http.StatusTooManyRequests {
			t.Errorf("%s begins a walk without a limit: %d", path, p.status)
		}
	}
	for n := range LimitWalk.Burst {
		if p := neighbour.answer(stepClock, "belum"); p.status != http.StatusSeeOther {
			t.Fatalf("the neighbour's answer no. %d: %d", n+1, p.status)
		}
	}
	if p := neighbour.answer(stepClock, "belum"); p.status != http.StatusTooManyRequests {
		t.Errorf("a walk has no limit: %d", p.status)
	}
}

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
		tally := must(x.Guide.Deflection(t.Context(), 0, x.DB.Now()))(t)
		if tally[guide.Deflected] != 1 || tally[guide.Contained] != 1 || tally.Decided() != 2 {
			t.Errorf("%v", tally)
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

// A step that waits names the hour, half an hour from now (domain.md §1.6 no. 2).
func TestAWaitingStepNamesTheHour(t *testing.T) {
	x := newTest(t) // 10.00 WITA
	for _, s := range x.Catalogue.Symptoms() {
		for _, step := range s.Steps {
			if step.Tool == guide.WaitTool {
				x.browser().get(stepAddress(guide.Place{Symptom: s.Key, Step: step.Key})).mustSay(t, http.StatusOK, "Sekarang 10.00 WITA. Coba lagi setelah 10.30 WITA")
				return
			}
		}
	}
	t.Error("no step waits")
}

// A computer shows a code that opens the step on the phone.
func TestAStepGoesOnOnThePhone(t *testing.T) {
	x := newTest(t)
	for agent, want := range map[string]int{onComputer: 1, onPhone: 0} {
		p := x.clockBrowser(agent).get(stepClock)
		if n := p.Find(`img[alt^="Kode QR alamat"]`).Length(); n != want || p.Find("#alamat").Text() != x.BaseURL.JoinPath(stepClock).String() {
			t.Errorf("%s: %d codes, address %q", agent, n, p.Find("#alamat").Text())
		}
	}
}
