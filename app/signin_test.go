package app

import (
	"fmt"
	"net/http"
	"net/url"
	"strings"
	"testing"
	"time"

	"pulih/audit"
	"pulih/otp"
)

// enter signs in at /masuk.
func (b *browser) enter(nip, password, code string) page {
	b.x.t.Helper()
	return b.submit(b.get("/masuk"), "nip", nip, "sandi", password, "otp", code)
}

func TestSignInTellsOnlyWhoHasThePassword_TV10(t *testing.T) {
	x := newTest(t)
	e := x.employee(sitiNIP)
	b := x.browser()
	const wrong = "NIP atau kata sandi tidak cocok."
	b.enter(sitiNIP, "Salah-tebak-11", x.otp(e.device)).mustSay(t, http.StatusUnprocessableEntity, wrong)
	b.enter("198609262015052009", employeePassword, x.otp(e.device)).mustSay(t, http.StatusUnprocessableEntity, wrong)
	for off, text := range map[int64]string{-4: "sudah lewat", 4: "jam HP Anda terlalu cepat", 40: "Kode OTP tidak cocok"} {
		code := otp.Code(e.device, otp.Step(x.clock.Now())+off)
		b.enter(sitiNIP, employeePassword, code).mustSay(t, http.StatusUnprocessableEntity, text)
	}
	b.enter(sitiNIP, employeePassword, "").mustSay(t, http.StatusUnprocessableEntity, "Ketik kode OTP")
	code := x.otp(e.device)
	b.follow(b.enter(sitiNIP, employeePassword, code)).mustSay(t, http.StatusOK, "Siti Contoh")
	x.browser().enter(sitiNIP, employeePassword, code).mustSay(t, http.StatusUnprocessableEntity, "sudah dipakai")
}

// A wrong password looks the same for a number that nobody has (EN-01, EN-06).
func TestWrongPasswordsLookAlike_EN01(t *testing.T) {
	x := newTest(t)
	x.employee(sitiNIP)
	for try := range 6 {
		known := x.browser().enter(sitiNIP, fmt.Sprint("Salah-tebak-", try), "")
		unknown := x.browser().enter("198609262015052009", fmt.Sprint("Salah-tebak-", try), "")
		same := strings.ReplaceAll(everything(unknown), "198609262015052009", sitiNIP)
		if everything(known) != same {
			t.Errorf("try %d differs", try)
		}
		if try == 5 {
			known.mustSay(t, http.StatusTooManyRequests, "Terlalu banyak percobaan. Coba lagi pukul 10.00.30 WITA.")
			if known.header.Get("Retry-After") != "30" {
				t.Error(known.header)
			}
		}
	}
}

func TestSignInNeedsAllItsFields(t *testing.T) {
	b := newTest(t).browser()
	b.enter("3204112609860001", "x", "").mustSay(t, http.StatusUnprocessableEntity, "Itu tampaknya NIK")
	b.enter(sitiNIP, "", "").mustSay(t, http.StatusUnprocessableEntity, "Ketik kata sandi Anda.")
	for _, form := range []map[string][]string{{"nip": {sitiNIP}}, {"nip": {sitiNIP, sitiNIP}, "sandi": {"x"}}} {
		if p := b.post("/masuk", form); p.status != http.StatusBadRequest {
			t.Errorf("%v: %d", form, p.status)
		}
	}
}

func TestTheSessionCookie_SE02_SE09(t *testing.T) {
	x := newTest(t)
	e, b := x.employee(sitiNIP), x.browser()
	in := b.enter(sitiNIP, employeePassword, x.otp(e.device))
	set := in.header.Get("Set-Cookie")
	for _, part := range []string{"__Host-akun=", "Path=/", "HttpOnly", "Secure", "SameSite=Lax"} {
		if !strings.Contains(set, part) {
			t.Errorf("%s is missing in %s", part, set)
		}
	}
	if in.header.Get("Location") != "/akun" {
		t.Error("led elsewhere:", in.header.Get("Location"))
	}
}

