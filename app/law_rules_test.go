package app

import (
	"go/ast"
	"go/parser"
	"go/token"
	"net/http"
	"net/url"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/labstack/echo/v4"

	"pulih/accounts"
	"pulih/mail/mailbox"
)

// An expired code, one of another flow, and one that never was: the same
// answer (RC-17).
func TestWrongCodesAnswerAlike_RC17(t *testing.T) {
	x := newTest(t)
	e := x.employee(sitiNIP)
	old, other := x.browser(), x.browser()
	waits := map[*browser]page{old: old.askCode(sitiNIP, string(e.Email))}
	code, _, _ := x.codeMail(e)
	x.clock.Advance(31 * time.Minute)
	waits[other] = other.askCode(sitiNIP, string(e.Email))
	for name, b := range map[string]*browser{"expired": old, "of another flow": other} {
		never, got := b.submit(waits[b], "kode", "7K3M-9QXD"), b.submit(waits[b], "kode", code)
		if got.status != never.status || lawNoTries(got) != lawNoTries(never) || len(got.header) != len(never.header) {
			t.Errorf("%s: %d %s\nnever was: %d %s", name, got.status, got.lawText(), never.status, never.lawText())
		}
	}
}

// lawNoTries is a page's text without how many tries are left.
func lawNoTries(p page) string {
	return regexp.MustCompile(`percobaan: \d`).ReplaceAllString(p.lawText(), "…")
}

// A relay that refuses, drops or is slow is not seen by who asks (EN-07).
func TestARelayThatFailsIsNotSeen_EN07(t *testing.T) {
	x := newTest(t)
	e := x.employee(sitiNIP)
	good := x.browser().askCode(sitiNIP, string(e.Email))
	for _, fault := range []mailbox.Fault{mailbox.Refuse, mailbox.Drop} {
		x.box.Fail(fault)
		x.clock.Advance(time.Hour)
		bad := x.browser().askCode(sitiNIP, string(e.Email))
		unknown := x.browser().askCode("199408172022211003", string(e.Email))
		if lawNoTime(bad) != lawNoTime(good) || lawNoTime(unknown) != lawNoTime(bad) {
			t.Errorf("relay %v: %s\ngood: %s", fault, bad.lawText(), good.lawText())
		}
	}
}

// lawNoTime is a page's text without the times that it shows.
func lawNoTime(p page) string {
	return regexp.MustCompile(`\d\d\.\d\d(\.\d\d)? WITA`).ReplaceAllString(p.lawText(), "…")
}

// Spending every budget of the recovery locks nobody out of the sign-in
// (RL-06).
func TestSpentResetsNeverLockTheSignIn_RL06(t *testing.T) {
	x := newTest(t)
	e := x.employee(sitiNIP)
	for range LimitResetNIP.Burst + 2 {
		b := x.browser()
		start := b.post("/pulihkan", url.Values{"nip": {sitiNIP}})
		if start.status != http.StatusSeeOther {
			break
		}
		b.get("/pulihkan/email")
		for range 6 {
			b.post("/pulihkan/kode", url.Values{"kode": {"7K3M-9QXD"}})
		}
	}
	if p := x.browser().post("/pulihkan", url.Values{"nip": {sitiNIP}}); p.status != http.StatusTooManyRequests {
		t.Fatalf("the budget is not spent: %d", p.status)
	}
	b := x.browser()
	b.follow(b.enter(sitiNIP, employeePassword, x.otp(e.device))).mustSay(t, http.StatusOK, "Siti Contoh")
}

