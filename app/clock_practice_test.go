package app

import (
	"encoding/base32"
	"encoding/base64"
	"net/http"
	"net/url"
	"strings"
	"testing"
	"time"

	"pulih/db"
	"pulih/db/dbtest"
	"pulih/otp"
)

// authenticator is an app on a phone whose clock is wrong by drift. It read
// its secret from the link on the page, as a real one does.
type authenticator struct {
	*test
	secret otp.Secret
	drift  time.Duration
}

func (x *test) scan(p page, drift time.Duration) authenticator {
	x.t.Helper()
	link, ok := p.Find(`a[href^="otpauth://"]`).Attr("href")
	if !ok {
		x.t.Fatalf("no link to the app:\n%s", p.text())
	}
	uri := must(url.Parse(link))(x.t)
	return authenticator{x, must(base32.StdEncoding.DecodeString(uri.Query().Get("secret")))(x.t), drift}
}

// code is what the app shows now; typing it takes seven seconds.
func (a authenticator) code() string {
	code := otp.Code(a.secret, otp.Step(a.clock.Now().Add(a.drift)))
	a.clock.Advance(7 * time.Second)
	return code
}

func (b *browser) practise() page { return b.follow(b.post("/cek-jam/latihan", nil)) }

func TestPracticeMeasuresAnyPhone(t *testing.T) {
	x := newTest(t)
	for drift, want := range map[time.Duration]string{
		0:                 "Jam HP Anda cocok",
		-4 * time.Minute:  "Jam HP Anda terlambat 4 menit",
		3 * time.Minute:   "Jam HP Anda lebih cepat 3 menit",
		-time.Hour:        "Jam HP Anda terlambat tepat 1 jam",
		2 * time.Hour:     "Jam HP Anda lebih cepat tepat 2 jam",
		-8 * time.Hour:    "Jam HP Anda terlambat tepat 8 jam",
		12 * time.Hour:    "Jam HP Anda lebih cepat tepat 12 jam",
		-24 * time.Hour:   "Jam HP Anda terlambat 24 jam",
		26 * time.Hour:    "Jam HP Anda lebih cepat 26 jam",
		-95 * time.Minute: "Jam HP Anda terlambat 1 jam 35 menit",
	} {
		b := x.clockBrowser(onPhone)
		p := b.practise()
		app := x.scan(p, drift)
		answer := b.submit(p, "kode", app.code())
		if drift.Abs() > 5*time.Minute {
			p = b.follow(answer)
			p.mustSay(t, http.StatusOK, "Satu kode lagi")
			x.clock.Advance(30 * time.Second)
			answer = b.submit(p, "kode", app.code())
		}
		if got := b.follow(answer).Find("h1").Text(); got != want {
			t.Errorf("%s: got %q, want %q", drift, got, want)
		}
	}
}

func TestPracticeKnowsTheLeftoverCorrection(t *testing.T) {
	x := newTest(t)
	b := x.clockBrowser(onPhone)
	p := b.practise()
	app := x.scan(p, -2*time.Minute)
	b.follow(b.submit(p, "kode", app.code(), "selisih", "120", "ragu", "80"))
	x.clock.Advance(30 * time.Second)
	p = b.follow(b.submit(b.get("/cek-jam/latihan"), "kode", app.code(), "selisih", "120", "ragu", "80"))
	p.mustSay(t, http.StatusOK, "aplikasi autentikator terlambat 2 menit")
	p.mustSay(t, http.StatusOK, "Koreksi waktu untuk kode")
}

func TestPracticeMeasuresThePressExactly(t *testing.T) {
	x := newTest(t)
	b := x.clockBrowser(onPhone)
	p := b.practise()
	app := x.scan(p, -20*time.Second)
	shown := x.clock.Now().Add(app.drift)
	x.clock.Advance(shown.Truncate(30 * time.Second).Add(30 * time.Second).Sub(shown))
	p = b.follow(b.submit(p, "kode", app.code(), "usia", "7000"))
	if got := p.Find("h1").Text(); !strings.HasPrefix(got, "Jam HP Anda terlambat 19 detik") {
		t.Errorf("got %q", got)
	}
}

