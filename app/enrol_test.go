package app

import (
	"context"
	"encoding/base32"
	"net/http"
	"net/url"
	"strings"
	"testing"
	"time"

	"pulih/accounts"
	"pulih/audit"
	"pulih/db"
	"pulih/db/dbtest"
	"pulih/otp"
	"pulih/secret"
	"pulih/tickets"
	"pulih/views"
)

const testNIP = "198609262015051001"

// proven is a request of an employee whose password is older than a week,
// and who has shown it.
func (x *test) proven() (filed, employee) {
	x.t.Helper()
	e := x.employee(testNIP)
	x.clock.Advance(8 * 24 * time.Hour)
	f := x.filed()
	f.follow(f.submit(f.page("bukti"), "sandi", employeePassword)).
		mustSay(x.t, http.StatusOK, "Terima kasih. Bukti Anda cocok.")
	return f, e
}

// ready is such a request whose pass may be taken.
func (x *test) ready() (filed, employee) {
	x.t.Helper()
	f, e := x.proven()
	checker, second := testOfficers(x)
	x.claim(checker, f.number)
	x.sees(checker, f.number, e, tickets.KTP)
	x.approve(checker, second, f, e)
	return f, e
}

// pass takes the pass and gives it as it is shown.
func (f filed) pass() string {
	f.x.t.Helper()
	shown := f.follow(f.submit(f.page("kode"), "sandi", employeePassword))
	shown.mustSay(f.x.t, http.StatusOK, "Jangan berikan kode ini kepada siapa pun")
	return shown.Find("#kode").Text()
}

// opened shows NIP, pass and factor, and stands before the new secret.
func (b *browser) opened(pass string) page {
	b.x.t.Helper()
	return b.follow(b.submit(b.get("/daftar-mfa"), "nip", testNIP, "kode", pass, "sandi", employeePassword))
}

func (p page) newSecret() otp.Secret {
	uri, _ := url.Parse(p.Find(`a[href^="otpauth:"]`).AttrOr("href", ""))
	raw, _ := base32.StdEncoding.WithPadding(base32.NoPadding).DecodeString(uri.Query().Get("secret"))
	return raw
}

func TestALostAuthenticatorIsReplacedFromAfar(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB, clock *dbtest.Clock) {
		replaceFromAfar(t, newTestOn(t, d, clock))
	})
}

func replaceFromAfar(t *testing.T, x *test) {
	f, e := x.ready()
	f.page("").mustSay(t, http.StatusOK, "Ambil sebelum ")
	pass := f.pass()
	f.page("").mustSay(t, http.StatusOK, "Kode pendaftaran berlaku sampai ")
	start := f.get("/daftar-mfa")
	if start.value("kode") != pass {
		t.Error("the pass shown in this browser has to be typed again")
	}
	device := f.opened(pass)
	device.mustSay(t, http.StatusOK, "Pasang aplikasi autentikator")
	fresh := device.newSecret()
	if key := strings.Join(strings.Fields(device.Find("#kunci").Text()), ""); key != fresh.Base32() {
		t.Errorf("typed key %q and link differ", key)
	}
	done := f.follow(f.submit(device, "kode", x.otp(fresh), "perangkat", "HP <baru>"))
	done.mustSay(t, http.StatusOK, "HP <baru> sekarang menjadi autentikator Anda.")
	f.page("").mustSay(t, http.StatusOK, "Permohonan Anda selesai")
	x.clock.Advance(time.Minute)
	if r := x.signIn(e, e.device); r == accounts.SignInOK {
		t.Error("the old device still signs in (ET-07)")
	}
	if r := x.signIn(e, fresh); r != accounts.SignInOK {
		t.Errorf("the new device: %s", r)
	}
	x.mailTo(string(e.Email), "autentikator")
}

func (x *test) signIn(e employee, device otp.Secret) accounts.SignInResult {
	x.t.Helper()
	in := must(x.Desk.SignIn(context.Background(), accounts.SignInForm{
		NIP: e.NIP, Password: employeePassword, OTP: x.otp(device), Network: "127.0.0.0/24",
	}, audit.Actor{Kind: audit.Anonymous}))(x.t)
	return in.Result
}

