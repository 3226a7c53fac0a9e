package app

import (
	"encoding/base32"
	"net/http"
	"net/url"
	"strings"
	"testing"
	"time"

	"pulih/accounts"
	"pulih/audit"
	"pulih/otp"
	"pulih/secret"
)

const (
	staffNIP      = "198609262015052001"
	staffPassword = "Pelangi-4-warna-ungu"
)

var fromConsole = audit.Actor{Kind: audit.Console, ID: "operator"}

// colleague is a member of staff with a phone and a browser of his own.
type colleague struct {
	*browser
	key otp.Secret
}

func (x *test) addStaff(nip string, roles ...accounts.Role) secret.Code {
	x.t.Helper()
	return must(x.Accounts.AddStaff(x.t.Context(), accounts.NewStaff{
		NIP: secret.NIP(nip), Name: "Rina Contoh", Email: "rina@example.go.id", Roles: roles}, fromConsole))(x.t)
}

// colleague goes through the set-up as a person does.
func (x *test) colleague(nip string, roles ...accounts.Role) *colleague {
	x.t.Helper()
	c := &colleague{browser: x.browser()}
	step := c.follow(c.submit(c.get("/petugas/aktivasi"), "kode", x.addStaff(nip, roles...).Grouped(), "sandi", staffPassword))
	c.key = keyOn(x.t, step)
	done := c.submit(step, "otp", c.code())
	if done.status != http.StatusSeeOther || done.header.Get("Location") != "/petugas" {
		x.t.Fatalf("set-up: %d %s", done.status, done.text())
	}
	return c
}

func keyOn(t testing.TB, p page) otp.Secret {
	t.Helper()
	address := p.Find(`a[href^="otpauth:"]`).AttrOr("href", "")
	return must(base32.StdEncoding.WithPadding(base32.NoPadding).DecodeString(must(url.Parse(address))(t).Query().Get("secret")))(t)
}

func (c *colleague) code() string { return otp.Code(c.key, otp.Step(c.x.clock.Now())) }

func (c *colleague) next() string {
	c.x.clock.Advance(30 * time.Second)
	return c.code()
}

func (b *browser) signsIn(nip, password, code string) page {
	return b.submit(b.get("/petugas/masuk"), "nip", nip, "sandi", password, "otp", code)
}

func TestStaffSetupAndSignIn(t *testing.T) {
	x := newTest(t)
	c := x.colleague(staffNIP, accounts.Agent)
	out := c.submitOut()
	if out.header.Get("Location") != "/petugas/masuk" {
		t.Fatalf("sign-out: %d", out.status)
	}
	if p := c.get("/petugas"); p.header.Get("Location") != "/petugas/masuk" {
		t.Errorf("signed out, and still let in: %d", p.status)
	}
	if p := c.signsIn("19860926 201505 2 001", staffPassword, c.next()); p.header.Get("Location") != "/petugas" {
		t.Fatalf("sign-in: %d %s", p.status, p.text())
	}
	if p := c.get("/petugas"); p.header.Get("Location") != "/petugas/antrean" {
		t.Errorf("first page: %q", p.header.Get("Location"))
	}
}

func (b *browser) submitOut() page { return b.post("/petugas/keluar", url.Values{}) }

