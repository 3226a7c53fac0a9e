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
	"pulih/db"
)

const (
	sitiNIP     = "198609262015052001"
	newPassword = "Layang-tinggi-rusa-58"
)

// sendCodes does what App.Run does each second.
func (x *test) sendCodes() {
	x.t.Helper()
	if err := x.Accounts.SendCodes(context.Background()); err != nil {
		x.t.Fatal(err)
	}
}

// askCode walks from the number to the page that waits for a code.
func (b *browser) askCode(nip, email string) page {
	b.x.t.Helper()
	return b.askCodeAt("/pulihkan", nip, email)
}

func (b *browser) askCodeAt(flow, nip, email string) page {
	b.x.t.Helper()
	gate := b.follow(b.submit(b.get(flow), "nip", nip))
	gate.mustSay(b.x.t, http.StatusOK, titleResetEmail)
	wait := b.follow(b.submit(gate, "email", email, "pow", solved(b.x.t, gate)))
	b.x.sendCodes()
	return wait
}

var (
	codeInMail   = regexp.MustCompile(`\b[0-9A-Z]{4}-[0-9A-Z]{4}\b`)
	resetInMail  = regexp.MustCompile(`/(?:pulihkan|aktivasi|buka-kunci)/kode/[\w-]+`)
	disownInMail = regexp.MustCompile(`/bukan-saya/[\w-]+`)
)

// codeMail waits for the mail with a code.
func (x *test) codeMail(e employee) (code, link, disown string) {
	x.t.Helper()
	m := x.mailTo(string(e.Email), "Kode untuk kata sandi baru")
	code, link, disown = codeInMail.FindString(m.Text), resetInMail.FindString(m.Text), disownInMail.FindString(m.Text)
	if code == "" || link == "" || disown == "" {
		x.t.Fatalf("mail without a part:\n%s", m.Text)
	}
	return code, link, disown
}

func TestResetByCodeThenSignIn(t *testing.T) {
	x := newTest(t)
	e, b := x.employee(sitiNIP), x.browser()
	wait := b.askCode("19860926 201505 2 001", string(e.Email))
	wait.mustSay(t, http.StatusOK, string(e.Email))
	code, _, _ := x.codeMail(e)
	b.submit(wait, "kode", "0000-0000").mustSay(t, http.StatusUnprocessableEntity, "Sisa percobaan: 4.")
	set := b.follow(b.submit(wait, "kode", strings.ToLower(strings.Replace(code, "-", " ", 1))))
	set.mustSay(t, http.StatusOK, "Simpan kata sandi")
	if user := set.Find(`input[autocomplete="username"]`).AttrOr("value", ""); user != sitiNIP {
		t.Errorf("password managers would save %q", user)
	}
	b.submit(set, "sandi", "pendek").mustSay(t, http.StatusUnprocessableEntity, "paling sedikit 12 karakter")
	in := b.follow(b.submit(set, "sandi", newPassword))
	in.mustSay(t, http.StatusOK, "Kata sandi baru tersimpan")
	x.mailTo(string(e.Email), "Kata sandi akun telah diganti")
	home := b.follow(b.submit(in, "nip", sitiNIP, "sandi", newPassword, "otp", x.otp(e.device)))
	home.mustSay(t, http.StatusOK, "Kata sandi diganti lewat email")
}

func TestThePhraseMadeHereIsTaken(t *testing.T) {
	x := newTest(t)
	e, b := x.employee(sitiNIP), x.browser()
	wait := b.askCode(sitiNIP, string(e.Email))
	code, _, _ := x.codeMail(e)
	b.follow(b.submit(wait, "kode", code))
	offer := b.get("/pulihkan/sandi/usulan")
	phrase := offer.Find("#usulan").Text()
	in := b.follow(b.submit(offer, "sandi", offer.value("sandi")))
	if offer.value("sandi") != phrase {
		t.Fatalf("%q is shown and %q sent", phrase, offer.value("sandi"))
	}
	b.follow(b.submit(in, "nip", sitiNIP, "sandi", phrase, "otp", x.otp(e.device))).mustSay(t, http.StatusOK, "Siti Contoh")
}

// The mailed link: a scanner's GET spends nothing, its token leaves the
// address at once, and the proof belongs to whoever presses the button.
func TestTheLinkBelongsToWhoPressesIt_impostor9(t *testing.T) {
	x := newTest(t)
	e, starter, opener := x.employee(sitiNIP), x.browser(), x.browser()
	wait := starter.askCode(sitiNIP, string(e.Email))
	code, link, _ := x.codeMail(e)
	for range 3 {
		scanned := x.browser()
		scanned.follow(scanned.get(link)).mustSay(t, http.StatusOK, "Tekan tombol ini")
	}
	button := opener.follow(opener.get(link))
	if token := link[strings.LastIndex(link, "/")+1:]; strings.Contains(button.body, token) || button.path != "/pulihkan/tautan" {
		t.Error("the token is still in the page or its address")
	}
	set := opener.follow(opener.submit(button))
	set.mustSay(t, http.StatusOK, "Simpan kata sandi")
	for _, late := range []page{starter.submit(wait, "kode", code), starter.post("/pulihkan/sandi", url.Values{"sandi": {newPassword}}), starter.get("/pulihkan/kode")} {
		late.mustSay(t, http.StatusConflict, "Mungkin sudah dilanjutkan di HP atau komputer lain")
	}
	again := x.browser()
	again.submit(again.follow(again.get(link))).mustSay(t, http.StatusConflict, "Tautan ini sudah tidak berlaku")
	opener.follow(opener.submit(set, "sandi", newPassword)).mustSay(t, http.StatusOK, "Kata sandi baru tersimpan")
}

