package app

import (
	"context"
	"net/http"
	"net/url"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/PuerkitoBio/goquery"

	"pulih/accounts"
	"pulih/db"
	"pulih/secret"
)

// atHome is somebody at his own /akun.
type atHome struct {
	*browser
	employee
}

// home signs somebody in.
func (x *test) home(nip string) atHome {
	x.t.Helper()
	h := atHome{x.browser(), x.employee(nip)}
	h.follow(h.enter(nip, employeePassword, x.otp(h.device))).mustSay(x.t, http.StatusOK, "Siti Contoh")
	return h
}

// deviceOf is the id of somebody's authenticator.
func (x *test) deviceOf(e employee) (id string) {
	x.t.Helper()
	ctx := context.Background()
	err := x.DB.Read(ctx, func(tx *db.Tx) error {
		devices, err := x.Accounts.Devices(ctx, tx, e.ID)
		id = devices[0].ID
		return err
	})
	if err != nil {
		x.t.Fatal(err)
	}
	return id
}

func (x *test) setPassword(e employee, p secret.Password) {
	x.t.Helper()
	ctx := context.Background()
	phc := must(accounts.NewHasher(1, time.Minute).Hash(ctx, p))(x.t)
	err := x.DB.Write(ctx, func(tx *db.Tx) error { return x.Accounts.SetPassword(ctx, tx, e.ID, phc, accounts.ViaSeed) })
	if err != nil {
		x.t.Fatal(err)
	}
}

// proves fills in password and a fresh code, and whatever else.
func (h atHome) proves(path string, pairs ...string) page {
	h.x.t.Helper()
	h.x.clock.Advance(30 * time.Second)
	return h.submit(h.get(path), append([]string{"sandi", employeePassword, "otp", h.x.otp(h.device)}, pairs...)...)
}

func codesOn(p page) (codes []string) {
	for _, item := range p.Find(".codes code").EachIter() {
		codes = append(codes, item.Text())
	}
	return codes
}

func TestBackupCodesAreShownOnce_ET16(t *testing.T) {
	x := newTest(t)
	h := x.home(sitiNIP)
	before := h.browser.get("/akun/kode-cadangan")
	made := h.proves("/akun/kode-cadangan")
	made.mustSay(t, http.StatusOK, "Kode ini hanya tampil sekali")
	codes := codesOn(made)
	slices.Sort(codes)
	if len(slices.Compact(codes)) != 10 || len(codes[0]) != 19 {
		t.Fatal(codes)
	}
	for _, path := range []string{"/akun/kode-cadangan", "/akun"} {
		p := h.get(path)
		p.mustSay(t, http.StatusOK, "Sisa 10 kode cadangan.")
		if strings.Contains(everything(p), codes[0]) || strings.Contains(everything(before), codes[0]) {
			t.Error("shown again on", path)
		}
	}
	x.mailTo(string(h.Email), "Kode cadangan baru telah dibuat")
}

func TestASecondDeviceFromTheAccountPage_impostor14(t *testing.T) {
	x := newTest(t)
	h := x.home(sitiNIP)
	begun := h.proves("/akun/autentikator")
	steps := h.follow(begun)
	steps.mustSay(t, http.StatusOK, "Ketik kode dari aplikasi")
	key := steps.newSecret()
	taken := h.submit(steps, "kode", x.otp(key), "perangkat", "HP lama")
	taken.mustSay(t, http.StatusUnprocessableEntity, "Nama itu sudah dipakai")
	h.follow(h.submit(taken, "kode", x.otp(key), "perangkat", "Tablet")).mustSay(t, http.StatusOK, "Tablet")
	h.get("/akun").mustSay(t, http.StatusOK, "Tablet")
	x.mailTo(string(h.Email), "Satu autentikator lagi telah terdaftar")

	remove, _ := h.get("/akun").Find(`a[href^="/akun/autentikator/"]`).Last().Attr("href")
	h.follow(h.proves(remove)).mustSay(t, http.StatusOK, "Autentikator sudah dihapus.")
	x.mailTo(string(h.Email), "Satu autentikator telah dihapus")
	last, _ := h.get("/akun").Find(`a[href^="/akun/autentikator/"]`).First().Attr("href")
	h.get(last).mustSay(t, http.StatusOK, "Ini satu-satunya autentikator Anda")
	x.clock.Advance(30 * time.Second)
	h.post(last, url.Values{"sandi": {employeePassword}, "otp": {x.otp(h.device)}}).
		mustSay(t, http.StatusUnprocessableEntity, "Ini satu-satunya autentikator yang aktif.")
}

