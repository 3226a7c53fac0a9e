package app

import (
	"net/http"
	"net/url"
	"slices"
	"strings"
	"testing"
	"time"
)

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