// Fixtures of every kind, one answer in each flow: status, headers, cookies
// and page (EN-01).
func TestNothingTellsWhetherANumberExists_EN01(t *testing.T) {
	x := newTest(t)
	x.employee(sitiNIP)
	x.newcomer(budiNIP)
	closed, gone := x.employee("199001012015051003"), x.employee("198812032024212015")
	x.exec(`UPDATE accounts SET disabled_at = 1 WHERE person = '` + closed.ID + `'`)
	x.exec(`UPDATE people SET active = FALSE, email = '' WHERE id = '` + gone.ID + `'`)
	moved := x.newcomer("199001012015051004")
	x.exec(`UPDATE people SET email_since = created_at + 1 WHERE id = '` + moved.ID + `'`)
	numbers := []string{sitiNIP, budiNIP, string(closed.NIP), string(gone.NIP), string(moved.NIP), "197001011995031001", "198609262015051009"}
	for _, path := range []string{"/pulihkan", "/aktivasi", "/buka-kunci"} {
		var want []string
		for _, nip := range numbers {
			for _, typed := range []string{"p" + nip + "@contoh.test", "q" + nip + "@contoh.test"} { // right, and wrong
				x.exec(`DELETE FROM limits`)
				got := x.answersTo(path, nip, typed)
				if want == nil {
					want = got
				}
				for i := range got {
					if got[i] != want[i] {
						t.Errorf("%s: %s differs at step %d", path, typed, i)
					}
				}
			}
		}
	}
}

// answersTo is all that the steps of a flow answer up to a wrong code, without
// what was typed.
func (x *test) answersTo(flow, nip, typed string) (all []string) {
	x.t.Helper()
	b := x.browser()
	number := b.submit(b.get(flow), "nip", nip)
	gate := b.follow(number)
	asked := b.submit(gate, "email", typed, "pow", solved(x.t, gate))
	x.sendCodes()
	wait := b.follow(asked)
	wrong := b.submit(wait, "kode", "0000-0000")
	for _, p := range []page{number, asked, wait, wrong} {
		all = append(all, strings.NewReplacer(typed, "", nip, "").Replace(everything(p)))
	}
	return all
}

var (
	freshCookie = regexp.MustCompile(`=[\w-]{43};`)
	freshID     = regexp.MustCompile(`[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[0-9a-f]{4}-[0-9a-f]{12}`)
)

// everything is all that an answer says, without what is new each time.
func everything(p page) string {
	header := p.header.Clone()
	header.Del("Date")
	header.Del("X-Request-Id")
	var b strings.Builder
	_ = header.Write(&b)
	return freshID.ReplaceAllString(freshCookie.ReplaceAllString(b.String(), "=;"), "") + p.body
}

// exec changes rows behind the app's back.
func (x *test) exec(statement string) {
	x.t.Helper()
	ctx := context.Background()
	if err := x.DB.Write(ctx, func(tx *db.Tx) error { _, err := tx.Exec(ctx, statement); return err }); err != nil {
		x.t.Fatal(err)
	}
}

func (x *test) countRows(query string) (n int) {
	x.t.Helper()
	ctx := context.Background()
	if err := x.DB.Read(ctx, func(tx *db.Tx) error { return tx.Row(ctx, query).Scan(&n) }); err != nil {
		x.t.Fatal(err)
	}
	return n
}

func TestPagesLeadToWhereTheFlowIs(t *testing.T) {
	x := newTest(t)
	e, b := x.employee(sitiNIP), x.browser()
	wait := b.askCode(sitiNIP, string(e.Email))
	if p := b.get("/pulihkan/sandi"); p.header.Get("Location") != "/pulihkan/kode" {
		t.Error(p.status, p.header)
	}
	code, _, _ := x.codeMail(e)
	b.submit(wait, "kode", code)
	for _, path := range []string{"/pulihkan/email", "/pulihkan/kode"} {
		if p := b.get(path); p.header.Get("Location") != "/pulihkan/sandi" {
			t.Error(path, p.status, p.header)
		}
	}
}

