package app

import (
	"errors"
	"fmt"
	"net/http"
	"net/url"
	"strings"
	"testing"
	"time"

	"github.com/labstack/echo/v4"

	"pulih/accounts"
	"pulih/db"
)

// lawBroken installs pages that fail in every way there is.
func (x *test) lawBroken() {
	const inside = "rahasia-di-dalam"
	for path, handle := range map[string]echo.HandlerFunc{
		"/rusak/galat":   func(echo.Context) error { return errors.New(inside) },
		"/rusak/panik":   func(echo.Context) error { panic(inside) },
		"/rusak/500":     func(echo.Context) error { return echo.NewHTTPError(500, inside) },
		"/rusak/404":     func(echo.Context) error { return fmt.Errorf(inside+": %w", echo.ErrNotFound) },
		"/rusak/basis":   func(echo.Context) error { return fmt.Errorf(inside+": %w", db.ErrNotFound) },
		"/rusak/sibuk":   func(echo.Context) error { return fmt.Errorf(inside+": %w", accounts.ErrBusy) },
		"/rusak/banyak":  func(echo.Context) error { return fmt.Errorf(inside+": %w", &TooMany{Wait: 90*time.Second + 1}) },
		"/rusak/teks":    func(echo.Context) error { return echo.NewHTTPError(http.StatusTeapot, inside) },
		"/rusak/pantul":  func(echo.Context) error { return redirect{"/masuk"} },
		"/rusak/selesai": func(c echo.Context) error { _ = c.String(200, "selesai"); return errors.New(inside) },
	} {
		x.echo.GET(path, handle)
		x.echo.HEAD(path, handle)
	}
}

// Errors carry the same headers as pages, tell nothing of the inside, and a
// fault has a number that stands in the log too (HD-06).
func TestErrorsAreAnsweredLikePages_HD06(t *testing.T) {
	x := newTest(t)
	x.lawBroken()
	b := x.browser()
	for path, want := range map[string]int{"/rusak/galat": 500, "/rusak/panik": 500, "/rusak/500": 500, "/rusak/404": 404, "/rusak/basis": 404,
		"/rusak/sibuk": 503, "/rusak/banyak": 429, "/rusak/teks": 418, "/rusak/pantul": 303, "/rusak/selesai": 200, "/tidak/ada": 404, "/static/tidak-ada": 404} {
		p := b.get(path)
		if p.status != want {
			t.Errorf("%s: %d, want %d", path, p.status, want)
		}
		lawCheckHeaders(t, path, p)
		if want >= 400 && !strings.HasPrefix(path, "/static/") {
			lawCheckHTML(t, path, p)
			if !strings.HasPrefix(p.header.Get("Content-Type"), "text/html") {
				t.Errorf("%s is %s", path, p.header.Get("Content-Type"))
			}
		}
		if strings.Contains(p.body, "rahasia") || strings.Contains(p.body, "goroutine") {
			t.Errorf("%s tells of the inside", path)
		}
		if want == 500 && (!strings.Contains(p.body, p.header.Get("X-Request-ID")) || !strings.Contains(x.log.String(), p.header.Get("X-Request-ID"))) {
			t.Errorf("%s: its number is not on the page or not in the log", path)
		}
		if head := b.lawOpen(http.MethodHead, path, ""); head.status != want || head.body != "" {
			t.Errorf("HEAD %s: %d, %d bytes", path, head.status, len(head.body))
		}
	}
	for path, want := range map[string]string{"/rusak/banyak": "91", "/rusak/sibuk": "5"} {
		if got := b.get(path).header.Get("Retry-After"); got != want {
			t.Errorf("%s: Retry-After %q, want %s", path, got, want)
		}
	}
}

