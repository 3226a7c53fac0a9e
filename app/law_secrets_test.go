package app

import (
	"context"
	"encoding/base32"
	"encoding/base64"
	"fmt"
	"maps"
	"net/http"
	"net/http/httptest"
	"net/url"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"sync"
	"testing"

	"github.com/labstack/echo/v4"

	"pulih/audit"
	"pulih/db"
	"pulih/db/dbtest"
	"pulih/otp"
)

// lawSecrets collects what must be found nowhere: what was typed as a secret,
// put into a cookie, mailed or shown.
type lawSecrets struct {
	mu    sync.Mutex
	found map[string]string // value → what it is
}

func (x *test) lawSecrets() *lawSecrets {
	s := &lawSecrets{found: map[string]string{}}
	x.echo.Use(s.listen)
	return s
}

func (s *lawSecrets) add(what, value string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	value = strings.NewReplacer("-", "", " ", "").Replace(strings.TrimSpace(value))
	if len(value) >= 6 && strings.Trim(value, "0123456789") != "" { // six digits stand by chance in any table of numbers
		s.found[value] = what
	}
}

var lawTyped = regexp.MustCompile(`^(sandi|kode|kunci|cadangan)$|otp$`)

// listen is a middleware that sees what browsers send and get.
func (s *lawSecrets) listen(next echo.HandlerFunc) echo.HandlerFunc {
	return func(c echo.Context) error {
		c.Response().Before(func() {
			for _, cookie := range c.Response().Header().Values("Set-Cookie") {
				name, rest, _ := strings.Cut(cookie, "=")
				value, _, _ := strings.Cut(rest, ";")
				if number, key, ok := strings.Cut(value, "."); ok && strings.HasPrefix(number, "PUL-") {
					s.add("a receipt's secret", key)
					continue
				}
				s.keep("a token in "+name, value)
			}
		})
		err := next(c)
		for name, values := range c.Request().PostForm {
			if lawTyped.MatchString(name) && name != "sandi" {
				s.add("what was typed as "+name, values[0])
			} else if name == "sandi" {
				s.keep("a password", values[0])
			}
		}
		return err
	}
}

// keep adds a value as it is, dashes and all.
func (s *lawSecrets) keep(what, value string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if len(value) >= 8 && !strings.Contains(value, "%3A") {
		s.found[value] = what
	}
}

var lawMailed = regexp.MustCompile(`/(?:(?:pulihkan|pulihkan-mfa|aktivasi|buka-kunci)/(?:kode|lanjut)|bukan-saya)/([\w-]+)`)

// mails adds the codes and links of every mail that was received.
func (s *lawSecrets) mails(x *test) {
	for _, m := range x.box.Messages() {
		if strings.Contains(m.Subject, "Kode untuk") {
			s.add("a mailed code", codeInMail.FindString(m.Text))
		}
		for _, link := range lawMailed.FindAllStringSubmatch(m.Text+m.HTML, -1) {
			s.keep("a mailed link", link[1])
		}
	}
}

// lookInMails: a mail holds its own code and its own links, and no other
// secret (ET-03, PW-09).
func (s *lawSecrets) lookInMails(t *testing.T, x *test) {
	t.Helper()
	for value, what := range s.found {
		for _, m := range x.box.Messages() {
			text := m.Subject + "\n" + m.Text + "\n" + m.HTML
			if !strings.HasPrefix(what, "a mailed") && slices.ContainsFunc(lawSpellings(value), func(form string) bool { return strings.Contains(text, form) }) {
				t.Errorf("the mail %q holds %s", m.Subject, what)
			}
		}
	}
}

// lawSpellings are the ways in which a value may have been kept.
func lawSpellings(value string) (forms []string) {
	forms = []string{value, fmt.Sprintf("%x", value), strings.ToUpper(fmt.Sprintf("%x", value)), base64.StdEncoding.EncodeToString([]byte(value)), url.QueryEscape(value)}
	if raw, err := base64.RawURLEncoding.DecodeString(value); err == nil && len(raw) >= 16 {
		forms = append(forms, string(raw), fmt.Sprintf("%x", raw))
	}
	if raw, err := base32.StdEncoding.WithPadding(base32.NoPadding).DecodeString(value); err == nil && len(raw) == 20 {
		forms = append(forms, string(raw), fmt.Sprintf("%x", raw))
	}
	if len(value)%4 == 0 && len(value) <= 32 { // a code, as people see it
		forms = append(forms, lawGrouped(value))
	}
	return slices.Compact(slices.Sorted(slices.Values(forms)))
}