func TestTheGateStandsBeforeTheMail_CA03(t *testing.T) {
	x := newTest(t)
	e, b := x.employee(sitiNIP), x.browser()
	gate := b.follow(b.submit(b.get("/pulihkan"), "nip", sitiNIP))
	for _, pairs := range [][]string{{}, {"captcha", "000000"}, {"pow", "1"}, {"jalur", "gambar-baru"}} {
		again := b.submit(gate, append([]string{"email", string(e.Email)}, pairs...)...)
		again.mustSay(t, http.StatusUnprocessableEntity, titleResetEmail)
		if again.value("email") != string(e.Email) {
			t.Error("what was typed is gone")
		}
	}
	nonce := solved(t, gate)
	b.submit(gate, "email", string(e.Email), "pow", nonce)
	b.submit(gate, "email", string(e.Email), "pow", nonce).mustSay(t, http.StatusUnprocessableEntity, titleResetEmail)
	if n := x.countRows(`SELECT count(*) FROM reset_codes`); n != 1 {
		t.Errorf("%d codes were asked for", n)
	}
}

func TestTheSlowLaneNeedsNothingAndWaits(t *testing.T) {
	x := newTest(t)
	e, b := x.employee(sitiNIP), x.browser()
	gate := b.follow(b.submit(b.get("/pulihkan"), "nip", sitiNIP))
	b.follow(b.submit(gate, "email", string(e.Email), "jalur", "lambat")).mustSay(t, http.StatusOK, "Periksa email Anda")
	x.sendCodes()
	if n := len(x.box.Messages()); n != 0 {
		t.Fatalf("%d mails at once", n)
	}
	x.clock.Advance(3 * time.Minute)
	x.sendCodes()
	x.codeMail(e)
}

func TestAskingAgainTooEarlyShowsWhen_RL03(t *testing.T) {
	x := newTest(t)
	e, b := x.employee(sitiNIP), x.browser()
	wait := b.askCode(sitiNIP, string(e.Email))
	if shown := wait.Find("time[data-left]"); shown.Text() != "10.01.00 WITA" || shown.AttrOr("data-left", "") != "60" {
		t.Errorf("shown %q", shown.Text())
	}
	again := b.get("/pulihkan/email")
	if again.value("email") != string(e.Email) {
		t.Error("the address must be typed twice (SC 3.3.7)")
	}
	b.submit(again, "email", "lain@contoh.test", "pow", solved(t, again)).
		mustSay(t, http.StatusUnprocessableEntity, "Anda dapat meminta kode baru pukul 10.01.00 WITA")
}

func TestSpentTriesLeaveTheLink_impostor12(t *testing.T) {
	x := newTest(t)
	e, b := x.employee(sitiNIP), x.browser()
	wait := b.askCode(sitiNIP, string(e.Email))
	for range 4 {
		b.submit(wait, "kode", "0000-0000")
	}
	b.submit(wait, "kode", "0000-0000").mustSay(t, http.StatusUnprocessableEntity, "Buka tautan di email")
	if b.get("/pulihkan/kode").Find(`[name="kode"]`).Length() != 0 {
		t.Error("the field is still there")
	}
	_, link, _ := x.codeMail(e)
	b.follow(b.submit(b.follow(b.get(link)))).mustSay(t, http.StatusOK, "Simpan kata sandi")
}

func TestABusyHasherSaysTryAgain_PW06(t *testing.T) {
	x := newTest(t)
	people := accounts.New(accounts.Config{DB: x.DB, Keys: x.Keys, Outbox: x.Outbox, Hasher: accounts.NewHasher(0, time.Millisecond)})
	e, b := x.employee(sitiNIP), x.browser()
	wait := b.askCode(sitiNIP, string(e.Email))
	code, _, _ := x.codeMail(e)
	set := b.follow(b.submit(wait, "kode", code))
	x.Accounts = people
	p := b.submit(set, "sandi", newPassword)
	if p.mustSay(t, http.StatusServiceUnavailable, "sibuk"); p.header.Get("Retry-After") == "" {
		t.Error("no Retry-After")
	}
}

// The whole flow, then every secret in it is looked for in the log (LG-03).
func TestNoSecretReachesTheLog_LG03(t *testing.T) {
	x := newTest(t)
	e, b := x.employee(sitiNIP), x.browser()
	wait := b.askCode(sitiNIP, string(e.Email))
	code, link, disown := x.codeMail(e)
	b.get(link)
	b.get(disown)
	set := b.follow(b.submit(wait, "kode", code))
	in := b.follow(b.submit(set, "sandi", newPassword))
	b.follow(b.submit(in, "nip", sitiNIP, "sandi", newPassword, "otp", x.otp(e.device)))
	log := x.log.String()
	for name, value := range map[string]string{"code": code, "whole code": strings.ReplaceAll(code, "-", ""), "password": newPassword,
		"NIP": sitiNIP, "address": string(e.Email), "link": link[len("/pulihkan/kode/"):], "disown": disown[len("/bukan-saya/"):],
		"key": e.device.Base32()} {
		if log == "" || strings.Contains(log, value) {
			t.Errorf("the %s is in the log", name)
		}
	}
}