// Staff are people too, but their staff account is out of reach of the
// recovery (ST-02, impostor 17).
func TestAResetNeverTouchesAStaffAccount_ST02(t *testing.T) {
	x := newTest(t)
	e := x.employee(sitiNIP)
	g := x.clerk(sitiNIP, "Siti Contoh", accounts.Agent)
	x.lawQuiet()
	before := lawDump(t, x.DB, "staff", "sessions")
	b := x.browser()
	wait := b.askCode(sitiNIP, string(e.Email))
	code, _, _ := x.codeMail(e)
	in := b.follow(b.submit(b.follow(b.submit(wait, "kode", code)), "sandi", newPassword))
	in.mustSay(t, http.StatusOK, "Kata sandi baru tersimpan")
	lawSame(t, before, lawDump(t, x.DB, "staff", "sessions"), "a reset")
	x.browser().signsIn(sitiNIP, newPassword, g.otp()).mustSay(t, http.StatusUnprocessableEntity, "tidak cocok")
	if p := x.browser().signsIn(sitiNIP, clerkPassword, g.otp()); p.status != http.StatusSeeOther {
		t.Errorf("the staff password: %d %s", p.status, p.text())
	}
}

// Redirects lead to our own pages, whatever was asked (HD-07).
func TestRedirectsStayHere_HD07(t *testing.T) {
	x := newTest(t)
	var mu sync.Mutex
	led := map[string]string{}
	x.echo.Use(func(next echo.HandlerFunc) echo.HandlerFunc {
		return func(c echo.Context) error {
			c.Response().Before(func() {
				mu.Lock()
				defer mu.Unlock()
				if to := c.Response().Header().Get("Location"); to != "" {
					led[to] = c.Request().Method + " " + c.Path()
				}
			})
			return next(c)
		}
	})
	l := x.lawTour()
	l.lawFinish()
	evil := url.Values{}
	for _, name := range []string{"kembali", "next", "return", "redirect", "to", "url", "nomor", "tampilan", "posisi"} {
		evil.Set(name, "https://evil.test/")
	}
	for _, r := range routes {
		for _, b := range l.browsers {
			x.exec(`DELETE FROM limits`)
			b.lawOpen(r.Method, l.path(r)+"?"+evil.Encode(), evil.Encode())
		}
	}
	if len(led) < 15 {
		t.Errorf("saw %d redirects", len(led))
	}
	for to, by := range led {
		if !strings.HasPrefix(to, "/") || strings.HasPrefix(to, "//") || strings.HasPrefix(to, "/\\") || strings.Contains(to, "evil") {
			t.Errorf("%s leads to %s", by, to)
		}
	}
}

// lawDomain are the tables whose rows only verbs change.
var lawDomain = []string{"people", "former_emails", "proposals", "operators", "accounts", "devices", "enrolments", "waits", "backup_batches",
	"backup_codes", "notice_emails", "resets", "reset_codes", "passes", "notices", "staff", "staff_proposals",
	"practices", "walks", "walk_outcomes", "incidents", "settings", "tickets", "ticket_timers", "ticket_events", "ticket_messages", "ticket_proofs", "ticket_facts", "email_codes", "saved_replies", "bulk_reply_tickets",
	"attachments", "attachment_contents", "ticket_ratings", "ticket_surveys", "access_requests", "summaries"}

// Every request that changes a row of the domain has left an audit row when
// it is answered (law 5, AU-03).
func TestEveryChangeIsAudited_law5(t *testing.T) {
	for name, walk := range map[string]func(*test){
		"flows": func(x *test) { x.lawTour().lawFinish() }, "the counter": func(x *test) { lawCounter(x, staffedOf(x)) },
	} {
		x := newTest(t)
		var changed atomic.Int64
		x.echo.Use(func(next echo.HandlerFunc) echo.HandlerFunc {
			return func(c echo.Context) error {
				before, logged := lawDump(t, x.DB, lawDomain...), len(lawDump(t, x.DB, "audit_events"))
				err := next(c)
				if slices.Equal(before, lawDump(t, x.DB, lawDomain...)) {
					return err
				}
				changed.Add(1)
				if len(lawDump(t, x.DB, "audit_events")) == logged {
					t.Errorf("%s %s changed rows and left no audit row", c.Request().Method, c.Path())
				}
				return err
			}
		})
		walk(x)
		if changed.Load() < 10 {
			t.Errorf("%s: saw %d changes", name, changed.Load())
		}
	}
}