func TestThePasswordChangedFromTheAccountPage_PW08_SE04(t *testing.T) {
	const fresh = "Layang-tinggi-rusa-58"
	x := newTest(t)
	h, other := x.home(sitiNIP), x.browser()
	x.clock.Advance(30 * time.Second)
	other.follow(other.enter(sitiNIP, employeePassword, x.otp(h.device)))
	h.proves("/akun/sandi", "sandi-baru", employeePassword).mustSay(t, http.StatusUnprocessableEntity, "sama dengan yang lama")
	h.proves("/akun/sandi", "sandi-baru", "Siti-Contoh-2026!").mustSay(t, http.StatusUnprocessableEntity, "nama Anda")
	h.follow(h.proves("/akun/sandi", "sandi-baru", fresh)).mustSay(t, http.StatusOK, "Kata sandi baru tersimpan.")
	if p := other.get("/akun"); p.header.Get("Location") != "/masuk" {
		t.Error("another session lives on")
	}
	x.clock.Advance(30 * time.Second)
	other.follow(other.enter(sitiNIP, fresh, x.otp(h.device))).mustSay(t, http.StatusOK, "Siti Contoh")
	x.mailTo(string(h.Email), "Kata sandi akun")
}

func TestAPhraseIsOfferedWithoutJavaScript(t *testing.T) {
	x := newTest(t)
	h := x.home(sitiNIP)
	p := h.get("/akun/sandi/usulan")
	phrase := p.Find("#usulan").Text()
	x.clock.Advance(30 * time.Second)
	h.follow(h.submit(p, "sandi", employeePassword, "otp", x.otp(h.device))).mustSay(t, http.StatusOK, "Kata sandi baru tersimpan.")
	x.clock.Advance(30 * time.Second)
	b := x.browser()
	b.follow(b.enter(sitiNIP, phrase, x.otp(h.device))).mustSay(t, http.StatusOK, "Siti Contoh")
}

// Somebody whose password today's rule would refuse is led to a new one, and
// told why.
func TestAWeakPasswordLeadsToANewOne_PW03(t *testing.T) {
	x := newTest(t)
	e, b := x.employee(sitiNIP), x.browser()
	x.setPassword(e, "Siti-Contoh-1986!")
	p := b.enter(sitiNIP, "Siti-Contoh-1986!", x.otp(e.device))
	if p.header.Get("Location") != "/akun/sandi" {
		t.Fatal(p.header)
	}
	b.follow(p).mustSay(t, http.StatusOK, "Kata sandi memuat nama Anda.")
	b.get("/akun").mustSay(t, http.StatusOK, "Siti Contoh")
}

func TestAnAddressForNoticesFromTheAccountPage_NO02(t *testing.T) {
	x := newTest(t)
	h := x.home(sitiNIP)
	h.proves("/akun/email", "email", "bukan alamat").mustSay(t, http.StatusUnprocessableEntity, "Ketik alamat email lengkap")
	h.proves("/akun/email", "email", string(h.Email)).mustSay(t, http.StatusUnprocessableEntity, "sudah menerima pemberitahuan")
	wait := h.follow(h.proves("/akun/email", "email", "siti.pribadi@contoh.test"))
	wait.mustSay(t, http.StatusOK, "siti.pribadi@contoh.test")
	h.submit(wait, "kode", "0000-0000").mustSay(t, http.StatusUnprocessableEntity, "Kode tidak cocok")
	code, _ := secret.ReadCode(strings.Fields(x.mailTo("siti.pribadi@contoh.test", "adalah kode Anda").Text)[0], 8)
	h.follow(h.submit(wait, "kode", string(code))).mustSay(t, http.StatusOK, "Email tambahan sudah terdaftar.")
	for _, to := range []string{string(h.Email), "siti.pribadi@contoh.test"} {
		x.mailTo(to, "Satu alamat email lagi menerima pemberitahuan")
	}
	remove, _ := h.get("/akun").Find(`a[href^="/akun/email/"]`).First().Attr("href")
	h.follow(h.proves(remove)).mustSay(t, http.StatusOK, "Email tambahan sudah dihapus.")
}