func TestTheFactorIsNotTheFreshPassword_impostor1(t *testing.T) {
	x := newTest(t)
	x.employee(testNIP) // its password is of today
	f := x.filed()
	f.submit(f.page("bukti"), "sandi", employeePassword).
		mustSay(t, http.StatusUnprocessableEntity, "Bukti belum cocok.")
	f.submit(f.page("bukti"), "sandi", "").
		mustSay(t, http.StatusUnprocessableEntity, "Isi kata sandi, kode OTP")
}

func TestAnUnknownNumberAnswersAFactorLikeAKnownOne_EN08(t *testing.T) {
	x := newTest(t)
	x.employee(testNIP)
	known, unknown := x.filed(), x.filed("nip", "199408172022211003")
	a := known.submit(known.page("bukti"), "sandi", "salah-Sekali-12")
	b := unknown.submit(unknown.page("bukti"), "sandi", "salah-Sekali-12")
	if a.status != b.status || strings.ReplaceAll(a.text(), known.number, "") != strings.ReplaceAll(b.text(), unknown.number, "") {
		t.Errorf("told apart: %d %s\n%d %s", a.status, a.text(), b.status, b.text())
	}
}

func TestFactorsAreNotGuessedHere(t *testing.T) {
	x := newTest(t)
	x.employee(testNIP)
	f := x.filed()
	for range 5 {
		f.submit(f.page("bukti"), "sandi", "salah-Sekali-12").mustSay(t, http.StatusUnprocessableEntity, "Bukti belum cocok.")
	}
	f.submit(f.page("bukti"), "sandi", employeePassword).
		mustSay(t, http.StatusConflict, "Percobaan habis. Datang ke loket")
}

func TestThePassIsShownAfterTheFactorOnly_impostor10(t *testing.T) {
	x := newTest(t)
	f, _ := x.ready()
	f.submit(f.page("kode"), "sandi", "salah-Sekali-12").mustSay(t, http.StatusUnprocessableEntity, "Bukti belum cocok.")
	f.submit(f.page("kode"), "sandi", "").mustSay(t, http.StatusUnprocessableEntity, "Bukti belum cocok.")
	pass := f.pass()
	if again := f.page("kode"); again.Find("#kode").Text() != pass {
		t.Error("loading the page again lost the pass, or made another")
	}
	other := x.browser()
	other.follow(other.get(views.StatusPath(f.number, "") + "?kunci=" + f.key))
	if p := other.get(views.StatusPath(f.number, "kode")); strings.Contains(p.body, pass) || p.status != http.StatusSeeOther {
		t.Errorf("another browser with the receipt: %d", p.status)
	}
	if p := f.post(views.StatusPath(f.number, "kode"), url.Values{"sandi": {employeePassword}, "otp": {""}}); p.status != http.StatusConflict {
		t.Errorf("a second pass beside the first: %d", p.status)
	}
}

func TestThePassIsNotThereBeforeItsTime(t *testing.T) {
	x := newTest(t)
	f, _ := x.proven()
	if p := f.page("kode"); p.header.Get("Location") != views.StatusPath(f.number, "") {
		t.Error(p.status)
	}
	f.post(views.StatusPath(f.number, "kode"), url.Values{"sandi": {employeePassword}, "otp": {""}}).
		mustSay(t, http.StatusConflict, "Langkah ini tidak berlaku")
}

func TestEnrolmentStepsCannotBeSkipped_RC09(t *testing.T) {
	b := newTest(t).browser()
	b.get("/daftar-mfa/perangkat").mustSay(t, http.StatusConflict, "Pendaftaran belum dimulai")
	b.post("/daftar-mfa/perangkat", url.Values{"kode": {"123456"}, "perangkat": {"HP"}}).
		mustSay(t, http.StatusConflict, "Pendaftaran belum dimulai")
	if p := b.get("/daftar-mfa/selesai"); p.header.Get("Location") != "/daftar-mfa" {
		t.Error("the last page without the first")
	}
}

