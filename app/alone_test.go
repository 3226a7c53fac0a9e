package app

import (
	"context"
	"net/http"
	"net/url"
	"regexp"
	"strings"
	"testing"
	"time"

	"pulih/accounts"
	"pulih/audit"
	"pulih/db"
	"pulih/db/dbtest"
	"pulih/otp"
	"pulih/secret"
)

const mfaPath = "/pulihkan-mfa"

var (
	mfaLinkInMail = regexp.MustCompile(`/pulihkan-mfa/kode/[\w-]+`)
	goOnInMail    = regexp.MustCompile(`/pulihkan-mfa/lanjut/[\w-]+`)
)

// settledEmployee has a password of long ago.
func (x *test) settledEmployee(nip secret.NIP) employee {
	e := x.employee(string(nip))
	x.exec(`UPDATE accounts SET password_at = 1 WHERE person = '` + e.ID + `'`)
	return e
}

// alone sends the first form.
func (b *browser) alone(e employee, pairs ...string) page {
	b.x.t.Helper()
	return b.submit(b.get(mfaPath), append([]string{"nip", string(e.NIP), "sandi", employeePassword}, pairs...)...)
}

// askMFACode goes from the first form to the page that waits for the code.
func (b *browser) askMFACode(e employee) (wait page, code, link string) {
	b.x.t.Helper()
	gate := b.follow(b.alone(e))
	gate.mustSay(b.x.t, http.StatusOK, titleResetEmail)
	wait = b.follow(b.submit(gate, "email", string(e.Email), "pow", solved(b.x.t, gate)))
	b.x.sendCodes()
	b.x.lawQuiet()
	m := b.x.mailTo(string(e.Email), "Kode")
	return wait, codeInMail.FindString(m.Text), mfaLinkInMail.FindString(m.Text)
}

// waits goes on to the running wait.
func (b *browser) waits(e employee) page {
	b.x.t.Helper()
	wait, code, _ := b.askMFACode(e)
	begin := b.follow(b.submit(wait, "kode", code))
	begin.mustSay(b.x.t, http.StatusOK, "Mulai masa tunggu")
	return b.follow(b.submit(begin))
}

// tend does what App.Run does each second.
func (x *test) tend() {
	x.t.Helper()
	x.lawQuiet()
	if err := x.Accounts.TendWaits(context.Background()); err != nil {
		x.t.Fatal(err)
	}
}

// aDay lets the wait ripen and returns the mailed link.
func (x *test) aDay(e employee) string {
	x.t.Helper()
	x.tend()
	x.clock.Advance(accounts.Day)
	x.tend()
	return goOnInMail.FindString(x.mailTo(string(e.Email), "Masa tunggu").Text)
}

// finish enrols the new device and signs in with it.
func (b *browser) finish(e employee, device page) {
	b.x.t.Helper()
	device.mustSay(b.x.t, http.StatusOK, "Pasang aplikasi autentikator")
	fresh := device.newSecret()
	done := b.follow(b.submit(device, "kode", b.x.otp(fresh), "perangkat", "HP baru"))
	done.mustSay(b.x.t, http.StatusOK, "HP baru sekarang menjadi autentikator Anda.")
	b.x.clock.Advance(time.Minute)
	if r := b.x.signIn(e, e.device); r == accounts.SignInOK {
		b.x.t.Error("the lost device still signs in (ET-07)")
	}
	if r := b.x.signIn(e, fresh); r != accounts.SignInOK {
		b.x.t.Errorf("the new device: %s", r)
	}
}

