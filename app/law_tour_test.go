package app

import (
	"net/http"
	"net/url"
	"regexp"
	"slices"
	"strings"
	"sync"
	"testing"

	"github.com/PuerkitoBio/goquery"
	"github.com/labstack/echo/v4"

	"pulih/accounts"
	"pulih/guide"
	"pulih/otp"
	"pulih/secret"
)

// lawTour is an agency in which every flow is under way, with the browsers
// that stand in them.
type lawTour struct {
	*test
	browsers map[string]*browser
	params   map[string]map[string]string // by path, what its parameters are
	paths    map[string]string            // addresses that need a query
	employee employee
	alone    employee   // whose wait is running
	fresh    otp.Secret // of the enrolment under way
	pass     string
	number   string
	cookies  *lawCookies
}

// lawCookies are all that was set on the way, with who set it.
type lawCookies struct {
	mu  sync.Mutex
	set map[string]string
}

func (l *lawCookies) listen(next echo.HandlerFunc) echo.HandlerFunc {
	return func(c echo.Context) error {
		c.Response().Before(func() {
			l.mu.Lock()
			defer l.mu.Unlock()
			for _, cookie := range c.Response().Header().Values("Set-Cookie") {
				l.set[cookie] = c.Request().Method + " " + c.Path()
			}
		})
		return next(c)
	}
}

func newLawTour(t *testing.T) *lawTour { return newTest(t).lawTour() }

func (x *test) lawTour() *lawTour {
	l := &lawTour{test: x, browsers: map[string]*browser{"nobody": x.browser()}, params: map[string]map[string]string{}, paths: map[string]string{}}
	l.cookies = &lawCookies{set: map[string]string{}}
	x.echo.Use(l.cookies.listen)
	l.walkTicket()
	l.walkReset()
	l.walkAlone()
	l.walkFlows()
	l.walkPractice()
	l.walkHelp()
	l.walkStaff()
	x.Demo, x.Box, x.Phones = true, x.box, lawPhones{}
	x.exec(`DELETE FROM limits`)
	x.lawExec(`UPDATE sessions SET seen_at = $1`, x.DB.Now())
	x.lawQuiet()
	letter := x.browser().get("/demo/kotak-surat").Find(`a[href^="/demo/kotak-surat/"]`).First().AttrOr("href", "")
	l.param("/demo/kotak-surat/:id", "id", letter[strings.LastIndex(letter, "/")+1:])
	l.param("/static/:name", "name", strings.TrimPrefix(x.Assets.URL("pulih.css"), "/static/"))
	return l
}

func (l *lawTour) param(path, name, value string) {
	if value == "" {
		l.t.Fatalf("nothing for %s of %s", name, path)
	}
	l.params[path] = map[string]string{name: value}
}

func (l *lawTour) walkTicket() {
	f, e := l.ready()
	l.employee, l.number, l.pass = e, f.number, f.pass()
	l.fresh = f.opened(l.pass).newSecret()
	l.browsers["a receipt's holder, enrolling"] = f.browser
	open := l.filed("nip", "199408172022211003")
	l.browsers["another receipt's holder"] = open.browser
	saved := l.browser()
	saved.file("nip", "198812032024212015")
	l.browsers["who has just filed"] = saved
}

func (l *lawTour) walkReset() {
	e, other := l.test.employee(sitiNIP), l.test.employee("199001012015051003")
	sent, started, proven := l.browser(), l.browser(), l.browser()
	started.submit(started.get("/pulihkan"), "nip", sitiNIP)
	sent.askCode(sitiNIP, string(e.Email))
	_, link, disown := l.codeMail(e)
	wait := proven.askCode(string(other.NIP), string(other.Email))
	code, _, _ := l.codeMail(other)
	proven.follow(proven.submit(wait, "kode", code))
	signedIn := l.browser()
	signedIn.enter(sitiNIP, employeePassword, l.otp(e.device))
	l.walkAccount(atHome{signedIn, e})
	l.browsers["reset, begun"], l.browsers["reset, waiting"], l.browsers["reset, proven"], l.browsers["an ASN"] = started, sent, proven, signedIn
	l.param("/pulihkan/kode/:token", "token", link[strings.LastIndex(link, "/")+1:])
	l.param("/bukan-saya/:token", "token", disown[strings.LastIndex(disown, "/")+1:])
	l.param("/gerbang/:id", "id", started.get("/pulihkan/email").value("captcha_id")+".wav")
}

