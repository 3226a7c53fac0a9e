package app

import (
	"net/http"
	"net/url"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/PuerkitoBio/goquery"
)

// The policy is spelled here again, so that no change of it goes unseen.
var lawHeaderValues = map[string]string{
	"Content-Security-Policy": "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; " +
		"media-src 'self'; connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'",
	"X-Content-Type-Options":       "nosniff",
	"Referrer-Policy":              "same-origin",
	"Cross-Origin-Opener-Policy":   "same-origin",
	"Cross-Origin-Resource-Policy": "same-origin",
	"Strict-Transport-Security":    "max-age=31536000; includeSubDomains",
}

var lawHandler = regexp.MustCompile(`(?i)^on`)

// lawCheckHeaders looks at what every answer must carry (HD-01 to HD-03,
// SE-02).
func lawCheckHeaders(t *testing.T, what string, p page) {
	t.Helper()
	for name, want := range lawHeaderValues {
		if got := p.header.Values(name); len(got) != 1 || got[0] != want {
			t.Errorf("%s (%d): %s is %q", what, p.status, name, got)
		}
	}
	static := strings.HasPrefix(p.path, "/static/") && p.status == http.StatusOK
	if got := p.header.Get("Cache-Control"); got != "no-store" && !static {
		t.Errorf("%s (%d): Cache-Control is %q", what, p.status, got)
	}
	for _, name := range []string{"Server", "X-Powered-By"} {
		if got := p.header.Get(name); got != "" {
			t.Errorf("%s: %s is %q", what, name, got)
		}
	}
	for _, cookie := range p.header.Values("Set-Cookie") {
		lawCheckCookie(t, what, cookie)
	}
}

// Every cookie that any step of any flow sets (SE-02).
func TestEveryCookieIsOurOwn_SE02(t *testing.T) {
	l := newLawTour(t)
	names := map[string]bool{}
	for cookie, by := range l.cookies.set {
		lawCheckCookie(t, by, cookie)
		name, _, _ := strings.Cut(cookie, "=")
		names[name] = true
	}
	for _, name := range []string{cookieGate, cookieReset, cookieLink, cookieWait, cookieAccount, cookieTicket, cookieEnrol,
		cookiePractice, cookieWalk, cookieStaff, cookieBrowser, cookieSetup, cookieShown, cookieDraft} {
		if !names[name] {
			t.Errorf("%s was never set", name)
		}
	}
	if len(names) != 14 {
		t.Errorf("%d cookies: %v", len(names), names)
	}
}

func lawCheckCookie(t *testing.T, what, cookie string) {
	t.Helper()
	parts := strings.Split(cookie, "; ")
	for _, want := range []string{"Secure", "HttpOnly", "SameSite=Lax", "Path=/"} {
		if !slices.Contains(parts, want) {
			t.Errorf("%s: %s is not %s", what, parts[0], want)
		}
	}
	if !strings.HasPrefix(cookie, "__Host-") || strings.Contains(strings.ToLower(cookie), "domain=") {
		t.Errorf("%s: cookie %s", what, parts[0])
	}
}

// lawCheckHTML looks for what the policy would stop, and for what every page
// needs.
func lawCheckHTML(t *testing.T, what string, p page) {
	t.Helper()
	if !strings.HasPrefix(p.header.Get("Content-Type"), "text/html") || p.body == "" {
		return
	}
	if p.Find("html").AttrOr("lang", "") != "id" || p.Find("h1").Length() != 1 || strings.TrimSpace(p.Find("h1").Text()) == "" {
		t.Errorf("%s: lang %q, %d h1", what, p.Find("html").AttrOr("lang", ""), p.Find("h1").Length())
	}
	if n := p.Find("style, base, iframe, object, embed, script:not([src]), [style], [srcdoc], [formaction^='//'], meta[http-equiv]").Length(); n > 0 {
		t.Errorf("%s: %d elements that the policy stops", what, n)
	}
	p.Find("*").Each(func(_ int, s *goquery.Selection) {
		for _, a := range s.Nodes[0].Attr {
			if lawHandler.MatchString(a.Key) || strings.Contains(strings.ToLower(a.Val), "javascript:") {
				t.Errorf("%s: <%s %s=%q>", what, s.Nodes[0].Data, a.Key, a.Val)
			}
		}
	})
	p.Find("script[src], link[href], img[src], audio[src], source[src], form[action], use[href]").Each(func(_ int, s *goquery.Selection) {
		at := s.AttrOr("src", s.AttrOr("href", s.AttrOr("action", "")))
		if (!strings.HasPrefix(at, "/") || strings.HasPrefix(at, "//")) && !strings.HasPrefix(at, "data:image/") && at != "" {
			t.Errorf("%s: <%s> fetches from %s", what, s.Nodes[0].Data, at)
		}
	})
}