func TestAWrongClockIsNotCalledAWrongCode_TV10(t *testing.T) {
	x := newTest(t)
	f, _ := x.ready()
	device := f.opened(f.pass())
	fresh := device.newSecret()
	for minutes, want := range map[int64]string{-4: "terlambat sekitar 4 menit", 3: "lebih cepat sekitar 3 menit"} {
		code := otp.Code(fresh, otp.Step(x.clock.Now())+2*minutes)
		p := f.submit(device, "kode", code)
		p.mustSay(t, http.StatusUnprocessableEntity, "Jam HP Anda "+want)
		if p.Find(`main a[href="/cek-jam"]`).Length() == 0 || p.value("perangkat") != "HP pribadi" {
			t.Error("no way to the clock check, or the name is lost")
		}
	}
	f.submit(device, "kode", "000000").mustSay(t, http.StatusUnprocessableEntity, "Kode tidak cocok.")
	f.submit(device, "kode", "12345").mustSay(t, http.StatusUnprocessableEntity, "Kode OTP berisi 6 angka.")
	f.submit(device, "kode", x.otp(fresh), "perangkat", "\u202e").mustSay(t, http.StatusUnprocessableEntity, "Nama perangkat belum diisi.")
}

func TestAnEnrolmentIsFinishedOnce(t *testing.T) {
	x := newTest(t)
	f, _ := x.ready()
	device := f.opened(f.pass())
	form := url.Values{"kode": {x.otp(device.newSecret())}, "perangkat": {"HP"}}
	cookies := f.client.Jar.Cookies(must(url.Parse(x.url))(t))
	if p := f.post("/daftar-mfa/perangkat", form); p.status != http.StatusSeeOther {
		t.Fatal(p.status)
	}
	f.client.Jar.SetCookies(must(url.Parse(x.url))(t), cookies) // the browser's back button, in effect
	f.post("/daftar-mfa/perangkat", form).mustSay(t, http.StatusConflict, "Pendaftaran belum dimulai")
}

func TestBeginningElsewhereEndsTheFirst(t *testing.T) {
	x := newTest(t)
	f, _ := x.ready()
	pass := f.pass()
	first := f.opened(pass)
	x.browser().opened(pass)
	f.submit(first, "kode", x.otp(first.newSecret())).mustSay(t, http.StatusConflict, "Pendaftaran belum dimulai")
}

func TestWrongPassesAnswerAlike_EN04(t *testing.T) {
	x := newTest(t)
	x.employee(testNIP)
	say := "NIP dan kode pendaftaran tidak cocok"
	for _, nip := range []string{testNIP, "199408172022211003"} {
		b := x.browser()
		b.submit(b.get("/daftar-mfa"), "nip", nip, "kode", "7K3M-9QXD-2PRT", "sandi", employeePassword).
			mustSay(t, http.StatusUnprocessableEntity, say)
	}
	b := x.browser()
	for name, pairs := range map[string][]string{
		"17 angka":                 {"nip", "19860926201505100"},
		"12 huruf dan angka":       {"kode", "7K3M"},
		"Isi kata sandi, kode OTP": {"sandi", ""},
	} {
		b.submit(b.get("/daftar-mfa"), append([]string{"nip", testNIP, "kode", "7K3M9QXD2PRT", "sandi", "x"}, pairs...)...).
			mustSay(t, http.StatusUnprocessableEntity, name)
	}
}

func TestWrongPassesLimitNetworksNotNumbers_impostor18(t *testing.T) {
	x := newTest(t)
	x.employee(testNIP)
	b := x.browser()
	form := url.Values{"nip": {"199408172022211003"}, "kode": {"7K3M9QXD2PRT"}, "sandi": {"x"}, "otp": {""}}
	status := 0
	for range LimitPass.Burst + 1 {
		status = b.post("/daftar-mfa", form).status
	}
	if status != http.StatusTooManyRequests {
		t.Error(status)
	}
}