// The whole way over HTTP, in the browser that began it.
func TestANewAuthenticatorAfterADay(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB, clock *dbtest.Clock) {
		x := newTestOn(t, d, clock)
		e, b := x.settledEmployee(sitiNIP), x.browser()
		b.waits(e).mustSay(t, http.StatusOK, "Email pemberitahuan sedang dikirim")
		x.tend()
		until := x.DB.Now().Add(accounts.Day).Long(x.Zone)
		b.get(mfaPath+"/tunggu").mustSay(t, http.StatusOK, "Masa tunggu selesai pada "+until)
		b.get(mfaPath).mustSay(t, http.StatusOK, "Masa tunggu masih berjalan")
		b.alone(e).mustSay(t, http.StatusOK, "Masa tunggu selesai pada "+until)
		x.aDay(e)
		b.get(mfaPath+"/tunggu").mustSay(t, http.StatusOK, "Anda bisa mendaftarkan autentikator baru sampai")
		b.get(mfaPath).mustSay(t, http.StatusOK, "Ketik NIP dan kata sandi, lalu daftarkan")
		b.finish(e, b.follow(b.alone(e)))
		b.get(mfaPath+"/tunggu").mustSay(t, http.StatusOK, "Autentikator baru sudah terdaftar")
	})
}

// The mailed link: a scanner spends nothing, its token leaves the address, and
// without the password it opens nothing.
func TestTheMailedLinkGoesOnWithThePassword_impostor9(t *testing.T) {
	x := newTest(t)
	e := x.settledEmployee(sitiNIP)
	x.browser().waits(e)
	link := x.aDay(e)
	for range 3 {
		scanned := x.browser()
		scanned.follow(scanned.get(link)).mustSay(t, http.StatusOK, "Masa tunggu sudah selesai")
	}
	stranger := x.browser()
	stranger.alone(e).mustSay(t, http.StatusOK, "Buka tautan di email terbaru dari kami")
	opener := x.browser()
	form := opener.follow(opener.get(link))
	if token := link[strings.LastIndex(link, "/")+1:]; form.path != mfaPath || strings.Contains(form.body, token) {
		t.Error("the token is still in the page or its address")
	}
	opener.submit(form, "nip", sitiNIP, "sandi", "Salah-tebak-11").mustSay(t, http.StatusUnprocessableEntity, "tidak cocok")
	opener.finish(e, opener.follow(opener.submit(form, "nip", sitiNIP, "sandi", employeePassword)))
}

// The code's own link proves the mailbox too, for the browser that presses it.
func TestTheCodesLinkBeginsTheWait_impostor9(t *testing.T) {
	x := newTest(t)
	e, starter, opener := x.settledEmployee(sitiNIP), x.browser(), x.browser()
	wait, code, link := starter.askMFACode(e)
	button := opener.follow(opener.get(link))
	begin := opener.follow(opener.submit(button))
	opener.follow(opener.submit(begin)).mustSay(t, http.StatusOK, "Email pemberitahuan sedang dikirim")
	starter.submit(wait, "kode", code).mustSay(t, http.StatusConflict, "Mungkin sudah dilanjutkan di HP atau komputer lain")
	starter.post(mfaPath+"/mulai", nil).mustSay(t, http.StatusConflict, "Langkah ini tidak berlaku lagi")
}

func TestAnotherDeviceOpensAtOnce_impostor1(t *testing.T) {
	x := newTest(t)
	e, b := x.employee(sitiNIP), x.browser() // its password is of today
	b.alone(e, "otp", x.otp(e.device)).mustSay(t, http.StatusUnprocessableEntity, "satu-satunya perangkat")
	second := x.secondDevice(e)
	b.alone(e, "otp", "000000").mustSay(t, http.StatusUnprocessableEntity, "Kode OTP tidak cocok")
	b.alone(e, "cadangan", "7K3M-9QXD-7K3M-9QXD").mustSay(t, http.StatusUnprocessableEntity, "Kode cadangan tidak cocok")
	b.finish(e, b.follow(b.alone(e, "otp", x.otp(second))))
}

// secondDevice gives somebody one more authenticator.
func (x *test) secondDevice(e employee) otp.Secret {
	x.t.Helper()
	key, ctx := otp.NewSecret(), context.Background()
	err := x.DB.Write(ctx, func(tx *db.Tx) error {
		_, err := x.Accounts.AddDevice(ctx, tx, accounts.NewDevice{Person: e.ID, Name: "Tablet", Via: "seed", Secret: key}, audit.Actor{Kind: audit.Console})
		return err
	})
	if err != nil {
		x.t.Fatal(err)
	}
	return key
}

