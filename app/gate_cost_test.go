package app

import (
	"fmt"
	"net/http"
	"net/http/httptest"
	"net/url"
	"runtime"
	"runtime/debug"
	"slices"
	"strings"
	"testing"

	"pulih/accounts"
	"pulih/audit"
	"pulih/db"
	"pulih/db/dbtest"
	"pulih/secret"
	"pulih/tickets"
)

// gateRow is a request of a row of the bench, and the most that it may cost:
// what no clock disturbs. Whoever needs more says why here; whoever needs less
// lowers it.
type gateRow struct {
	name       string
	make       func(x *gateTest, n int) *http.Request
	status     int
	statements int64  // to the database, of either engine
	allocs     uint64 // on SQLite, a tenth above what was measured
}

var gateRows = []gateRow{
	{"start page", gateGet("/"), http.StatusOK, 0, 142},
	{"reset start", gateStart, http.StatusSeeOther, 5, 365},
	{"code try", gateTry, http.StatusUnprocessableEntity, 10, 891},
	{"sign-in", gateSignIn, http.StatusSeeOther, 18, 1656},
	{"ticket filing", gateFile, http.StatusSeeOther, 19, 1310},
	{"queue page", gateGet("/petugas/antrean?tampilan=belum-terbukti"), http.StatusOK, 8, 4770},
	{"filtered page", gateGet("/petugas/antrean?tampilan=belum-terbukti&jenis=mfa"), http.StatusOK, 8, 4810},
	{"search", gateGet("/petugas/cari?kata=hilang"), http.StatusOK, 9, 5370},
	{"ticket page", gateTicket, http.StatusOK, 25, 3370},
	{"report", gateGet("/petugas/laporan"), http.StatusOK, 39, 12310},
}

// gateTest is the app without a network and with nobody behind it: no relay
// takes mail, so that every statement is a request's.
type gateTest struct {
	*test
	staff secret.Token
	made  int
}

const gateTickets = 60

func newGateTest(t *testing.T, d *db.DB, clock *dbtest.Clock) *gateTest {
	t.Helper()
	x := &gateTest{test: &test{t: t, clock: clock, log: &syncBuffer{}, url: "https://pulih.test", keys: must(secret.ParseKeys("1:"+secret.NewKey(), secret.NewKey()))(t)}}
	x.App = New(t.Context(), x.parts(d))
	x.App.TrustedProxies = lawPrefixes("127.0.0.0/8")
	x.App = New(t.Context(), x.App)
	x.staff = x.seat(accounts.Agent, accounts.Supervisor)
	for n := range gateTickets {
		must(x.Desk.Open(t.Context(), tickets.Filing{NIP: gateNIP(n), Name: "Orang Contoh", Unit: "Dinas Contoh",
			Problem: "HP hilang.", Kind: tickets.MFA, Channel: tickets.Remote}, gateActor))(t)
	}
	return x
}

var gateActor = audit.Actor{Kind: audit.Anonymous}

func gateNIP(n int) secret.NIP {
	return secret.NIP(fmt.Sprintf("19860926201505%d%03d", 1+n%2, 1+n/2%999))
}

// seat is the session of somebody at the desk.
func (x *gateTest) seat(roles ...accounts.Role) secret.Token {
	x.t.Helper()
	ctx := x.t.Context()
	code := must(x.Accounts.AddStaff(ctx, accounts.NewStaff{NIP: "197001012000011001", Name: "Rina Contoh", Email: "rina@kantor.test", Roles: roles}, fromConsole))(x.t)
	setup := must(x.Accounts.BeginStaffSetup(ctx, accounts.SetupForm{Code: code, Password: "Gerimis-Lontar-17-perahu"}, fromConsole))(x.t)
	return must(x.Accounts.FinishStaffSetup(ctx, setup.Browser, accounts.StaffForm{OTP: x.otp(setup.Secret), Network: "127.0.0.0/24"}, fromConsole))(x.t).Token
}

func gateGet(path string) func(*gateTest, int) *http.Request {
	return func(x *gateTest, _ int) *http.Request {
		return x.request(http.MethodGet, path, cookieStaff, x.staff, nil)
	}
}

func gateStart(x *gateTest, n int) *http.Request {
	return x.request(http.MethodPost, "/pulihkan", "", "", url.Values{"nip": {string(gateNIP(n))}})
}