// withoutFactor is a request served by documents and a call.
func (x *test) withoutFactor() filed {
	x.t.Helper()
	ctx := context.Background()
	e := x.employee(testNIP)
	f := x.filed()
	checker, second := testOfficers(x)
	x.claim(checker, f.number)
	x.sees(checker, f.number, e, tickets.KTP, tickets.SKPNS)
	call := must(x.Desk.CallCode(ctx, checker.By, f.number, x.version(checker, f.number), string(e.Phone)))(x.t)
	f.page("").mustSay(x.t, http.StatusOK, "Petugas menelepon Anda")
	f.submit(f.page("telepon"), "kode", "??").mustSay(x.t, http.StatusUnprocessableEntity, "6 huruf dan angka")
	f.submit(f.page("telepon"), "kode", "000000").mustSay(x.t, http.StatusUnprocessableEntity, "Kode tidak cocok.")
	f.follow(f.submit(f.page("telepon"), "kode", strings.ToLower(string(call.Code)))).
		mustSay(x.t, http.StatusOK, "Kode dari telepon cocok.")
	x.approve(checker, second, f, e)
	return f
}

func TestWithoutAFactorANewPasswordIsSet(t *testing.T) {
	x := newTest(t)
	f := x.withoutFactor()
	shown := f.follow(f.submit(f.page("kode")))
	link := shown.Find("main .btn.primary").AttrOr("href", "")
	if link != "/daftar-mfa?kata-sandi=baru" {
		t.Fatalf("the pass leads to %q", link)
	}
	form := f.get(link)
	phrase := form.Find("#saran").Text()
	f.submit(form, "nip", testNIP, "sandi", "pendek").mustSay(t, http.StatusUnprocessableEntity, "Kata sandi baru")
	device := f.follow(f.submit(form, "nip", testNIP, "sandi", phrase))
	fresh := device.newSecret()
	f.follow(f.submit(device, "kode", x.otp(fresh))).mustSay(t, http.StatusOK, "HP pribadi sekarang menjadi autentikator Anda.")
	x.clock.Advance(time.Minute)
	in := must(x.Desk.SignIn(context.Background(), accounts.SignInForm{NIP: testNIP, Password: secret.Password(phrase), OTP: x.otp(fresh), Network: "n"}, audit.Actor{Kind: audit.Anonymous}))(t)
	if in.Result != accounts.SignInOK {
		t.Error(in.Result)
	}
}

func TestTheWayToANewPasswordKeepsWhatWasTyped(t *testing.T) {
	b := newTest(t).browser()
	form := b.get("/daftar-mfa")
	p := b.submit(form, "nip", testNIP, "kode", "7K3M-9QXD-2PRT", "ganti", "sandi")
	p.mustSay(t, http.StatusOK, "Kata sandi baru")
	if action := p.Find("main form").AttrOr("action", ""); action != "/daftar-mfa?kata-sandi=baru" {
		t.Errorf("the form posts to %q", action)
	}
	for id, want := range map[string]string{"#nip": testNIP, "#kode": "7K3M-9QXD-2PRT"} {
		if got := p.Find(id).AttrOr("value", ""); got != want {
			t.Errorf("%s holds %q, want %q", id, got, want)
		}
	}
}

func TestTheDefaultFormTurnsIntoTheOneForANewPassword(t *testing.T) {
	x := newTest(t)
	f := x.withoutFactor()
	f.follow(f.submit(f.page("kode")))
	p := f.submit(f.get("/daftar-mfa"), "nip", testNIP, "otp", "123456")
	p.mustSay(t, http.StatusUnprocessableEntity, "Kata sandi baru")
	if p.Find("#saran").Length() == 0 {
		t.Error("no password is offered")
	}
}

func TestNoSecretOfAnEnrolmentIsKeptOrLogged_SC04(t *testing.T) {
	x := newTest(t)
	f, _ := x.ready()
	pass := f.pass()
	device := f.opened(pass)
	if device.header.Get("Cache-Control") != "no-store" || device.header.Get("Content-Encoding") != "" {
		t.Error("the page with the secret may be kept, or its size tells of it")
	}
	for _, text := range []string{device.newSecret().Base32(), pass, strings.ReplaceAll(pass, "-", ""), employeePassword, testNIP} {
		if strings.Contains(x.log.String(), text) {
			t.Errorf("the log holds %d characters of a secret", len(text))
		}
	}
}
