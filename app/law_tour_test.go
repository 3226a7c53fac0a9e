package app

import (
	"context"
	"net/http"
	"net/url"
	"slices"
	"strings"
	"sync"
	"testing"

	"github.com/labstack/echo/v4"

	"pulih/accounts"
	"pulih/guide"
	"pulih/otp"
	"pulih/secret"
	"pulih/views"
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
	l.walkFiles(open)
	l.walkDraft()
	saved := l.browser()
	saved.file("nip", "198812032024212015")
	l.browsers["who has just filed"] = saved
	rated := l.rated("nip", "199105052016052001")
	l.browsers["who has rated"] = rated.browser
	l.param("/tiket/:no/survei", "no", rated.number)
}

// walkFiles sends a file that staff may look at.
func (l *lawTour) walkFiles(f filed) {
	f.upload(views.StatusPath(f.number, "berkas"), ktp, photo())
	sent := must(l.Desk.Follow(context.Background(), f.number, secret.Code(f.key)))(l.t).Files
	for _, path := range []string{"/tiket/:no/berkas", "/petugas/tiket/:no/berkas/:berkas", "/petugas/tiket/:no/berkas/:berkas/isi"} {
		l.params[path] = map[string]string{"no": f.number, "berkas": sent[0].ID}
	}
}

// walkDraft stands before the sending of one request, and in the files of
// another.
func (l *lawTour) walkDraft() {
	ready, sending := l.browser(), l.browser()
	ready.fillIn("nip", "199001012015051003")
	sending.post(requestPath, url.Values{"sebab": {""}, "nip": {"199001012015051003"}})
	sending.passDraft()
	l.browsers["who fills in a request"], l.browsers["who sends files"] = ready, sending
	l.params["/tiket/baru/:bagian"] = map[string]string{"bagian": "identitas"}
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
	l.paths[pairsPath] = pairsPath + "?pemeriksa=x&verifikator=y"
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
	for _, path := range []string{"/bantuan/:gejala", "/bantuan/:gejala/petugas", "/bantuan/:gejala/cetak", "/bantuan/:gejala/:langkah", "/bantuan/:gejala/:langkah/jam"} {
		l.params[path] = map[string]string{"gejala": lawPlace.Symptom, "langkah": lawPlace.Step}
	}
	for _, page := range l.Catalogue.Guide() {
		l.param("/panduan/:halaman", "halaman", page.Key)
	}
}

func (l *lawTour) walkStaff() {
	for i, role := range accounts.Roles {
		nip := []string{"197101012000011001", "197101022000011002", "197101032000011003", "197101042000011004"}[i]
		g := l.clerk(nip, "Petugas "+string(role), role)
		l.browsers[string(role)] = g.browser
		switch role {
		case accounts.Agent:
			l.param(bulkWaiting+"/:id", "id", l.proposedBulk(g, l.number))
		case accounts.Supervisor:
			asked := g.post(accessPath, url.Values{"nip": {sitiNIP}, "dasar": {"Datang ke loket"}, "dokumen": {seenNumber}})
			l.param(accessPath+"/:id", "id", strings.TrimPrefix(asked.header.Get("Location"), accessPath+"/"))
			l.param(exportPath+"/:id", "id", g.sheet())
			l.param(exportPath+"/:id/berkas", "id", strings.TrimPrefix(l.path(route{Path: exportPath + "/:id"}), exportPath+"/"))
		case accounts.Admin:
			l.walkSettings(g)
		}
	}
	setup := l.browser()
	setup.submit(setup.get("/petugas/aktivasi"), "kode", string(l.addStaff("197101052000011005", accounts.Agent)), "sandi", staffPassword)
	l.browsers["staff, setting up"] = setup
}

// walkSettings proposes a new member.
func (l *lawTour) walkSettings(admin *clerk) {
	admin.post(staffListPath, newcomerForm(accounts.Agent))
	c := council{test: l.test, adi: admin}
	l.param(settingsPath+"/usulan/:id", "id", strings.TrimPrefix(c.newest(), proposalPath("")))
	l.param(staffListPath+"/:id", "id", l.staffID(admin))
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
	tables := lawWithout(lawTables(t, l.DB), "limits", "captchas", "ticket_presence", "audit_events", "audit_queue", "audit_seals",
		"measures", "measure_queue") // derived: a report measures what has just happened
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
		if n != read[action] && action != "ticket.read" && action != "report.read" && action != "audit.read" && action != "attachment.read" && action != "flow.skip" {
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
		"/aktivasi/kode/:token": true, cardPath: true, "/buka-kunci/kode/:token": true} // all lead elsewhere
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