func gateTry(x *gateTest, n int) *http.Request {
	flow := must(x.Accounts.StartReset(x.t.Context(), accounts.ForPassword, gateNIP(n), gateActor))(x.t)
	must(x.Accounts.AskResetCode(x.t.Context(), accounts.ResetAsk{Flow: accounts.Flow{Purpose: accounts.ForPassword, Browser: flow}, Email: "a@contoh.test"}, gateActor))(x.t)
	return x.request(http.MethodPost, "/pulihkan/kode", cookieReset, flow, url.Values{"kode": {"0000-0000"}})
}

func gateSignIn(x *gateTest, n int) *http.Request {
	e := x.employee(string(gateNIP(100 + n)))
	return x.request(http.MethodPost, "/masuk", "", "", url.Values{"nip": {string(e.NIP)}, "sandi": {employeePassword}, "otp": {x.otp(e.device)}})
}

func gateFile(x *gateTest, n int) *http.Request {
	answers := map[string]string{"nip": string(gateNIP(n))}
	for i := 0; i < len(requestAnswers); i += 2 {
		if requestAnswers[i] != "nip" {
			answers[requestAnswers[i]] = requestAnswers[i+1]
		}
	}
	draft := must(x.Desk.SaveDraft(x.t.Context(), "", answers, gateActor))(x.t)
	draft = must(x.Desk.GateDraft(x.t.Context(), draft))(x.t)
	return x.request(http.MethodPost, requestCheckPath, cookieDraft, draft, url.Values{})
}

func gateTicket(x *gateTest, n int) *http.Request {
	by := tickets.By{Staff: must(x.Accounts.StaffBySession(x.t.Context(), x.staff))(x.t)}
	page := must(x.Desk.Queue(x.t.Context(), by, tickets.List{View: tickets.Unproven}))(x.t)
	return x.request(http.MethodGet, ticketAddress(page.Rows[n%10].Number), cookieStaff, x.staff, nil)
}

// request comes from a network of its own.
func (x *gateTest) request(method, path, cookie string, value secret.Token, form url.Values) *http.Request {
	r := httptest.NewRequest(method, path, strings.NewReader(form.Encode()))
	x.made++
	r.Host, r.RemoteAddr = x.BaseURL.Host, "127.0.0.1:1"
	r.Header.Set("X-Forwarded-For", fmt.Sprintf("2001:db8:%x::1", x.made))
	r.Header.Set("X-Forwarded-Proto", "https")
	r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	if cookie != "" {
		r.AddCookie(&http.Cookie{Name: cookie, Value: string(value)})
	}
	return r
}

// runs sends a row's requests, which were made before, and says what they
// cost each. The first ones count for nothing: they compile what all need.
func (x *gateTest) runs(g gateRow, n int) (statements int64, allocs uint64) {
	x.t.Helper()
	var all []*http.Request
	for i := range n + 2 {
		all = append(all, g.make(x, i))
	}
	for _, r := range all[:2] {
		x.serves(g, r)
	}
	var before, after runtime.MemStats
	ran := x.DB.Statements()
	runtime.ReadMemStats(&before)
	for _, r := range all[2:] {
		x.serves(g, r)
	}
	runtime.ReadMemStats(&after)
	return (x.DB.Statements() - ran) / int64(n), (after.Mallocs - before.Mallocs) / uint64(n)
}

func (x *gateTest) serves(g gateRow, r *http.Request) *httptest.ResponseRecorder {
	x.t.Helper()
	w := httptest.NewRecorder()
	if x.ServeHTTP(w, r); w.Code != g.status {
		x.t.Fatalf("%s: %d and not %d\n%s", g.name, w.Code, g.status, w.Body)
	}
	return w
}

// TestNoRequestCostsMore: statements and allocations of each row's request.
func TestNoRequestCostsMore(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB, clock *dbtest.Clock) {
		x := newGateTest(t, d, clock)
		for _, g := range gateRows {
			statements, allocs := x.runs(g, 8)
			t.Logf("%-14s %3d statements, %6d allocations", g.name, statements, allocs)
			if statements > g.statements {
				t.Errorf("%s: %d statements, at most %d", g.name, statements, g.statements)
			}
			if d.Engine == db.SQLite && !raced() && allocs > g.allocs {
				t.Errorf("%s: %d allocations, at most %d", g.name, allocs, g.allocs)
			}
		}
	})
}

// raced tells whether the detector of races is compiled in, which allocates.
func raced() bool {
	info, _ := debug.ReadBuildInfo()
	return slices.ContainsFunc(info.Settings, func(s debug.BuildSetting) bool { return s.Key == "-race" && s.Value == "true" })
}