// One sentence, one status, one page for everything that may be wrong.
func TestStaffRefusalTellsNothing(t *testing.T) {
	x := newTest(t)
	c := x.colleague(staffNIP, accounts.Agent)
	var first string
	for name, p := range map[string]page{
		"unknown number": x.browser().signsIn("199408172022211003", staffPassword, "123456"),
		"wrong password": x.browser().signsIn(staffNIP, "Salah-9-sekali-ya", c.next()),
		"wrong code":     x.browser().signsIn(staffNIP, staffPassword, "000000"),
		"used code": func() page {
			c.signsIn(staffNIP, staffPassword, c.next())
			return x.browser().signsIn(staffNIP, staffPassword, c.code())
		}(),
		"no number": x.browser().signsIn("bukan nomor", staffPassword, "123456"),
	} {
		p.mustSay(t, http.StatusUnprocessableEntity, "NIP, kata sandi, atau kode OTP tidak cocok.")
		if len(p.header["Set-Cookie"]) > 0 {
			t.Errorf("%s: sets a cookie", name)
		}
		text := strings.Join(strings.Fields(p.Find("main").Find("input").Remove().End().Text()), " ")
		if first == "" {
			first = text
		}
		if text != first {
			t.Errorf("%s: %q differs from %q", name, text, first)
		}
		if strings.Contains(p.body, staffPassword) || strings.Contains(p.body, "Salah-9") {
			t.Errorf("%s: the password comes back", name)
		}
	}
}

func TestStaffSignInIsDelayedByNetwork(t *testing.T) {
	x := newTest(t)
	x.colleague(staffNIP, accounts.Agent)
	var last page
	for range 7 {
		last = x.browser().signsIn(staffNIP, "Salah-9-sekali-ya", "123456")
	}
	last.mustSay(t, http.StatusTooManyRequests, "Terlalu banyak percobaan. Coba lagi pukul")
}

func TestStaffCookies_SE02(t *testing.T) {
	x := newTest(t)
	c := x.colleague(staffNIP, accounts.Agent)
	names := func(p page) map[string]*http.Cookie {
		found := map[string]*http.Cookie{}
		for _, line := range p.header["Set-Cookie"] {
			one := must(http.ParseSetCookie(line))(t)
			found[one.Name] = one
			if !one.Secure || !one.HttpOnly || one.SameSite != http.SameSiteLaxMode || one.Path != "/" || one.Domain != "" {
				t.Errorf("%s", line)
			}
		}
		return found
	}
	first := names(c.signsIn(staffNIP, staffPassword, c.next()))
	second := names(c.signsIn(staffNIP, staffPassword, c.next()))
	if first[cookieStaff] == nil || first[cookieBrowser] == nil || first[cookieStaff].Value == second[cookieStaff].Value {
		t.Error("a sign-in gives a session of its own (SE-09)")
	}
	if first[cookieBrowser].Value != second[cookieBrowser].Value {
		t.Error("signing in again makes the browser a new one (impostor 17)")
	}
	other := names(x.browser().signsIn(staffNIP, staffPassword, c.next()))
	if other[cookieBrowser].Value == first[cookieBrowser].Value {
		t.Error("two browsers count as one")
	}
}

func TestStaffFormsThatOurPagesNeverSend(t *testing.T) {
	x := newTest(t)
	b := x.browser()
	good := url.Values{"nip": {staffNIP}, "sandi": {staffPassword}, "otp": {"123456"}}
	for name, spoil := range map[string]func(url.Values){
		"missing":   func(f url.Values) { f.Del("otp") },
		"doubled":   func(f url.Values) { f.Add("nip", staffNIP) },
		"over-long": func(f url.Values) { f.Set("nip", strings.Repeat("1", 9000)) },
		"not UTF-8": func(f url.Values) { f.Set("sandi", "\xff\xfe") },
	} {
		f := url.Values{}
		for k, v := range good {
			f[k] = append([]string{}, v...)
		}
		spoil(f)
		if p := b.post("/petugas/masuk", f); p.status != http.StatusBadRequest {
			t.Errorf("%s: %d", name, p.status)
		}
	}
}