func TestPracticeRefusesWhatIsNoCode_TV04(t *testing.T) {
	x := newTest(t)
	b := x.clockBrowser(onPhone)
	p := b.practise()
	code := x.scan(p, 0).code()
	for _, typed := range []string{"", "12345", "1234567", "12345a", "１２３４５６", "\u00a0" + code, code + "\n", "<b>1</b>"} {
		answer := b.submit(p, "kode", typed)
		if answer.status != http.StatusUnprocessableEntity || answer.Find("#kode-error").Length() != 1 {
			t.Errorf("%q: %d %s", typed, answer.status, answer.text())
		}
		if v, ok := answer.Find("#kode").Attr("value"); ok {
			t.Errorf("%q came back as %q", typed, v)
		}
	}
	b.get("/cek-jam/latihan").mustSay(t, http.StatusOK, "Sisa percobaan: 10.")
	answer := b.submit(p, "kode", " "+code[:3]+"-"+code[3:]+" ")
	b.follow(answer).mustSay(t, http.StatusOK, "Jam bukan penyebab")
}

func TestPracticeRefusesForeignAndRepeatedCodes(t *testing.T) {
	x := newTest(t)
	b := x.clockBrowser(onPhone)
	p := b.practise()
	app := x.scan(p, 3*time.Hour)
	other := authenticator{x, otp.NewSecret(), 0}
	b.submit(p, "kode", other.code()).mustSay(t, http.StatusUnprocessableEntity, "belum dikenali")
	code := app.code()
	p = b.follow(b.submit(p, "kode", code))
	b.submit(p, "kode", code).mustSay(t, http.StatusUnprocessableEntity, "Itu kode yang tadi")
}

// Codes searched over 400 days have a limit of their own, by network
// (clock.md §4.3).
func TestTheWidestSearchHasItsOwnLimit_clock43(t *testing.T) {
	x := newTest(t)
	searched, refused := 0, 0
	for range 5 { // of the codes of one entry some may lie nearer, by chance
		b := x.clockBrowser(onPhone)
		p := b.practise()
		for range 9 {
			x.clock.Advance(30 * time.Second)
			switch {
			case b.submit(p, "kode", "000000").status == http.StatusTooManyRequests:
				refused++
			case refused == 0:
				searched++
			}
		}
	}
	if refused == 0 || searched < LimitFar.Burst {
		t.Errorf("%d refused, %d searched before", refused, searched)
	}
}

// A server whose own clock is off judges nobody else's.
func TestAWrongServerJudgesNobody_clock42(t *testing.T) {
	x := newTest(t)
	b := x.clockBrowser(onPhone)
	p := b.practise()
	x.TellClockOff(2 * time.Second)
	b.get("/cek-jam").mustSay(t, http.StatusOK, "Kami belum bisa menilai")
	for path, form := range map[string]url.Values{
		"/cek-jam/ukur": {"selisih": {"0"}, "ragu": {"10"}}, "/cek-jam/lihat": {"jam": {"10.00"}, "zona": {"WITA"}},
		practicePath + "/kode": {"kode": {x.scan(p, 0).code()}, "selisih": {""}, "ragu": {""}, "usia": {""}},
	} {
		b.post(path, form).mustSay(t, http.StatusServiceUnavailable, "belum bisa menilai jam HP")
	}
	x.TellClockOff(0)
	b.follow(b.post("/cek-jam/ukur", url.Values{"selisih": {"0"}, "ragu": {"10"}})).mustSay(t, http.StatusOK, "Jam HP Anda cocok")
}

func TestPracticeTakesTenCodes_clock46(t *testing.T) {
	x := newTest(t)
	b := x.clockBrowser(onPhone)
	first := b.practise()
	for range 10 {
		b.submit(first, "kode", "000000")
	}
	p := b.follow(b.submit(first, "kode", x.scan(first, 0).code()))
	p.mustSay(t, http.StatusOK, "Percobaan habis")
	b.follow(b.submit(p)).mustSay(t, http.StatusOK, "Sisa percobaan: 10.")
}

