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
)

func TestLargeBodiesAreRefused(t *testing.T) {
	x := newTest(t)
	x.Demo, x.Phones = true, lawPhones{}
	p := x.lawPoster()
	x.lawQuiet()
	tables := lawWithout(lawTables(t, x.DB), "limits", "captchas", "sessions")
	before := lawDump(t, x.DB, tables...)
	for _, r := range lawPosts() {
		form, _ := lawForm(t, r.Path)
		if r.Guard.name == "demo" {
			r.Guard = anyone
		}
		form.Set("isi", strings.Repeat("x", 300<<10))
		body := []byte(form.Encode())
		for _, chunked := range []bool{false, true} {
			if chunked && len(form) == 1 {
				continue // nothing reads the body
			}
			x.exec(`DELETE FROM limits`)
			if got := p.browser(r).lawRaw(p.path(r), lawURLEncoded, body, chunked); got.status != http.StatusRequestEntityTooLarge {
				t.Errorf("%s with 300 KiB, chunked %v: %d", r.Path, chunked, got.status)
			}
		}
	}
	lawSame(t, before, lawDump(t, x.DB, tables...), "large bodies")
}

// What surrounds a form is hostile too: addresses, queries, cookies and what
// a browser says of itself. Not UTF-8 and NUL are an error to PostgreSQL.
func TestHostileSurroundingsAreNoFault(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB, clock *dbtest.Clock) {
		x := newTestOn(t, d, clock)
		p := x.lawPoster()
		names := []string{"tampilan", "posisi", "nomor", "kunci", "dari", "sampai", "angka", "sejak", "tiket", "merek", "sandi", "kata-sandi", "v"}
		for _, evil := range []string{"\x00", "\xff\xfe", "a\r\nSet-Cookie: x=y", strings.Repeat("A", 4000), "' OR 1=1 --", "../../etc/passwd", "\u202e", "-1", "99999999999999999999"} {
			params := map[string]string{"no": evil, "token": evil, "id": evil, "bukti": evil, "name": evil}
			query := url.Values{}
			for _, n := range names {
				query.Set(n, evil)
			}
			for _, r := range routes {
				if r.Guard.name == "demo" {
					continue
				}
				x.exec(`DELETE FROM limits`)
				b := p.browser(r)
				b.client.Transport = lawHeaders{x.cert, http.Header{"User-Agent": {strings.NewReplacer("\x00", "\xff", "\r", "", "\n", "").Replace(evil)}}}
				form, _ := lawForm(t, r.Path)
				for _, path := range []string{p.path(r) + "?" + query.Encode(), lawPath(r.Path, params)} {
					if got := b.lawOpen(r.Method, path, form.Encode()); got.status >= 500 {
						t.Errorf("%s %s with %.20q: %d\n%s", r.Method, r.Path, evil, got.status, lastLines(x.log.String()))
					} else if slices.Contains(got.header.Values("Set-Cookie"), "x=y") {
						t.Errorf("%s: a header was split", r.Path)
					}
				}
			}
		}
	})
}

func lastLines(log string) string {
	return log[max(0, len(log)-600):]
}

// A cookie is what anybody may write.
func TestHostileCookiesAreNoFault(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB, clock *dbtest.Clock) {
		x := newTestOn(t, d, clock)
		number := x.filed().number
		cookies := []string{cookieGate, cookieReset, cookieLink, cookieWait, cookieAccount, cookieTicket, cookieEnrol, cookiePractice, cookieStaff, cookieBrowser, cookieSetup, cookieShown}
		for _, evil := range []string{"%00", "%ff", "\xff\xfe", number + ".%00", number + "." + strings.Repeat("0", 16), strings.Repeat("A", 4000), ".", "..", "pass." + number, "a.b.c"} {
			for _, r := range routes {
				x.exec(`DELETE FROM limits`)
				request := x.lawAt(r.Method, lawPath(r.Path, map[string]string{"no": number}))
				for _, name := range cookies {
					request.Header.Add("Cookie", name+"="+evil)
				}
				if got := x.lawServe(request, "127.0.0.1:1"); got.StatusCode >= 500 {
					t.Errorf("%s %s with cookies %.20q: %d\n%s", r.Method, r.Path, evil, got.StatusCode, lastLines(x.log.String()))
				}
			}
		}
	})
}

// A sign-in keeps what the browser calls itself, which may be anything.
func TestAStrangeBrowserSignsIn(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB, clock *dbtest.Clock) {
		x := newTestOn(t, d, clock)
		e := x.employee(sitiNIP)
		for _, agent := range []string{"Peramban \xff\xfe", strings.Repeat("é\xe2", 300), ""} {
			b := x.browser()
			b.client.Transport = lawHeaders{x.cert, http.Header{"User-Agent": {agent}}}
			b.follow(b.enter(sitiNIP, employeePassword, x.otp(e.device))).mustSay(t, http.StatusOK, "Siti Contoh")
			x.clock.Advance(30 * time.Second)
		}
	})
}