// walkFlows stands at each step of the other mailed codes.
func (l *lawTour) walkFlows() {
	for flow, nip := range map[string]string{"aktivasi": "199501012023211002", "buka-kunci": "199001012015051003"} {
		email := "p" + nip + "@contoh.test"
		if flow == "aktivasi" {
			l.newcomer(nip)
		}
		started, sent := l.browser(), l.browser()
		started.submit(started.get("/"+flow), "nip", nip)
		sent.askCodeAt("/"+flow, nip, email)
		link := resetInMail.FindString(l.mailTo(email, "/"+flow+"/kode/").Text)
		l.browsers[flow+", begun"], l.browsers[flow+", waiting"] = started, sent
		l.param("/"+flow+"/kode/:token", "token", link[strings.LastIndex(link, "/")+1:])
	}
	proven := l.browser()
	proven.proveActivation(string(l.newcomer("199501012023211001").NIP))
	l.browsers["aktivasi, proven"] = proven
}

// walkAccount adds one address and waits for the code of another.
func (l *lawTour) walkAccount(h atHome) {
	wait := h.follow(h.proves("/akun/email", "email", "satu@contoh.test"))
	code, _, _ := strings.Cut(l.mailTo("satu@contoh.test", "adalah kode Anda").Text, " ")
	home := h.follow(h.submit(wait, "kode", code))
	h.proves("/akun/email", "email", "dua@contoh.test")
	address := home.Find(`a[href^="/akun/email/"]`).First().AttrOr("href", "")
	l.param("/akun/email/:id", "id", strings.TrimPrefix(address, "/akun/email/"))
	l.param("/akun/autentikator/:id", "id", l.deviceOf(h.employee))
}

func (l *lawTour) walkPractice() {
	b := l.browser()
	l.browsers["practising"] = b
	b.practise()
	l.param("/cek-jam/:token", "token", strings.TrimPrefix(l.handOff(), "/cek-jam/"))
	l.paths["/cek-jam/hasil"] = b.post("/cek-jam/ukur", url.Values{"selisih": {"240000"}, "ragu": {"50"}}).header.Get("Location")
	l.paths["/petugas/laporan/daftar"] = "/petugas/laporan/daftar?angka=masuk&dari=2026-11-01&sampai=2026-12-31"
	enrolled := l.browser()
	enrolled.lawCookie(cookieShown, secret.Token(url.QueryEscape(shownDevice+":pass.HP baru")))
	l.browsers["who has just enrolled"] = enrolled
}

// lawPlace is a step of the troubleshooter.
var lawPlace = guide.Place{Symptom: "otp-tidak-valid", Step: "cek-jam"}

func (l *lawTour) walkHelp() {
	b := l.browser()
	l.browsers["who walks the troubleshooter"] = b
	b.post("/bantuan/pendamping", url.Values{"pendamping": {"ya"}})
	b.post(stepAddress(lawPlace), url.Values{"hasil": {"belum"}})
	b.post(stepAddress(lawPlace)+"/jam", nil)
	l.param("/bantuan/pilih/:pertanyaan", "pertanyaan", guide.First)
	for _, path := range []string{"/bantuan/:gejala", "/bantuan/:gejala/petugas", "/bantuan/:gejala/:langkah", "/bantuan/:gejala/:langkah/jam"} {
		l.params[path] = map[string]string{"gejala": lawPlace.Symptom, "langkah": lawPlace.Step}
	}
	for _, page := range l.Catalogue.Guide() {
		l.param("/panduan/:halaman", "halaman", page.Key)
	}
}

func (l *lawTour) walkStaff() {
	for i, role := range accounts.Roles {
		nip := []string{"197101012000011001", "197101022000011002", "197101032000011003", "197101042000011004"}[i]
		l.browsers[string(role)] = l.clerk(nip, "Petugas "+string(role), role).browser
	}
	setup := l.browser()
	setup.submit(setup.get("/petugas/aktivasi"), "kode", string(l.addStaff("197101052000011005", accounts.Agent)), "sandi", staffPassword)
	l.browsers["staff, setting up"] = setup
}