// lawCounter walks the counter's way: two people see originals, a slip with
// the pass, and a new password.
func lawCounter(x *test, desk *staffed) (pass, key string) {
	x.t.Helper()
	number := x.checked(desk.rina)
	desk.budi.mustGo(number, "persetujuan", "persetujuan-dokumen", "sk/12/2015", "persetujuan-otp", desk.budi.otp())
	x.tick()
	slip := desk.rina.fill(desk.rina.open(number), ticketAddress(number)+"/penerbitan", "penerbitan-otp", desk.rina.otp())
	pass = slip.Find(".slip-code").Text()
	b := x.browser()
	device := b.follow(b.submit(b.get("/daftar-mfa?kata-sandi=baru"), "nip", string(asn.NIP), "kode", pass, "sandi", newPassword))
	fresh := device.newSecret()
	b.submit(device, "kode", x.otp(fresh), "perangkat", "HP baru").mustSay(x.t, http.StatusSeeOther, "")
	return pass, fresh.Base32()
}

// eachSource parses every source file of the program's packages.
func eachSource(t *testing.T, do func(path string, file *ast.File, set *token.FileSet)) {
	t.Helper()
	n := 0
	for _, pattern := range []string{"../*/*.go", "../*/*/*.go"} {
		for _, path := range must(filepath.Glob(pattern))(t) {
			if strings.HasSuffix(path, "_test.go") || strings.HasSuffix(path, "_templ.go") {
				continue
			}
			set := token.NewFileSet()
			do(strings.TrimPrefix(filepath.ToSlash(path), "../"), must(parser.ParseFile(set, path, nil, parser.SkipObjectResolution))(t), set)
			n++
		}
	}
	if n < 150 {
		t.Fatalf("parsed %d files", n)
	}
}

// dotted writes a call's name: "otp.Verify", "a.hasher.Hash".
func dotted(e ast.Expr) string {
	switch e := e.(type) {
	case *ast.Ident:
		return e.Name
	case *ast.SelectorExpr:
		return dotted(e.X) + "." + e.Sel.Name
	}
	return "?"
}

// One-time codes are compared in four places and no other: people's, staff's,
// and the first code of a new device of either (TV-03).
func TestCodesAreComparedInFewPlaces_TV03(t *testing.T) {
	var places []string
	eachSource(t, func(path string, file *ast.File, _ *token.FileSet) {
		for _, d := range file.Decls {
			f, ok := d.(*ast.FuncDecl)
			if !ok {
				continue
			}
			ast.Inspect(f, func(n ast.Node) bool {
				if call, ok := n.(*ast.CallExpr); ok && dotted(call.Fun) == "otp.Verify" {
					places = append(places, strings.Split(path, "/")[0]+"."+f.Name.Name)
				}
				return true
			})
		}
	})
	slices.Sort(places)
	want := []string{"accounts.ConfirmDevice", "accounts.finishSetup", "accounts.spendStaffStep", "accounts.useOn"}
	if !slices.Equal(places, want) {
		t.Errorf("codes are compared in %v, want %v", places, want)
	}
}

// All limits of the public pages stand in one file (RL-09).
func TestEveryLimitStandsInOneFile_RL09(t *testing.T) {
	found := 0
	eachSource(t, func(path string, file *ast.File, _ *token.FileSet) {
		ast.Inspect(file, func(n ast.Node) bool {
			lit, ok := n.(*ast.CompositeLit)
			if !ok || lit.Type == nil || dotted(lit.Type) != "Limit" && dotted(lit.Type) != "app.Limit" {
				return true
			}
			if found++; path != "app/limits_table.go" {
				t.Errorf("%s makes a limit", path)
			}
			return true
		})
	})
	if found < 10 {
		t.Errorf("found %d limits", found)
	}
}

// slow are the calls that must not stand in a transaction (law 6).
var slow = []string{"hasher.Hash", "hasher.Verify", "otp.QR", "captcha.NewImage", "relay.Send", "argon2.IDKey", "http.Get",
	"pictures.Clean", "pictures.Mark", "keys.SealFile", "keys.OpenFile"}

