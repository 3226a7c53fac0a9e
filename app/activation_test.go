package app

import (
	"context"
	"net/http"
	"net/url"
	"strings"
	"testing"
	"time"

	"pulih/accounts"
	"pulih/db"
	"pulih/otp"
	"pulih/secret"
)

const budiNIP = "199408172022211003"

// newcomer is somebody of the roster who has never signed in.
func (x *test) newcomer(nip string) accounts.Person {
	x.t.Helper()
	p := accounts.Person{ID: db.NewID(), NIP: secret.NIP(nip), Name: "Budi Contoh", Unit: "Dinas Contoh", Agency: x.Site.Agency,
		Email: secret.Email("p" + nip + "@contoh.test"), Active: true}
	err := x.DB.Write(context.Background(), func(tx *db.Tx) error { return x.Accounts.AddPerson(context.Background(), tx, p) })
	if err != nil {
		x.t.Fatal(err)
	}
	return p
}

// proveActivation walks to the page for the first password.
func (b *browser) proveActivation(nip string) page {
	b.x.t.Helper()
	email := "p" + nip + "@contoh.test"
	wait := b.askCodeAt("/aktivasi", nip, email)
	return b.follow(b.submit(wait, "kode", codeInMail.FindString(b.x.mailTo(email, "mengaktifkan").Text)))
}

// activate walks on to the page of the new device.
func (b *browser) activate(nip string) page {
	b.x.t.Helper()
	return b.follow(b.submit(b.proveActivation(nip), "sandi", newPassword))
}

func TestActivationThenSignIn_impostor15(t *testing.T) {
	x := newTest(t)
	p, b := x.newcomer(budiNIP), x.browser()
	device := b.activate(budiNIP)
	device.mustSay(t, http.StatusOK, "Lima langkah")
	if strings.Contains(device.text(), "autentikator lama") {
		t.Error("speaks of an authenticator that there never was")
	}
	key := device.newSecret()
	b.submit(device, "kode", otp.Code(key, otp.Step(x.clock.Now())+40)).mustSay(t, http.StatusUnprocessableEntity, "Kode tidak cocok")
	done := b.follow(b.submit(device, "kode", x.otp(key)))
	done.mustSay(t, http.StatusOK, "buat kode cadangan")
	x.mailTo(string(p.Email), "Kata sandi dan autentikator pertama")
	if b.get("/akun").status != http.StatusSeeOther {
		t.Error("signed in without being asked (RC-15)")
	}
	x.clock.Advance(30 * time.Second)
	b.follow(b.enter(budiNIP, newPassword, x.otp(key))).mustSay(t, http.StatusOK, "Akun diaktifkan")
}

func TestTheOfferedPhraseActivates(t *testing.T) {
	x := newTest(t)
	x.newcomer(budiNIP)
	b := x.browser()
	b.proveActivation(budiNIP)
	offer := b.get("/aktivasi/sandi/usulan")
	device := b.follow(b.submit(offer, "sandi", offer.value("sandi")))
	b.follow(b.submit(device, "kode", x.otp(device.newSecret()))).mustSay(t, http.StatusOK, "HP pribadi")
}

// A late or second browser is led back to where it began, not to the form for
// a pass, which nobody gave it.
func TestAnActivationThatTookTooLongBeginsAgain(t *testing.T) {
	x := newTest(t)
	x.newcomer(budiNIP)
	b := x.browser()
	device := b.activate(budiNIP)
	code := x.otp(device.newSecret())
	x.clock.Advance(16 * time.Minute)
	late := b.submit(device, "kode", code)
	late.mustSay(t, http.StatusConflict, "waktunya habis")
	b.get(late.Find(`main a[href^="/aktivasi"]`).AttrOr("href", "")).mustSay(t, http.StatusOK, "Lanjutkan")
}