func lawGrouped(code string) string {
	var groups []string
	for part := range slices.Chunk([]byte(code), 4) {
		groups = append(groups, string(part))
	}
	return strings.Join(groups, "-")
}

// look searches text for every secret.
func (s *lawSecrets) look(t *testing.T, where, text string) {
	t.Helper()
	if len(s.found) < 10 || text == "" {
		t.Fatalf("%s: %d secrets, %d bytes to search", where, len(s.found), len(text))
	}
	for value, what := range s.found {
		for _, form := range lawSpellings(value) {
			if at := strings.Index(text, form); at >= 0 {
				t.Errorf("%s holds %s: …%.120q", where, what, text[max(0, at-60):])
				break
			}
		}
	}
}

// Where a number, an address or a phone may stand in clear; nowhere else.
var lawClear = []string{"people", "tickets", "staff", "resets", "former_emails", "proposals"}

func lawLookForPeople(t *testing.T, x *test, where, text string) {
	t.Helper()
	for _, row := range lawRows(t, x.DB, `SELECT nip, email, phone FROM people UNION SELECT nip, email, '' FROM staff`,
		func(v []any) string { return fmt.Sprintf("%s\x1f%s\x1f%s", v...) }) {
		parts := strings.Split(row, "\x1f")
		if nip := parts[0]; len(nip) == 18 {
			parts = append(parts, nip[:8]+" "+nip[8:14]+" "+nip[14:15]+" "+nip[15:])
		}
		for _, value := range parts {
			if at := strings.Index(text, value); value != "" && at >= 0 {
				t.Errorf("%s holds a number or an address in clear: …%.120q", where, text[max(0, at-60):])
			}
		}
	}
}

// search looks everywhere: the log, every table, the metrics, the audit's
// copy, and the bytes of the database's files.
func (s *lawSecrets) search(t *testing.T, x *test) {
	t.Helper()
	s.mails(x)
	captchas := x.lawCaptchas(t)
	lookForCaptchas(t, captchas, "the log", x.log.String())
	s.look(t, "the log", x.log.String())
	lawLookForPeople(t, x, "the log", x.log.String())
	for _, table := range lawTables(t, x.DB) {
		text := strings.Join(lawDump(t, x.DB, table), "\n")
		if text == "" {
			continue
		}
		s.look(t, table, text)
		lookForCaptchas(t, captchas, table, text)
		if !slices.Contains(lawClear, table) {
			lawLookForPeople(t, x, table, text)
		}
	}
	s.lookInMails(t, x)
	metrics := httptest.NewRecorder()
	x.Metrics.Handler().ServeHTTP(metrics, httptest.NewRequest(http.MethodGet, "/metrics", nil))
	s.look(t, "the metrics", metrics.Body.String())
	lawLookForPeople(t, x, "the metrics", metrics.Body.String())
	copied := lawAuditCopy(t, x.DB)
	s.look(t, "the audit's copy", copied)
	lawLookForPeople(t, x, "the audit's copy", copied)
	if x.DB.Engine == db.SQLite {
		s.look(t, "the database's files", lawFiles(t, x.DB))
	}
}

// mustHave says that the search looked for every kind of secret.
func (s *lawSecrets) mustHave(t *testing.T, kinds ...string) {
	t.Helper()
	all := slices.Collect(maps.Values(s.found))
	for _, kind := range kinds {
		if !slices.Contains(all, kind) {
			t.Errorf("no flow made %s", kind)
		}
	}
}

func lawAuditCopy(t *testing.T, d *db.DB) string {
	t.Helper()
	path := filepath.Join(t.TempDir(), "audit.jsonl")
	c := must(audit.NewCopier(context.Background(), d, path))(t)
	defer c.Close()
	must(audit.Sealer{DB: d}.Seal(context.Background()))(t)
	must(c.Copy(context.Background()))(t)
	return string(must(os.ReadFile(path))(t))
}

func lawFiles(t *testing.T, d *db.DB) (text string) {
	t.Helper()
	path := lawRows(t, d, `PRAGMA database_list`, func(v []any) string { return fmt.Sprint(v[2]) })[0]
	for _, file := range must(filepath.Glob(path + "*"))(t) {
		text += string(must(os.ReadFile(file))(t))
	}
	return text
}