func TestPracticeEndsAndStaysWithItsBrowser(t *testing.T) {
	x := newTest(t)
	b, thief := x.clockBrowser(onPhone), x.clockBrowser(onPhone)
	p := b.practise()
	if to := thief.get("/cek-jam/latihan").header.Get("Location"); to != "/cek-jam" {
		t.Errorf("a stranger was led to %q", to)
	}
	thief.submit(p, "kode", "123456").mustSay(t, http.StatusConflict, "sudah tidak berlaku")
	x.clock.Advance(15 * time.Minute)
	b.submit(p, "kode", "123456").mustSay(t, http.StatusConflict, "sudah tidak berlaku")
	if to := b.get("/cek-jam/latihan").header.Get("Location"); to != "/cek-jam" {
		t.Errorf("an expired practice led to %q", to)
	}
}

func TestHandOffNeedsAButtonAndWorksOnce(t *testing.T) {
	x := newTest(t)
	laptop, phone, late := x.clockBrowser(onComputer), x.clockBrowser(onPhone), x.clockBrowser(onPhone)
	p := laptop.practise()
	if strings.Contains(p.text(), "Buka aplikasi autentikator") && p.Find(`a[href^="otpauth://"]`).Length() > 0 {
		t.Error("a computer is offered a link to an app it does not have")
	}
	link := x.handOff()
	for range 3 {
		phone.get(link).mustSay(t, http.StatusOK, "Lanjutkan di HP ini")
	}
	phone.follow(phone.submit(phone.get(link))).mustSay(t, http.StatusOK, "Buka entri latihan")
	opened := phone.get(practicePath)
	opened.mustSay(t, http.StatusOK, "Tambahkan entri latihan")
	phone.follow(phone.post(link, nil)).mustSay(t, http.StatusOK, "Tambahkan entri latihan") // pressed twice
	late.get(link).mustSay(t, http.StatusConflict, "sudah tidak berlaku")
	late.post(link, nil).mustSay(t, http.StatusConflict, "sudah tidak berlaku")
	late.get("/cek-jam/tidak-ada").mustSay(t, http.StatusConflict, "sudah tidak berlaku")
	phone.follow(phone.submit(opened, "kode", x.scan(opened, 0).code())).mustSay(t, http.StatusOK, "Jam bukan penyebab")
}

// handOff is the newest hand-off link, which only a camera can read off the page.
func (x *test) handOff() string {
	var id string
	err := x.DB.Read(x.t.Context(), func(tx *db.Tx) error {
		return tx.Row(x.t.Context(), `SELECT id FROM practices ORDER BY id DESC`).Scan(&id)
	})
	if err != nil {
		x.t.Fatal(err)
	}
	return "/cek-jam/" + base64.RawURLEncoding.EncodeToString(x.Keys.Sum("practice hand-off", id))
}

func TestClockLeavesNoSecretInLogOrAddress(t *testing.T) {
	x := newTest(t)
	b := x.clockBrowser(onPhone)
	p := b.practise()
	app := x.scan(p, 0)
	code := app.code()
	answer := b.submit(p, "kode", code)
	x.browser().get(x.handOff())
	for _, leak := range []string{code, app.secret.Base32(), strings.TrimPrefix(x.handOff(), "/cek-jam/")} {
		if strings.Contains(x.log.String(), leak) || strings.Contains(answer.header.Get("Location"), leak) {
			t.Errorf("%q shows", leak)
		}
	}
}

func TestPracticeOnBothEngines(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB, clock *dbtest.Clock) {
		x := newTestOn(t, d, clock)
		b := x.clockBrowser(onPhone)
		p := b.practise()
		app := x.scan(p, -time.Hour)
		p = b.follow(b.submit(p, "kode", app.code()))
		x.clock.Advance(30 * time.Second)
		b.follow(b.submit(p, "kode", app.code())).mustSay(t, http.StatusOK, "zona waktu yang salah")
	})
}