// owner is whose functions are read: a package, a type of it, and what the
// receiver is called.
type owner struct{ pkg, typ, me string }

func lawOwner(pkg string, f *ast.FuncDecl) owner {
	if f.Recv == nil || len(f.Recv.List[0].Names) == 0 {
		return owner{pkg: pkg}
	}
	typ := f.Recv.List[0].Type
	if star, ok := typ.(*ast.StarExpr); ok {
		typ = star.X
	}
	return owner{pkg, dotted(typ), f.Recv.List[0].Names[0].Name}
}

// callGraph knows which functions stand in a transaction, which are slow, and
// who calls whom: functions of the package, methods of the own receiver, and
// the tx forms of accounts and the outbox.
type callGraph struct {
	inTx  map[string]bool
	calls map[string][]string
	slow  map[string]string
}

// read notes what a function calls, and looks into the functions that it
// makes: one that takes a transaction is a function of its own.
func (g callGraph) read(o owner, name string, typ *ast.FuncType, body *ast.BlockStmt) {
	at := o.pkg + "." + o.typ + "." + name
	if takesTx(typ) {
		g.inTx[at] = true
	}
	ast.Inspect(body, func(n ast.Node) bool {
		switch n := n.(type) {
		case *ast.FuncLit:
			if takesTx(n.Type) {
				g.read(o, name+".func", n.Type, n.Body)
				return false
			}
		case *ast.CallExpr:
			called := dotted(n.Fun)
			for _, s := range slow {
				if called == s || strings.HasSuffix(called, "."+s) {
					g.slow[at] = s
				}
			}
			if to := o.resolve(called); to != "" {
				g.calls[at] = append(g.calls[at], to)
			}
		}
		return true
	})
}

func (o owner) resolve(called string) string {
	parts := strings.Split(called, ".")
	last := parts[len(parts)-1]
	switch {
	case len(parts) == 1:
		return o.pkg + ".." + last
	case len(parts) == 2 && parts[0] == o.me:
		return o.pkg + "." + o.typ + "." + last
	case len(parts) == 3 && strings.EqualFold(parts[1], "accounts"):
		return "accounts.Accounts." + last
	case len(parts) == 3 && strings.EqualFold(parts[1], "outbox"):
		return "mail.Outbox." + last
	}
	return ""
}

func takesTx(f *ast.FuncType) bool {
	return slices.ContainsFunc(f.Params.List, func(p *ast.Field) bool {
		star, ok := p.Type.(*ast.StarExpr)
		return ok && dotted(star.X) == "db.Tx"
	})
}

// reach finds a way from a function to slow work.
func (g callGraph) reach(name string, seen map[string]bool) string {
	if s := g.slow[name]; s != "" {
		return name + " → " + s
	}
	if seen[name] {
		return ""
	}
	seen[name] = true
	for _, next := range g.calls[name] {
		if path := g.reach(next, seen); path != "" {
			return name + " → " + path
		}
	}
	return ""
}

// Slow work never runs while a writer is held: not in a function that is
// given a transaction, nor in one given to Write, nor in what they call.
func TestSlowWorkStandsInNoTransaction_law6(t *testing.T) {
	g := callGraph{map[string]bool{}, map[string][]string{}, map[string]string{}}
	eachSource(t, func(path string, file *ast.File, _ *token.FileSet) {
		pkg := strings.Split(path, "/")[0]
		for _, d := range file.Decls {
			if f, ok := d.(*ast.FuncDecl); ok && f.Body != nil {
				g.read(lawOwner(pkg, f), f.Name.Name, f.Type, f.Body)
			}
		}
	})
	if len(g.inTx) < 100 || len(g.slow) < 5 {
		t.Fatalf("found %d functions in transactions and %d slow ones", len(g.inTx), len(g.slow))
	}
	for name := range g.inTx {
		if path := g.reach(name, map[string]bool{}); path != "" {
			t.Errorf("a transaction waits for %s", path)
		}
	}
}