// Every flow is walked to its end, with all that is typed wrong on the way,
// and then every secret made in them is looked for everywhere (LG-03, RC-03,
// SE-01, SC-04, AU-05).
func TestNoSecretIsKept_LG03(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB, clock *dbtest.Clock) {
		x := newTestOn(t, d, clock)
		s := x.lawSecrets()
		l := x.lawTour()
		s.add("the old device's key", l.employee.device.Base32())
		s.add("the new device's key", l.fresh.Base32())
		s.add("the pass", l.pass)
		s.add("the practice key", l.browsers["practising"].get("/cek-jam/latihan").Find("#kunci").Text())
		s.keep("the practice's hand-off", l.params["/cek-jam/:token"]["token"])
		l.lawFinish()
		s.add("the key enrolled alone", l.finishAlone())
		x.lawQuiet()
		s.search(t, x)
		if len(x.lawCaptchas(t)) == 0 {
			t.Error("no captcha waits for its answer")
		}
		s.mustHave(t, "a mailed code", "a mailed link", "a password", "the pass", "a receipt's secret", "the old device's key",
			"the new device's key", "the key enrolled alone", "a token in "+cookieWait, "the practice key", "the practice's hand-off", "what was typed as kode", "a token in "+cookieGate,
			"a token in "+cookieReset, "a token in "+cookieAccount, "a token in "+cookieEnrol, "a token in "+cookiePractice,
			"a token in "+cookieStaff, "a token in "+cookieBrowser, "a token in "+cookieSetup)
	})
}

// lawFinish walks the flows of a tour to their end.
func (l *lawTour) lawFinish() {
	proven := l.browsers["reset, proven"]
	set := proven.get("/pulihkan/sandi")
	proven.submit(set, "sandi", sitiNIP+"-lemah")
	proven.submit(set, "sandi", newPassword)
	l.browsers["reset, waiting"].post("/pulihkan/kode", url.Values{"kode": {"7K3M-9QXD"}})
	enrolling := l.browsers["a receipt's holder, enrolling"]
	enrolling.post("/daftar-mfa/perangkat", url.Values{"kode": {l.otp(l.fresh)}, "perangkat": {"HP baru"}})
	first := l.browsers["aktivasi, proven"]
	device := first.follow(first.submit(first.get("/aktivasi/sandi"), "sandi", "Perahu-Hijau-Laut-38?"))
	first.submit(device, "kode", l.otp(device.newSecret()))
	l.browser().enter(testNIP, employeePassword, l.otp(l.employee.device))
	l.browser().enter(testNIP, "Salah-tebak-12-sekali", "")
	l.browser().enter(testNIP, employeePassword, otp.Code(l.fresh, otp.Step(l.clock.Now())+1))
	l.browser().post("/bukan-saya/"+l.params["/bukan-saya/:token"]["token"], nil)
	l.browser().post("/petugas/masuk", url.Values{"nip": {"197101012000011001"}, "sandi": {clerkPassword}, "otp": {"000000"}})
	for _, b := range l.browsers {
		b.post("/keluar", nil)
		b.post("/petugas/keluar", nil)
	}
}

// The counter's way: two people see originals, a slip with the pass, a new
// password, and a code read out on the phone.
func TestNoSecretOfTheCounterIsKept_LG03(t *testing.T) {
	x := newTest(t)
	s := x.lawSecrets()
	desk := staffedOf(x)
	afar := x.remote("mfa")
	s.add("a receipt's secret", string(afar.Secret))
	desk.rina.mustGo(afar.Number, "pengambilan")
	call := desk.rina.act(afar.Number, "telepon", "telepon-nomor", string(asn.Phone))
	s.add("a code read out", call.Find("#kode-telepon").Text())
	pass, key := lawCounter(x, desk)
	s.add("the pass on the slip", pass)
	s.add("the new device's key", key)
	for name, g := range map[string]*clerk{"rina": desk.rina, "budi": desk.budi} {
		s.add("the key of "+name, g.secret.Base32())
	}
	s.add("a document's number", "SK/12/2015")
	x.lawQuiet()
	s.search(t, x)
	s.mustHave(t, "a code read out", "what was typed as kode", "a password", "the new device's key", "a receipt's secret", "a document's number")
}

// The search finds what is there: without this it might look for nothing.
func TestTheSearchFinds(t *testing.T) {
	x := newTest(t)
	e := x.employee(sitiNIP)
	key := e.device.Base32()
	for _, text := range []string{key, strings.ToLower(fmt.Sprintf("%x", []byte(e.device))), string(e.device), fmt.Sprintf("%x", key)} {
		found := false
		for _, form := range lawSpellings(key) {
			found = found || strings.Contains("x"+text+"y", form)
		}
		if !found {
			t.Errorf("%q is not found", text)
		}
	}
	if !strings.Contains(strings.Join(lawDump(t, x.DB, "people"), ""), sitiNIP) || !strings.Contains(lawFiles(t, x.DB), sitiNIP) {
		t.Error("a number that is there is not found")
	}
}