func TestTheAccountPageAndItsEnds(t *testing.T) {
	x := newTest(t)
	e, here, there := x.employee(sitiNIP), x.browser(), x.browser()
	if p := here.get("/akun"); p.header.Get("Location") != "/masuk" {
		t.Fatal("open to anybody:", p.status)
	}
	here.follow(here.enter(sitiNIP, employeePassword, x.otp(e.device)))
	x.clock.Advance(30 * time.Second)
	mine := there.follow(there.enter(sitiNIP, employeePassword, x.otp(e.device)))
	for _, want := range []string{"HP lama", "Aktif", "(sesi ini)", "Browser lain", "19860926 201505 2 001"} {
		mine.mustSay(t, http.StatusOK, want)
	}
	there.post("/akun/sesi", nil)
	for _, b := range []*browser{here, there} {
		if p := b.get("/akun"); p.header.Get("Location") != "/masuk" {
			t.Error("a session is left:", p.status)
		}
	}
}

func TestSignOutEndsTheSessionOnTheServer(t *testing.T) {
	x := newTest(t)
	e, b := x.employee(sitiNIP), x.browser()
	b.follow(b.enter(sitiNIP, employeePassword, x.otp(e.device)))
	b.post("/keluar", nil)
	if n := x.countRows(`SELECT count(*) FROM sessions WHERE ended_at = 0`); n != 0 {
		t.Errorf("%d sessions are open", n)
	}
}

// Whoever signs in again in a browser leaves no session behind in it that
// signing out does not reach: on a shared machine it would be the next one's.
func TestASecondSignInEndsTheFirst_SE09(t *testing.T) {
	x := newStaffed(t)
	staff := x.rina.browser
	staff.post("/petugas/masuk", url.Values{"nip": {x.rina.nip}, "sandi": {clerkPassword}, "otp": {x.rina.otp()}})
	if n := x.countRows(`SELECT count(*) FROM sessions s JOIN staff m ON m.id = s.owner WHERE m.nip = '` + x.rina.nip + `' AND s.ended_at = 0`); n != 1 {
		t.Errorf("%d sessions of a member of staff are open", n)
	}
	e, b := x.employee(sitiNIP), x.browser()
	for range 2 {
		x.clock.Advance(time.Minute)
		b.follow(b.enter(sitiNIP, employeePassword, x.otp(e.device)))
	}
	if n := x.countRows(`SELECT count(*) FROM sessions WHERE kind = 'account' AND ended_at = 0`); n != 1 {
		t.Errorf("%d sessions of an account are open", n)
	}
	for _, kind := range []audit.Kind{audit.Staff, audit.Person} {
		if n := x.countRows(`SELECT count(*) FROM audit_events WHERE action = '` + string(audit.SignOut) + `' AND actor_kind = '` + string(kind) + `' AND actor = person`); n != 1 {
			t.Errorf("%s: %d sign-outs in his name", kind, n)
		}
	}
}

func TestTheAccountSessionEndsWhenIdle_SE03(t *testing.T) {
	x := newTest(t)
	e, b := x.employee(sitiNIP), x.browser()
	b.follow(b.enter(sitiNIP, employeePassword, x.otp(e.device)))
	x.clock.Advance(10 * time.Minute)
	if p := b.get("/akun"); p.header.Get("Location") != "/masuk" {
		t.Error("still open:", p.status)
	}
}

// A backup code opens the account once, without JavaScript, and the form
// stays open where it was wrong.
func TestSignInWithABackupCode_ET16(t *testing.T) {
	x := newTest(t)
	e, b := x.employee(sitiNIP), x.browser()
	codes := x.backup(e)
	try := func(code string) page {
		t.Helper()
		x.clock.Advance(time.Minute)
		return b.submit(b.get("/masuk"), "nip", sitiNIP, "sandi", employeePassword, "cadangan", code)
	}
	wrong := try("0000-0000-0000-0000")
	wrong.mustSay(t, http.StatusUnprocessableEntity, "Kode cadangan tidak cocok.")
	if wrong.Find("details[open] #cadangan").Length() != 1 {
		t.Error("the field is hidden")
	}
	b.follow(try(codes[0].Grouped())).mustSay(t, http.StatusOK, "Siti Contoh")
	try(codes[0].Grouped()).mustSay(t, http.StatusUnprocessableEntity, "sudah dipakai")
	x.mailTo(string(e.Email), "Satu kode cadangan baru saja dipakai")
	b.submit(b.get("/masuk"), "nip", sitiNIP, "sandi", "Salah-tebak-11", "cadangan", codes[1].Grouped()).
		mustSay(t, http.StatusUnprocessableEntity, "NIP atau kata sandi tidak cocok.")
}