func TestOneSessionIsEnded_SE08(t *testing.T) {
	x := newTest(t)
	h, other := x.home(sitiNIP), x.browser()
	x.clock.Advance(30 * time.Second)
	other.follow(other.enter(sitiNIP, employeePassword, x.otp(h.device)))
	p := h.get("/akun")
	end, _ := p.Find(`form[action^="/akun/sesi/"]`).Attr("action")
	h.follow(h.post(end, nil)).mustSay(t, http.StatusOK, "Sesi itu sudah berakhir.")
	if p := other.get("/akun"); p.header.Get("Location") != "/masuk" {
		t.Error("it lives on")
	}
	if p := h.post(end, nil); p.status != http.StatusNotFound {
		t.Error("twice:", p.status)
	}
}

// Each form under /akun that changes something refuses a proof that is
// missing, wrong or used, says so at the field, and changes nothing; the ids
// of somebody else are none of his (impostor 14, CVE-2020-5240).
func TestEveryFormUnderTheAccountWantsProof_impostor14(t *testing.T) {
	x := newTest(t)
	h, theirs := x.home(sitiNIP), x.employee("199408172022211003")
	device := x.deviceOf(theirs)
	own, _ := h.get("/akun").Find(`a[href^="/akun/autentikator/"]`).First().Attr("href")
	used := x.otp(h.device)
	for path, extra := range map[string]url.Values{
		"/akun/kode-cadangan": {}, "/akun/autentikator": {}, own: {},
		"/akun/sandi": {"sandi-baru": {"Layang-tinggi-rusa-58"}}, "/akun/email": {"email": {"dua@contoh.test"}},
	} {
		for wrong, proof := range map[string][2]string{
			"no code": {employeePassword, ""}, "a used code": {employeePassword, used}, "no password": {"", "123456"},
		} {
			form := url.Values{"sandi": {proof[0]}, "otp": {proof[1]}}
			for name, values := range extra {
				form[name] = values
			}
			if p := h.post(path, form); p.status != http.StatusUnprocessableEntity || p.Find(".summary").Length() == 0 {
				t.Errorf("%s, %s: %d", path, wrong, p.status)
			}
			x.clock.Advance(time.Minute)
			h.get("/akun")
		}
		if p := h.post(path, extra); p.status != http.StatusBadRequest {
			t.Errorf("%s without fields: %d", path, p.status)
		}
	}
	for table, want := range map[string]int{"backup_codes": 0, "enrolments": 0, "notice_emails": 0} {
		if n := x.countRows(`SELECT count(*) FROM ` + table); n != want {
			t.Errorf("%d rows in %s", n, table)
		}
	}
	for _, path := range []string{"/akun/autentikator/" + device, "/akun/email/" + device, "/akun/sesi/" + device} {
		x.clock.Advance(time.Minute)
		if p := h.post(path, url.Values{"sandi": {employeePassword}, "otp": {x.otp(h.device)}}); p.status != http.StatusNotFound && p.status != http.StatusUnprocessableEntity {
			t.Errorf("%s: %d", path, p.status)
		}
	}
	if n := x.countRows(`SELECT count(*) FROM devices WHERE state = 'active'`); n != 2 {
		t.Errorf("%d devices are left", n)
	}
}

// What was only looked at several times in a day is one line; a wrong password
// never is, however often it comes.
func TestTheHistoryFoldsWhatWasOnlyLookedAt(t *testing.T) {
	x := newTest(t)
	e := x.employee(testNIP)
	f, rina := x.filed(), x.clerk("198001012005011001", "Rina Contoh", accounts.Agent)
	b := x.browser()
	for range 3 {
		b.enter(testNIP, "Salah-9-sekali-ya", "000000").mustSay(t, http.StatusUnprocessableEntity, "tidak cocok")
	}
	for range 3 {
		x.clock.Advance(time.Minute)
		rina.open(f.number).mustSay(t, http.StatusOK, f.number)
	}
	x.clock.Advance(24 * time.Hour)
	rina.signsIn(rina.nip, clerkPassword, rina.otp())
	rina.open(f.number).mustSay(t, http.StatusOK, f.number)
	own := b.follow(b.enter(testNIP, employeePassword, x.otp(e.device)))
	own.mustSay(t, http.StatusOK, "Petugas membuka permohonan Anda, 3 kali hari itu")
	lines := map[string]int{}
	own.Find("main ol li, main ul li").Each(func(_ int, li *goquery.Selection) {
		for _, what := range []string{"Petugas membuka permohonan Anda", "kali hari itu", "kata sandi salah"} {
			if strings.Contains(li.Text(), what) {
				lines[what]++
			}
		}
	})
	if lines["Petugas membuka permohonan Anda"] != 2 || lines["kali hari itu"] != 1 || lines["kata sandi salah"] != 3 {
		t.Errorf("%v:\n%s", lines, own.text())
	}
}