// Why not, in plain words, and a request with everything filled in. Nothing of
// it stands in an address.
func TestWhoIsBarredGetsARequestFilledIn(t *testing.T) {
	for change, why := range map[string]string{
		`UPDATE accounts SET password_via = 'mail'`:                    "dibuat lewat email",
		`UPDATE accounts SET password_at = 99999999999999999`:          "belum berumur 7 hari",
		`UPDATE accounts SET reset_needs_otp = TRUE`:                   "sedang dijaga",
		`UPDATE accounts SET remote_blocked_until = 99999999999999999`: "sedang ditahan",
		`UPDATE people SET email = ''`:                                 "belum terdaftar 30 hari",
		`UPDATE people SET email_since = 99999999999999999`:            "Email Anda baru diganti",
		`UPDATE devices SET state = 'ended'`:                           "tidak lagi memiliki autentikator",
	} {
		x := newTest(t)
		e := x.settledEmployee(sitiNIP)
		x.exec(change)
		b := x.browser()
		barred := b.alone(e)
		barred.mustSay(t, http.StatusOK, why)
		if n := x.countRows(`SELECT count(*) FROM resets`); n != 0 || barred.header.Get("Location") != "" {
			t.Errorf("%s: %d flows", why, n)
		}
		b.gotAFilledRequest(barred, why)
	}
}

// gotAFilledRequest goes on to the request that a page offers: the draft on
// the server holds what was typed, and nothing of the record (impostor 22).
func (b *browser) gotAFilledRequest(barred page, why string) {
	b.x.t.Helper()
	begun := b.submit(barred, "sebab")
	if to := begun.header.Get("Location"); to != "/tiket/baru/identitas" {
		b.x.t.Errorf("%s: leads to %q", why, to)
	}
	who := b.follow(begun)
	who.mustSay(b.x.t, http.StatusOK, "Siapa Anda?")
	for field, want := range map[string]string{"nip": "19860926 201505 2 001", "nama": "", "unit": ""} {
		if got := who.value(field); got != want {
			b.x.t.Errorf("%s: %q is filled in for %s", why, got, field)
		}
	}
	if b.get("/tiket/baru/masalah").Find(`input[value="hilang"][checked]`).Length() != 1 {
		b.x.t.Errorf("%s: the cause is not chosen", why)
	}
}

// Five fixtures, one answer; what bars somebody is told after the right
// password only (EN-01).
func TestAWrongPasswordAnswersAlike_EN01(t *testing.T) {
	x := newTest(t)
	x.settledEmployee(sitiNIP)
	closed := x.employee("199408172022211003")
	gone := x.employee("198812032024212015")
	x.exec(`UPDATE accounts SET disabled_at = 1 WHERE person = '` + closed.ID + `'`)
	x.exec(`UPDATE people SET active = FALSE, email = '' WHERE id = '` + gone.ID + `'`)
	for _, code := range []url.Values{{}, {"otp": {"123456"}}, {"cadangan": {"7K3M-9QXD-7K3M-9QXD"}}} {
		var want string
		for _, nip := range []string{sitiNIP, string(closed.NIP), string(gone.NIP), "197001011995031001", "198609262015051009"} {
			form := url.Values{"nip": {nip}, "sandi": {"Salah-tebak-11"}, "otp": code["otp"], "cadangan": code["cadangan"]}
			got := strings.ReplaceAll(everything(x.browser().post(mfaPath, form)), nip, "NIP")
			if want == "" {
				want = got
			}
			if got != want {
				t.Errorf("%s differs with %v:\n%s\n\n%s", nip, code, got, want)
			}
		}
	}
}

func TestWrongPasswordsPauseHere_impostor13(t *testing.T) {
	x := newTest(t)
	e, b := x.settledEmployee(sitiNIP), x.browser()
	for _, nip := range []string{sitiNIP, "197001011995031001"} {
		for range 5 {
			b.post(mfaPath, url.Values{"nip": {nip}, "sandi": {"Salah-tebak-11"}})
		}
		paused := b.post(mfaPath, url.Values{"nip": {nip}, "sandi": {employeePassword}})
		paused.mustSay(t, http.StatusTooManyRequests, "Terlalu banyak percobaan. Coba lagi pukul ")
		if paused.header.Get("Retry-After") != "30" {
			t.Errorf("%s: %q", nip, paused.header.Get("Retry-After"))
		}
	}
	if r := x.signIn(e, e.device); r != accounts.SignInPaused {
		t.Errorf("the sign-in has another counter: %s", r)
	}
}