// Every kind of refusal, by the way it really comes about.
func TestRefusalsAreAnsweredLikePages_HD01(t *testing.T) {
	x := newTest(t)
	b := x.browser()
	x.exec(`DELETE FROM limits`)
	evil := x.browser()
	evil.client.Transport = lawHeaders{x.cert, http.Header{"Sec-Fetch-Site": {"cross-site"}}}
	agent := x.lawEnter(x.lawActors()[5])
	for range LimitFollow.Burst {
		b.post("/tiket", url.Values{"nomor": {"PUL-0000-0000"}, "kunci": {"0"}})
	}
	for what, c := range map[string]struct {
		p    page
		want int
	}{
		"a damaged form":    {b.post("/pulihkan", url.Values{}), 400},
		"a foreign page":    {evil.post("/pulihkan", url.Values{"nip": {sitiNIP}}), 403},
		"another role":      {agent.get("/petugas/laporan"), 403},
		"no such page":      {b.get("/tidak-ada"), 404},
		"no such method":    {b.post("/", url.Values{}), 405},
		"a step too early":  {b.post("/pulihkan/kode", url.Values{"kode": {"7K3M9QXD"}}), 409},
		"a body too large":  {b.post("/pulihkan", url.Values{"nip": {strings.Repeat("1", 300<<10)}}), 413},
		"a mistake":         {b.post("/pulihkan", url.Values{"nip": {"1"}}), 422},
		"too many":          {b.post("/tiket", url.Values{"nomor": {"PUL-0000-0000"}, "kunci": {"0"}}), 429},
		"not a text":        {b.get("/tiket/%ff"), 404},
		"a header too long": {b.get("/" + strings.Repeat("a", 8000)), 404},
	} {
		if c.p.status != c.want {
			t.Errorf("%s: %d, want %d", what, c.p.status, c.want)
		}
		lawCheckHeaders(t, what, c.p)
		lawCheckHTML(t, what, c.p)
		if c.want == 429 && c.p.header.Get("Retry-After") == "" {
			t.Errorf("%s: no Retry-After", what)
		}
	}
	r := x.lawAt(http.MethodGet, "/")
	r.Host = "evil.test"
	misdirected := x.lawServe(r, "203.0.113.9:1")
	body := must(readAll(misdirected))(t)
	if misdirected.Header.Get("Content-Security-Policy") == "" || strings.Contains(body, "evil.test") {
		t.Error("421 is answered without a policy, or echoes the name")
	}
}

// HSTS is said over https only: by our own TLS, or where a listed proxy says
// so (HD-02).
func TestHSTSOverHTTPSOnly_HD02(t *testing.T) {
	x := newTest(t)
	x.TrustedProxies = lawPrefixes("203.0.113.5/32")
	x.App = New(x.stop, x.App)
	for name, c := range map[string]struct {
		peer, proto string
		want        bool
	}{
		"plain":                      {"198.51.100.9:1", "", false},
		"plain, on this machine":     {"127.0.0.1:1", "", false},
		"a stranger says https":      {"198.51.100.9:1", "https", false},
		"a private stranger says so": {"10.0.0.9:1", "https", false},
		"a program here says so":     {"127.0.0.1:1", "https", false},
		"our proxy says https":       {"203.0.113.5:1", "https", true},
		"our proxy says http":        {"203.0.113.5:1", "http", false},
		"our proxy says nonsense":    {"203.0.113.5:1", "gopher", false},
		"our proxy says nothing":     {"203.0.113.5:1", "", false},
	} {
		r := x.lawAt(http.MethodGet, "/")
		if c.proto != "" {
			r.Header.Set("X-Forwarded-Proto", c.proto)
		}
		got := x.lawServe(r, c.peer)
		if (got.Header.Get("Strict-Transport-Security") != "") != c.want || got.StatusCode != http.StatusOK {
			t.Errorf("%s: HSTS %q, %d", name, got.Header.Get("Strict-Transport-Security"), got.StatusCode)
		}
	}
}

// Static files may be kept for a year, because another content has another
// name; nothing else may be kept.
func TestOnlyStaticFilesAreKept_HD03(t *testing.T) {
	x := newTest(t)
	p := x.browser().get(x.Assets.URL("pulih.css"))
	if got := p.header.Get("Cache-Control"); p.status != 200 || got != "public, max-age=31536000, immutable" {
		t.Errorf("%d %q", p.status, got)
	}
	lawCheckHeaders(t, "the stylesheet", p)
	for _, path := range []string{"/static/pulih.css", "/static/../app.go", "/static/%2e%2e/go.mod", "/static/"} {
		if p := x.browser().get(path); p.status != http.StatusNotFound || p.header.Get("Cache-Control") != "no-store" {
			t.Errorf("%s: %d %q", path, p.status, p.header.Get("Cache-Control"))
		}
	}
}
