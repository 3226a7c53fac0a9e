package app

import (
	"context"
	"fmt"
	"net/http"
	"net/url"
	"os"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/labstack/echo/v4"

	"pulih/accounts"
	"pulih/db"
	"pulih/secret"
	"pulih/views"
)

// The golden file shows every change of who may do what. UPDATE_GOLDEN=1
// writes it anew.
func TestRoutesAreGolden_law9(t *testing.T) {
	var b strings.Builder
	for _, r := range routes {
		fmt.Fprintf(&b, "%-4s %-48s %s\n", r.Method, r.Path, r.Guard.name)
	}
	const file = "testdata/routes.golden"
	if os.Getenv("UPDATE_GOLDEN") != "" {
		if err := os.WriteFile(file, []byte(b.String()), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	want := string(must(os.ReadFile(file))(t))
	if diff := cmp.Diff(strings.Split(want, "\n"), strings.Split(b.String(), "\n")); diff != "" {
		t.Errorf("routes changed; UPDATE_GOLDEN=1 writes the file anew:\n%s", diff)
	}
}

func TestOnlyTheTableHasRoutes_ST10(t *testing.T) {
	x := newTest(t)
	listed := map[string]bool{}
	for _, r := range routes {
		if r.Guard.name == "" || r.Guard.check == nil || r.Handle == nil || listed[r.Method+" "+r.Path] {
			t.Errorf("%s %s is there twice, or without guard or handler", r.Method, r.Path)
		}
		listed[r.Method+" "+r.Path] = true
	}
	for _, r := range x.echo.Routes() {
		method := strings.Replace(r.Method, http.MethodHead, http.MethodGet, 1)
		if r.Method != echo.RouteNotFound && !listed[method+" "+r.Path] {
			t.Errorf("%s %s is served and not in the table", r.Method, r.Path)
		}
	}
}

// lawActor is somebody who opens pages.
type lawActor struct {
	name   string
	kind   accounts.SessionKind // "" for nobody
	roles  []string
	owner  string
	cookie string
	token  secret.Token // fixed, where it is no session's
}

// lawHolder has the receipt of a request.
func lawHolder(f filed) lawActor {
	return lawActor{name: "a receipt's holder", cookie: cookieTicket, token: secret.Token(f.number + "." + f.key)}
}

// lawActors are nobody, an ASN, and one member of staff of each role.
func (x *test) lawActors() []lawActor {
	x.t.Helper()
	e := x.employee("199408172022211003")
	actors := []lawActor{{name: "nobody"}, {name: "an ASN", kind: accounts.AccountSession, owner: e.ID, cookie: cookieAccount}}
	for i, role := range accounts.Roles {
		o := x.officer(fmt.Sprintf("19700%d01200001100%d", i+1, i+1), role)
		actors = append(actors, lawActor{name: string(role), kind: accounts.StaffSession, roles: []string{string(role)}, owner: o.Staff.ID, cookie: cookieStaff})
	}
	return actors
}

// lawEnter is a browser in which the actor has just signed in.
func (x *test) lawEnter(who lawActor) *browser {
	x.t.Helper()
	b := x.browser()
	switch {
	case who.kind != "":
		b.lawCookie(who.cookie, x.lawSession(who))
	case who.cookie != "":
		b.lawCookie(who.cookie, who.token)
	}
	return b
}

func (x *test) lawSession(who lawActor) (token secret.Token) {
	x.t.Helper()
	err := x.DB.Write(context.Background(), func(tx *db.Tx) (err error) {
		token, err = x.Accounts.NewSession(context.Background(), tx,
			accounts.Session{Kind: who.kind, Owner: who.owner, Network: "127.0.0.0/24", Agent: "test"})
		return err
	})
	if err != nil {
		x.t.Fatal(err)
	}
	return token
}

func (b *browser) lawCookie(name string, value secret.Token) {
	at, _ := url.Parse(b.x.url)
	b.client.Jar.SetCookies(at, []*http.Cookie{{Name: name, Value: string(value), Path: "/", Secure: true}})
}

// lawOpen sends a request and reads the answer; of a stream only its head.
func (b *browser) lawOpen(method, path, form string) page {
	b.x.t.Helper()
	ctx, cancel := context.WithCancel(context.Background())
	defer cancel()
	r := must(http.NewRequestWithContext(ctx, method, b.x.url+path, strings.NewReader(form)))(b.x.t)
	if method == http.MethodPost {
		r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	}
	if at, _, _ := strings.Cut(path, "?"); !isStream(at) {
		return b.do(r)
	}
	answer := must(b.client.Do(r))(b.x.t)
	cancel()
	_ = answer.Body.Close()
	return page{status: answer.StatusCode, header: answer.Header, path: path}
}

// lawGuard is what a guard's name promises somebody: "" to let him in, or
// status and address.
func lawGuard(r route, who lawActor) string {
	name, roles, _ := strings.Cut(r.Guard.name, ":")
	if r.Path == "/tiket/:no" { // its handler asks, because a link may bring the key
		name = "receipt"
	}
	switch {
	case name == "anyone", name == "account" && who.kind == accounts.AccountSession:
		return ""
	case name == "account":
		return "303 /masuk"
	case name == "demo":
		return "404"
	case name == "receipt" && who.cookie == cookieTicket:
		return ""
	case name == "receipt":
		return "303 /tiket"
	case who.kind != accounts.StaffSession:
		return "303 /petugas/masuk"
	case slices.ContainsFunc(strings.Split(roles, ","), func(role string) bool { return slices.Contains(who.roles, role) }):
		return ""
	}
	return "403"
}

const lawNotAllowed = "Akun Anda tidak berwenang membuka halaman ini."

// lawAnswer is how an answer looks to lawGuard: "" when the page or a rule of
// the domain answered.
func lawAnswer(p page) string {
	to, _, asks := strings.Cut(p.header.Get("Location"), "?nomor=")
	switch {
	case p.status == http.StatusSeeOther && (to == "/masuk" || to == "/petugas/masuk" || asks) && len(p.header.Values("Set-Cookie")) == 0:
		return "303 " + to
	case p.status == http.StatusForbidden && (strings.Contains(p.body, lawNotAllowed) || p.path == streamPath):
		return "403"
	case p.status == http.StatusNotFound && strings.HasPrefix(p.path, "/demo/"):
		return "404"
	}
	return ""
}

// What the guard says is what happens, for every route and everybody, over
// real HTTP, with an empty form.
func TestEveryRouteAsEverybody_law9(t *testing.T) {
	x := newTest(t)
	f := x.filed()
	actors := append(x.lawActors(), lawHolder(f))
	params := map[string]string{"no": f.number}
	for _, r := range routes {
		for _, who := range actors {
			x.exec(`DELETE FROM limits`)
			p := x.lawEnter(who).lawOpen(r.Method, lawPath(r.Path, params), "")
			if got, want := lawAnswer(p), lawGuard(r, who); got != want {
				t.Errorf("%s %s as %s: %q (%d %s), want %q", r.Method, r.Path, who.name, got, p.status, p.header.Get("Location"), want)
			}
			if p.status >= http.StatusInternalServerError {
				t.Errorf("%s %s as %s: %d\n%s", r.Method, r.Path, who.name, p.status, x.log)
			}
		}
	}
}

// Whoever the guard turns away has changed nothing, whatever he posts.
func TestWhoIsTurnedAwayChangesNothing_law9(t *testing.T) {
	x := newTest(t)
	f := x.filed()
	actors := x.lawActors()
	params := map[string]string{"no": f.number}
	x.lawQuiet()
	tables := lawWithout(lawTables(t, x.DB), "sessions", "limits")
	before := lawDump(t, x.DB, tables...)
	for _, r := range routes {
		for _, who := range actors {
			if lawGuard(r, who) != "" {
				x.lawEnter(who).lawOpen(r.Method, lawPath(r.Path, params), lawAnyForm.Encode())
			}
		}
		if after := lawDump(t, x.DB, tables...); !slices.Equal(before, after) {
			lawSame(t, before, after, r.Method+" "+r.Path)
			before = after
		}
	}
}

// lawAnyForm has the usual fields.
var lawAnyForm = url.Values{"versi": {"1"}, "nip": {sitiNIP}, "sandi": {employeePassword}, "otp": {"123456"}, "kode": {"7K3M9QXD"}, "tampilan": {"belum-diambil"}}

// A session of one kind opens no page of the other.
func TestCookiesOfOneKindDoNotOpenTheOther_SE09(t *testing.T) {
	x := newTest(t)
	actors := x.lawActors()
	asn, agent := actors[1], actors[2]
	b := x.browser()
	b.lawCookie(cookieAccount, x.lawSession(agent))
	b.lawCookie(cookieStaff, x.lawSession(asn))
	for _, path := range []string{"/akun", "/petugas", "/petugas/antrean"} {
		want := map[bool]string{true: "303 /masuk", false: "303 /petugas/masuk"}[path == "/akun"]
		if got := lawAnswer(b.get(path)); got != want {
			t.Errorf("%s: %q", path, got)
		}
	}
	for _, forged := range []string{"", "x", strings.Repeat("A", 43), strings.Repeat("A", 5000), "' OR 1=1 --"} {
		b.lawCookie(cookieStaff, secret.Token(forged))
		if got := lawAnswer(b.get("/petugas")); got != "303 /petugas/masuk" {
			t.Errorf("cookie %.20q: %q", forged, got)
		}
	}
}

// Roles and the end of an account count from the next request on (ST-07).
func TestRolesAreReadEachTime_ST07(t *testing.T) {
	x := newTest(t)
	agent := x.lawActors()[2]
	b := x.lawEnter(agent)
	see := func(path, want string) {
		t.Helper()
		if got := lawAnswer(b.get(path)); got != want {
			t.Errorf("%s: %q, want %q", path, got, want)
		}
	}
	see("/petugas/antrean", "")
	x.exec(`UPDATE staff SET roles = 'penyelia' WHERE id = '` + agent.owner + `'`)
	see("/petugas/tiket/baru", "403")
	see("/petugas/laporan", "")
	x.exec(`UPDATE staff SET roles = '' WHERE id = '` + agent.owner + `'`)
	see("/petugas", "403")
	x.exec(`UPDATE staff SET roles = 'petugas', disabled_at = 1 WHERE id = '` + agent.owner + `'`)
	see("/petugas", "303 /petugas/masuk")
}

func TestSessionsEndIdleAndAbsolute_SE03(t *testing.T) {
	for kind, limits := range map[int][2]time.Duration{1: {10 * time.Minute, time.Hour}, 2: {15 * time.Minute, 8 * time.Hour}} {
		x := newTest(t)
		who := x.lawActors()[kind]
		path, in := map[int]string{1: "/akun", 2: "/petugas/antrean"}[kind], map[int]string{1: "303 /masuk", 2: "303 /petugas/masuk"}[kind]
		idle := x.lawEnter(who)
		x.clock.Advance(limits[0] - time.Second)
		if got := lawAnswer(idle.get(path)); got != "" {
			t.Errorf("%s: ended too early", who.name)
		}
		x.clock.Advance(limits[0])
		if got := lawAnswer(idle.get(path)); got != in {
			t.Errorf("%s: idle and still in: %q", who.name, got)
		}
		busy, begun := x.lawEnter(who), x.clock.Now()
		for x.clock.Now().Sub(begun) < limits[1]-5*time.Minute {
			x.clock.Advance(5 * time.Minute)
			if got := lawAnswer(busy.get(path)); got != "" && x.clock.Now().Sub(begun) < limits[1] {
				t.Fatalf("%s: ended after %s", who.name, x.clock.Now().Sub(begun))
			}
		}
		x.clock.Advance(5 * time.Minute)
		if got := lawAnswer(busy.get(path)); got != in {
			t.Errorf("%s: %s later still in: %q", who.name, limits[1], got)
		}
	}
}

// No spelling of a path reaches a page past its guard (CVE-2021-40539).
func TestNoSpellingPassesTheGuard_ST10(t *testing.T) {
	x := newTest(t)
	b := x.browser()
	for _, path := range []string{
		"/petugas/antrean/", "//petugas/antrean", "/petugas//antrean", "/./petugas/antrean", "/x/../petugas/antrean",
		"/static/../petugas/antrean", "/static/..%2fpetugas/antrean", "/petugas%2fantrean", "/petugas/antrean%00", "/petugas/antrean;a=b",
		"/PETUGAS/antrean", "/petugas/antrean%20", "/petugas/./antrean", "/petugas/antrean?x=/masuk", "/cek-jam/../petugas/antrean",
		"/petugas/antrean%2e", "/petugas\\antrean", "/akun/", "/akun/.", "//akun", "/akun%2f", "/demo/kotak-surat/", "/demo//kotak-surat",
	} {
		r := must(http.NewRequest(http.MethodGet, x.url, nil))(t)
		r.URL.Opaque = "//" + x.BaseURL.Host + path
		p := b.do(r)
		asked := p.status == http.StatusSeeOther && strings.HasSuffix(p.header.Get("Location"), "/masuk")
		if p.status < 400 && !asked || p.status >= 500 {
			t.Errorf("%s: %d to %q", path, p.status, p.header.Get("Location"))
		}
	}
}

// A method that is not in the table does nothing, and a POST cannot be
// dressed up as another (GHSA-r7w9-592q-9vg4).
func TestOtherMethodsDoNothing_ST10(t *testing.T) {
	x := newTest(t)
	params := map[string]string{"no": x.filed().number}
	x.lawQuiet()
	tables := lawWithout(lawTables(t, x.DB), "limits", "captchas")
	before := lawDump(t, x.DB, tables...)
	for _, r := range routes {
		path := lawPath(r.Path, params)
		for _, method := range []string{http.MethodPut, http.MethodPatch, http.MethodDelete, http.MethodOptions, http.MethodTrace, "PROPFIND", "get"} {
			answer := x.lawServe(x.lawAt(method, path), "203.0.113.9:1")
			if ok := answer.StatusCode == http.StatusNoContent && method == http.MethodOptions; answer.StatusCode < 400 && !ok {
				t.Errorf("%s %s: %d", method, path, answer.StatusCode)
			}
		}
		dressed := x.lawAt(http.MethodGet, path+"?_method=POST")
		dressed.Header.Set("X-HTTP-Method-Override", "POST")
		if !isStream(r.Path) {
			x.lawServe(dressed, "203.0.113.9:1")
		}
	}
	lawSame(t, before, lawDump(t, x.DB, tables...), "other methods")
}

// The demo's pages exist in the demo, and for nobody elsewhere.
func TestDemoPagesExistInTheDemoOnly_impostor20(t *testing.T) {
	x := newTest(t)
	for _, demo := range []bool{false, true} {
		x.Demo, x.Box, x.Phones = demo, x.box, lawPhones{}
		for _, r := range routes {
			if r.Guard.name != "demo" || r.Method != get || strings.Contains(r.Path, ":") {
				continue
			}
			if p := x.browser().get(r.Path); (p.status == http.StatusOK) != demo {
				t.Errorf("demo %v: %s answers %d", demo, r.Path, p.status)
			}
		}
	}
}

type lawPhones struct{}

func (lawPhones) Show(db.Time) []views.DemoPhone { return nil }
func (lawPhones) Add(string) error               { return nil }