// Nothing of the way can be skipped (RC-09).
func TestStepsAloneCannotBeSkipped_RC09(t *testing.T) {
	x := newTest(t)
	e := x.settledEmployee(sitiNIP)
	for path, form := range map[string]url.Values{
		"/email": {"email": {string(e.Email)}}, "/kode": {"kode": {"7K3M-9QXD"}}, "/mulai": nil, "/tautan": nil,
	} {
		b := x.browser()
		b.post(mfaPath+path, form).mustSay(t, http.StatusConflict, "berlaku")
		if p := b.get(mfaPath + path); p.status != http.StatusSeeOther && path != "/tautan" {
			t.Errorf("GET %s: %d", path, p.status)
		}
	}
	b := x.browser()
	b.follow(b.alone(e))
	b.post(mfaPath+"/mulai", nil).mustSay(t, http.StatusConflict, "tidak berlaku lagi")
	reset := x.browser() // a flow of the other kind
	reset.follow(reset.submit(reset.get("/pulihkan"), "nip", sitiNIP))
	reset.post(mfaPath+"/email", url.Values{"email": {string(e.Email)}}).mustSay(t, http.StatusConflict, "tidak berlaku lagi")
	if n := x.countRows(`SELECT count(*) FROM waits`); n != 0 {
		t.Errorf("%d waits", n)
	}
}

// "Bukan saya" without signing in, and what its page says before and after.
func TestBukanSayaStopsTheWait_impostor2(t *testing.T) {
	x := newTest(t)
	e, b := x.settledEmployee(sitiNIP), x.browser()
	b.waits(e)
	m := x.mailTo(string(e.Email), "Penggantian autentikator dimulai")
	owner := x.browser()
	ask := owner.get(disownInMail.FindString(m.Text))
	ask.mustSay(t, http.StatusOK, "ingin mengganti autentikator")
	owner.submit(ask).mustSay(t, http.StatusOK, "Segera ganti kata sandi")
	b.get(mfaPath+"/tunggu").mustSay(t, http.StatusOK, "dihentikan lewat “Bukan saya”")
	b.follow(b.alone(e)).mustSay(t, http.StatusOK, titleResetEmail)
}

func TestTheLostDeviceCancelsTheWait_impostor11(t *testing.T) {
	x := newTest(t)
	e, b := x.settledEmployee(sitiNIP), x.browser()
	b.waits(e)
	if r := x.signIn(e, e.device); r != accounts.SignInOK {
		t.Fatal(r)
	}
	b.get(mfaPath+"/tunggu").mustSay(t, http.StatusOK, "Ada yang masuk dengan autentikator lama")
	if n := x.countRows(`SELECT count(*) FROM tickets WHERE kind = 'fraud'`); n != 1 {
		t.Errorf("%d cases", n)
	}
}

// A second proof finds the first wait, and does not move it.
func TestASecondProofFindsTheFirstWait(t *testing.T) {
	x := newTest(t)
	e, first, second := x.settledEmployee(sitiNIP), x.browser(), x.browser()
	wait, code, _ := second.askMFACode(e)
	begin := second.follow(second.submit(wait, "kode", code))
	x.clock.Advance(2 * time.Minute)
	first.waits(e)
	second.submit(begin).mustSay(t, http.StatusOK, "Email pemberitahuan sedang dikirim")
	if n := x.countRows(`SELECT count(*) FROM waits`); n != 1 {
		t.Errorf("%d waits", n)
	}
}

func TestABusyServerSaysSoAlone(t *testing.T) {
	x := newTest(t)
	e := x.settledEmployee(sitiNIP)
	x.Accounts = accounts.New(accounts.Config{DB: x.DB, Keys: x.Keys, Outbox: x.Outbox, Hasher: accounts.NewHasher(0, time.Millisecond)})
	x.browser().alone(e).mustSay(t, http.StatusServiceUnavailable, "sibuk")
}