func TestHeadersAndMarkupOfEveryPage_HD01(t *testing.T) {
	l := newLawTour(t)
	pages := 0
	l.visit(func(r route, who string, p page) {
		l.exec(`DELETE FROM limits`)
		what := r.Path + " as " + who
		if !strings.HasSuffix(r.Path, "/isi") || p.status != http.StatusOK { // a file has a stricter policy: UP-03
			lawCheckHeaders(t, what, p)
		}
		if !isStream(r.Path) && p.status != http.StatusSeeOther {
			lawCheckHTML(t, what, p)
			pages++
		}
	})
	if pages < 200 {
		t.Errorf("saw %d pages", pages)
	}
}

// Staff never see a secret, a QR, a remote pass or a value of the record
// (law 11, ET-04, impostor 22).
func TestStaffPagesShowNoSecret_law11(t *testing.T) {
	l := newLawTour(t)
	hidden := map[string]string{
		"the new secret": l.fresh.Base32(), "the old secret": l.employee.device.Base32(), "the pass": strings.ReplaceAll(l.pass, "-", ""),
		"an address": string(l.employee.Email), "a whole number": string(l.employee.NIP), "an authenticator's link": "otpauth:", "a QR": "data:image/png",
	}
	l.visit(func(r route, who string, p page) {
		l.exec(`DELETE FROM limits`)
		if !strings.HasPrefix(r.Guard.name, "staff:") || p.status != http.StatusOK {
			return
		}
		flat := strings.ReplaceAll(p.body, "-", "")
		for name, value := range hidden {
			if strings.Contains(p.body, value) || strings.Contains(flat, value) {
				t.Errorf("%s shows %s to %s", r.Path, name, who)
			}
		}
	})
}

// Secrets stand in no address and no title (RC-13). The number of a request
// is none: its 80-bit key is. A number stands in no title either, and in an
// address only where that number was asked for.
func TestTitlesHoldNoSecret_RC13(t *testing.T) {
	l := newLawTour(t)
	secrets, numbers := l.lawSecrets()
	l.visit(func(r route, who string, p page) {
		l.exec(`DELETE FROM limits`)
		if p.Document == nil || strings.HasPrefix(r.Guard.name, "staff:") {
			return
		}
		title, to := p.Find("title").Text(), p.header.Get("Location")
		for _, value := range secrets {
			if lawHolds(title, value) || lawHolds(to, value) {
				t.Errorf("%s as %s: title %q, leads to %q", r.Path, who, title, to)
			}
		}
		for _, number := range numbers {
			if lawHolds(title, number) || lawHolds(to, number) && !strings.Contains(l.path(r), number) {
				t.Errorf("%s as %s: title %q, leads to %q, which is of another", r.Path, who, title, to)
			}
		}
	})
}

// lawSecrets are what no address may tell: what people are known by, each id
// and token of the tour, and what stands in the cookies, the keys of the
// receipts among them; and the numbers of the requests.
func (l *lawTour) lawSecrets() (secrets, numbers []string) {
	l.t.Helper()
	words := []string{"gejala", "langkah", "pertanyaan", "halaman", "bagian"} // of the catalogue
	secrets = []string{l.pass, string(l.employee.NIP), string(l.employee.Email), sitiNIP}
	for _, p := range l.params {
		for name, value := range p {
			if name != "no" && !slices.Contains(words, name) {
				secrets = append(secrets, value)
			}
		}
	}
	numbers = lawRows(l.t, l.DB, `SELECT number FROM tickets`, func(v []any) string { return v[0].(string) })
	keys := 0
	for set := range l.cookies.set {
		name, value, _ := strings.Cut(strings.Split(set, "; ")[0], "=")
		if number, key, ok := strings.Cut(value, "."); name == cookieTicket && ok && slices.Contains(numbers, number) {
			value, keys = key, keys+1
		}
		if len(value) >= 16 && name != cookieShown {
			secrets = append(secrets, value)
		}
	}
	if keys < 2 {
		l.t.Errorf("the tour holds %d keys of requests", keys)
	}
	return secrets, numbers
}

// lawHolds looks for a value however it is grouped.
func lawHolds(text, value string) bool {
	plain, _ := url.QueryUnescape(text)
	return strings.Contains(lawFlat.Replace(plain), lawFlat.Replace(value))
}

var lawFlat = strings.NewReplacer("-", "", " ", "")