// path is a route's address with what it needs.
func (l *lawTour) path(r route) string {
	if path, ok := l.paths[r.Path]; ok {
		return path
	}
	if p, ok := l.params[r.Path]; ok {
		return lawPath(r.Path, p)
	}
	return lawPath(r.Path, map[string]string{"no": l.number})
}

// visit opens every page in every browser.
func (l *lawTour) visit(do func(r route, who string, p page)) {
	for _, r := range routes {
		if r.Method != get {
			continue
		}
		for who, b := range l.browsers {
			do(r, who, b.lawOpen(http.MethodGet, l.path(r), ""))
		}
	}
}

// Mail scanners, previews and the back button open pages: that changes
// nothing, with GET or HEAD, in any state of a flow (law 8, NO-04).
func TestOpeningAPageChangesNothing_law8(t *testing.T) {
	l := newLawTour(t)
	tables := lawWithout(lawTables(t, l.DB), "limits", "captchas", "audit_events", "audit_queue", "audit_seals")
	before, read := lawDump(t, l.DB, tables...), l.lawActions()
	for _, r := range routes {
		if r.Method != get {
			continue
		}
		for who, b := range l.browsers {
			l.exec(`DELETE FROM limits`)
			got, head := b.lawOpen(http.MethodGet, l.path(r), ""), b.lawOpen(http.MethodHead, l.path(r), "")
			if got.status != head.status || head.body != "" {
				t.Errorf("HEAD %s as %s: %d and %d bytes, GET %d", r.Path, who, head.status, len(head.body), got.status)
			}
		}
		if after := lawDump(t, l.DB, tables...); !slices.Equal(before, after) {
			lawSame(t, before, after, r.Path)
			before = after
		}
	}
	for action, n := range l.lawActions() {
		if n != read[action] && action != "ticket.read" && action != "report.read" && action != "flow.skip" {
			t.Errorf("opening pages logged %d × %s", n-read[action], action)
		}
	}
}

// lawActions counts the audit rows by action.
func (x *test) lawActions() map[string]int {
	counts := map[string]int{}
	for _, row := range lawDump(x.t, x.DB, "audit_events") {
		counts[strings.Split(row, "\x1f")[5]]++
	}
	return counts
}

// The tour would prove little if it met closed doors only.
func TestTheTourSeesEveryPage(t *testing.T) {
	l := newLawTour(t)
	seen := map[string]bool{"/petugas": true, "/pulihkan/kode/:token": true,
		"/pulihkan-mfa/kode/:token": true, "/pulihkan-mfa/lanjut/:token": true,
		"/aktivasi/kode/:token": true, "/buka-kunci/kode/:token": true} // all lead elsewhere
	l.visit(func(r route, _ string, p page) {
		l.exec(`DELETE FROM limits`)
		seen[r.Path] = seen[r.Path] || p.status == http.StatusOK
	})
	for _, r := range routes {
		if r.Method == get && !seen[r.Path] {
			t.Errorf("nobody sees %s", r.Path)
		}
	}
}

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
		cookiePractice, cookieWalk, cookieStaff, cookieBrowser, cookieSetup, cookieShown} {
		if !names[name] {
			t.Errorf("%s was never set", name)
		}
	}
	if len(names) != 13 {
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

var lawHandler = regexp.MustCompile(`(?i)^on`)

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
		lawCheckHeaders(t, what, p)
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

// Secrets stand in no address and no title (RC-13).
func TestTitlesHoldNoSecret_RC13(t *testing.T) {
	l := newLawTour(t)
	hidden := []string{l.number, l.pass, string(l.employee.NIP), string(l.employee.Email), sitiNIP}
	for _, p := range l.params {
		for name, value := range p {
			if !slices.Contains([]string{"gejala", "langkah", "pertanyaan", "halaman"}, name) { // words of the catalogue
				hidden = append(hidden, value)
			}
		}
	}
	l.visit(func(r route, who string, p page) {
		l.exec(`DELETE FROM limits`)
		if p.Document == nil || strings.HasPrefix(r.Guard.name, "staff:") {
			return
		}
		title, to := p.Find("title").Text(), p.header.Get("Location")
		for _, value := range hidden {
			at, _ := url.QueryUnescape(to)
			if strings.Contains(title, value) || strings.Contains(at, value) && value != l.number {
				t.Errorf("%s as %s: title %q, leads to %q", r.Path, who, title, to)
			}
		}
	})
}