// The link's proof is the presser's (impostor 9), and the wrong page of a
// flow leads to the right one.
func TestTheActivationLink_impostor9(t *testing.T) {
	x := newTest(t)
	p, starter, opener := x.newcomer(budiNIP), x.browser(), x.browser()
	starter.askCodeAt("/aktivasi", budiNIP, string(p.Email))
	link := resetInMail.FindString(x.mailTo(string(p.Email), "mengaktifkan").Text)
	opener.follow(opener.submit(opener.follow(opener.get(link)))).mustSay(t, http.StatusOK, "paling sedikit 12 karakter")
	for _, late := range []page{starter.post("/aktivasi/sandi", url.Values{"sandi": {newPassword}}), starter.get("/aktivasi/kode")} {
		late.mustSay(t, http.StatusConflict, "Mungkin sudah dilanjutkan")
	}
	if to := opener.get("/aktivasi/email").header.Get("Location"); to != "/aktivasi/sandi" {
		t.Error("led to", to)
	}
	if to := opener.get("/pulihkan/sandi").header.Get("Location"); to == "/pulihkan/sandi" || opener.post("/pulihkan/sandi", url.Values{"sandi": {newPassword}}).status != http.StatusConflict {
		t.Error("the proof of one flow opens another (RC-08)", to)
	}
}

func TestUnlockingThenSignIn_impostor13(t *testing.T) {
	x := newTest(t)
	e, b := x.employee(sitiNIP), x.browser()
	for range 5 {
		b.enter(sitiNIP, "Salah-tebak-11", "")
	}
	paused := b.enter(sitiNIP, employeePassword, x.otp(e.device))
	paused.mustSay(t, http.StatusTooManyRequests, "Ingat kata sandi: buka kunci lewat email")
	if paused.Find(`main a[href="/buka-kunci"]`).Length() != 1 {
		t.Fatal("no way to unlock")
	}
	wait := b.askCodeAt("/buka-kunci", sitiNIP, string(e.Email))
	in := b.follow(b.submit(wait, "kode", codeInMail.FindString(x.mailTo(string(e.Email), "membuka kunci").Text)))
	in.mustSay(t, http.StatusOK, "Kunci sudah dibuka")
	if to := b.get("/buka-kunci/kode").header.Get("Location"); to != "/masuk" {
		t.Error("a finished flow leads to", to)
	}
	b.follow(b.submit(in, "nip", sitiNIP, "sandi", employeePassword, "otp", x.otp(e.device))).
		mustSay(t, http.StatusOK, "Kunci dibuka dengan kode email")
}

// Who asks for the wrong thing is told by mail only.
func TestTheWrongFlowIsToldByMail(t *testing.T) {
	x := newTest(t)
	e, p := x.employee(sitiNIP), x.newcomer(budiNIP)
	x.browser().askCodeAt("/aktivasi", sitiNIP, string(e.Email)).mustSay(t, http.StatusOK, "Jika NIP dan email cocok")
	x.browser().askCode(budiNIP, string(p.Email)).mustSay(t, http.StatusOK, "Jika NIP dan email cocok")
	if m := x.mailTo(string(e.Email), "sudah aktif"); codeInMail.MatchString(m.Text) || !strings.Contains(m.Text, x.url+"/pulihkan") {
		t.Error(m.Text)
	}
	if m := x.mailTo(string(p.Email), "belum diaktifkan"); codeInMail.MatchString(m.Text) || !strings.Contains(m.Text, x.url+"/aktivasi") {
		t.Error(m.Text)
	}
}

// Too many wrong codes: until when, in the agency's zone, and what helps
// meanwhile. A mailed code is not among it (impostor 13).
func TestThePauseOfCodesSaysWhatHelps_TV05(t *testing.T) {
	x := newTest(t)
	e, b := x.employee(sitiNIP), x.browser()
	for range 5 {
		b.enter(sitiNIP, employeePassword, otp.Code(e.device, otp.Step(x.clock.Now())+40))
	}
	locked := b.enter(sitiNIP, employeePassword, x.otp(e.device))
	locked.mustSay(t, http.StatusTooManyRequests, "Coba lagi pukul 10.00.30 WITA")
	for _, way := range []string{`a[href="/cek-jam"]`, `a[href="/pulihkan-mfa"]`, `details[open] [name="cadangan"]`} {
		if locked.Find("main "+way).Length() == 0 {
			t.Errorf("no %s", way)
		}
	}
	if locked.Find(`main a[href="/buka-kunci"]`).Length() != 0 {
		t.Error("unlocking is offered, and would not help")
	}
}