func TestStaffSetupStepByStep_RC09(t *testing.T) {
	x := newTest(t)
	b := x.browser()
	b.get("/petugas/aktivasi/kode").mustSay(t, http.StatusConflict, "Mulai lagi dengan kode aktivasi")
	b.post("/petugas/aktivasi/kode", url.Values{"otp": {"123456"}}).mustSay(t, http.StatusConflict, "Mulai lagi dengan kode aktivasi")
	first := b.get("/petugas/aktivasi")
	b.submit(first, "kode", "SALAH", "sandi", staffPassword).mustSay(t, http.StatusUnprocessableEntity, "Kode aktivasi tidak berlaku.")
	code := x.addStaff(staffNIP, accounts.Admin)
	b.submit(first, "kode", string(code), "sandi", "pendek").mustSay(t, http.StatusUnprocessableEntity, "paling sedikit 12")

	step := b.follow(b.submit(first, "kode", strings.ToLower(code.Grouped()), "sandi", staffPassword))
	step.mustSay(t, http.StatusOK, "Tambahkan entri petugas")
	b.submit(step, "otp", "000000").mustSay(t, http.StatusUnprocessableEntity, "Kode tidak cocok.")
	late := otp.Code(keyOn(t, step), otp.Step(x.clock.Now())-5)
	b.submit(step, "otp", late).mustSay(t, http.StatusUnprocessableEntity, "jam HP terlambat")

	stranger := x.browser()
	stranger.submit(step, "otp", otp.Code(keyOn(t, step), otp.Step(x.clock.Now()))).mustSay(t, http.StatusConflict, "Mulai lagi")
	done := b.submit(step, "otp", otp.Code(keyOn(t, step), otp.Step(x.clock.Now())))
	b.follow(b.follow(done)).mustSay(t, http.StatusOK, "Pengaturan")
	b.submit(step, "otp", "123456").mustSay(t, http.StatusConflict, "Mulai lagi")
	b.submit(first, "kode", string(code), "sandi", staffPassword).mustSay(t, http.StatusUnprocessableEntity, "Kode aktivasi tidak berlaku.")
}

func TestDisabledStaffIsOutAtHisNextRequest_ST07(t *testing.T) {
	x := newTest(t)
	c := x.colleague(staffNIP, accounts.Admin)
	c.follow(c.get("/petugas")).mustSay(t, http.StatusOK, "Pengaturan")
	if err := x.Accounts.DisableStaff(t.Context(), staffNIP, fromConsole); err != nil {
		t.Fatal(err)
	}
	if p := c.get("/petugas"); p.header.Get("Location") != "/petugas/masuk" {
		t.Errorf("%d", p.status)
	}
}

func TestStaffSecretsAreInNoLog(t *testing.T) {
	x := newTest(t)
	c := x.colleague(staffNIP, accounts.Agent)
	code := c.next()
	c.signsIn(staffNIP, staffPassword, code)
	for _, word := range []string{staffNIP, staffPassword, code, c.key.Base32(), "rina@example.go.id"} {
		if strings.Contains(x.log.String(), word) {
			t.Errorf("the log holds %q", word)
		}
	}
}

// The sign-in page is open to anyone and a bookmark leads there too: it speaks
// of a session that has ended only to whose has, and not only of idle ones.
func TestAnEndedSessionIsSaidToBeOver(t *testing.T) {
	x := newTest(t)
	const ended = "Sesi Anda sudah berakhir"
	says := func(when string, b *browser, want bool) {
		t.Helper()
		p := b.get("/petugas/masuk")
		if p.status != http.StatusOK || strings.Contains(p.text(), ended) != want {
			t.Errorf("%s: %d, over: %v", when, p.status, !want)
		}
		if want {
			p.mustSay(t, http.StatusOK, "atau setelah akunnya diubah")
		}
	}
	c := x.colleague(staffNIP, accounts.Admin)
	says("a stranger", x.browser(), false)
	says("a session that is alive", c.browser, false)
	x.clock.Advance(16 * time.Minute)
	says("a session that was idle", c.browser, true)
	c.signsIn(staffNIP, staffPassword, c.next())
	says("signed in again", c.browser, false)
	if err := x.Accounts.DisableStaff(t.Context(), staffNIP, fromConsole); err != nil {
		t.Fatal(err)
	}
	says("disabled", c.browser, true)
	out := x.colleague("198609262015052002", accounts.Admin)
	out.submitOut()
	says("signed out", out.browser, false)
}
