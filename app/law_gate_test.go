package app

import (
	"bytes"
	"context"
	"errors"
	"image/png"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/labstack/echo/v4"

	"pulih/db"
	"pulih/db/dbtest"
	"pulih/secret"
	"pulih/views"
)

// lawVisitor is a browser at the gate, without a page around it.
type lawVisitor struct {
	x     *test
	token secret.Token
	peer  string
}

func (x *test) lawVisitor() lawVisitor { return lawVisitor{x, secret.NewToken(), "203.0.113.9:1"} }

// context is a request of the visitor.
func (v lawVisitor) context() echo.Context {
	r := v.x.lawAt(http.MethodPost, "/pulihkan/email")
	r.RemoteAddr = v.peer
	r.AddCookie(&http.Cookie{Name: cookieGate, Value: string(v.token)})
	return v.x.echo.NewContext(r, httptest.NewRecorder())
}

func (v lawVisitor) gate(purpose string) views.Gate {
	v.x.t.Helper()
	return must(v.x.newGate(v.context(), purpose))(v.x.t)
}

func (v lawVisitor) pass(purpose string, f GateForm) bool {
	v.x.t.Helper()
	g, err := v.x.passGate(v.context(), purpose, f)
	if err != nil {
		v.x.t.Fatal(err)
	}
	return g.Passed
}

// lawDigits reads a captcha as no person could: from the database.
func (x *test) lawDigits(id string) string {
	x.t.Helper()
	var sealed []byte
	err := x.DB.Read(context.Background(), func(tx *db.Tx) error {
		return tx.Row(context.Background(), `SELECT digits FROM captchas WHERE id = $1`, id).Scan(&sealed)
	})
	if err != nil {
		x.t.Fatal(err)
	}
	plain := must(x.Keys.Open("captchas|digits|"+id, sealed))(x.t)
	for i := range plain {
		plain[i] += '0'
	}
	return string(plain)
}

func (x *test) lawSolve(g views.Gate) GateForm {
	return GateForm{CaptchaID: g.CaptchaID, Captcha: x.lawDigits(g.CaptchaID)}
}

func TestACaptchaPassesOnce_CA02(t *testing.T) {
	x := newTest(t)
	v := x.lawVisitor()
	right := x.lawSolve(v.gate("a"))
	if !v.pass("a", right) || v.pass("a", right) {
		t.Error("right: want once and never again")
	}
	for name, typed := range map[string]string{"a wrong digit": "", "letters": "abcdef", "too short": "12345", "too long": "1234567", "nothing": ""} {
		v := x.lawVisitor()
		g := v.gate("a")
		want := x.lawSolve(g)
		if typed == "" && name == "a wrong digit" {
			last := want.Captcha[5]
			typed = want.Captcha[:5] + string('0'+(last-'0'+1)%10)
		}
		if v.pass("a", GateForm{CaptchaID: g.CaptchaID, Captcha: typed}) {
			t.Errorf("%s passes", name)
		}
		if name == "a wrong digit" && v.pass("a", want) {
			t.Error("passes after a wrong try")
		}
	}
}

// dchest's own comparison reads what is no digit as 0: an empty answer would
// pass 000000 (stack.md, pitfall 41).
func TestSpacesAreNoZeros_CA01(t *testing.T) {
	x := newTest(t)
	for _, typed := range []string{"      ", "000 00", "\u0660\u0660\u0660\u0660\u0660\u0660", "\uff10\uff10\uff10\uff10\uff10\uff10", "OOOOOO", "\x00\x00\x00\x00\x00\x00", "00000\u00a0"} {
		v := x.lawVisitor()
		g := v.gate("a")
		x.lawExec(`UPDATE captchas SET digits = $2 WHERE id = $1`, g.CaptchaID, x.Keys.Seal("captchas|digits|"+g.CaptchaID, make([]byte, 6)))
		if v.pass("a", GateForm{CaptchaID: g.CaptchaID, Captcha: typed}) {
			t.Errorf("%q passes as 000000", typed)
		}
	}
	v := x.lawVisitor()
	g := v.gate("a")
	if d := x.lawDigits(g.CaptchaID); !v.pass("a", GateForm{CaptchaID: g.CaptchaID, Captcha: " " + d[:3] + " " + d[3:] + " "}) {
		t.Error("spaces between the digits are not forgiven")
	}
}

func TestACaptchaHoldsForItsPlaceAndTime_CA01(t *testing.T) {
	x := newTest(t)
	v := x.lawVisitor()
	if v.pass("b", x.lawSolve(v.gate("a"))) {
		t.Error("passes for another purpose")
	}
	if x.lawVisitor().pass("a", x.lawSolve(v.gate("a"))) {
		t.Error("passes in another browser")
	}
	bare := v.x.echo.NewContext(x.lawAt(http.MethodPost, "/"), httptest.NewRecorder())
	if g, err := x.passGate(bare, "a", x.lawSolve(v.gate("a"))); err != nil || g.Passed {
		t.Error("passes without a cookie", err)
	}
	late := x.lawSolve(v.gate("a"))
	x.clock.Advance(captchaLife)
	if v.pass("a", late) {
		t.Error("passes after five minutes")
	}
	just := x.lawSolve(v.gate("a"))
	x.clock.Advance(captchaLife - time.Microsecond)
	if !v.pass("a", just) {
		t.Error("does not pass within five minutes")
	}
	for _, id := range []string{"", "x", "' OR 1=1 --", db.NewID()} {
		if v.pass("a", GateForm{CaptchaID: id, Captcha: "000000"}) {
			t.Errorf("id %q passes", id)
		}
	}
}

func TestManyAtOncePassOneCaptchaOnce_CA02(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB, clock *dbtest.Clock) {
		x := newTestOn(t, d, clock)
		v := x.lawVisitor()
		if n := lawRace(v, x.lawSolve(v.gate("a"))); n != 1 {
			t.Errorf("a captcha passed %d times", n)
		}
		if n := lawRace(v, lawWork(v.gate("a"))); n != 1 {
			t.Errorf("a proof of work passed %d times", n)
		}
	})
}

func lawRace(v lawVisitor, f GateForm) int {
	var all sync.WaitGroup
	var passed atomic.Int64
	for range 20 {
		all.Go(func() {
			if g, err := v.x.passGate(v.context(), "a", f); err == nil && g.Passed {
				passed.Add(1)
			}
		})
	}
	all.Wait()
	return int(passed.Load())
}

// More than five pictures of one captcha would average its noise away.
func TestTheSixthPictureIsRefused_CA02(t *testing.T) {
	x := newTest(t)
	b := x.browser()
	id := b.follow(b.submit(b.get("/pulihkan"), "nip", sitiNIP)).value("captcha_id")
	if id == "" {
		t.Fatal("the page has no captcha")
	}
	if p := x.browser().get("/gerbang/" + id + ".png"); p.status != http.StatusNotFound {
		t.Errorf("another browser is shown the picture: %d", p.status)
	}
	for n := range captchaShows + 2 {
		p := b.get("/gerbang/" + id + ".png")
		if want := n < captchaShows; (p.status == http.StatusOK) != want {
			t.Errorf("picture %d: %d", n+1, p.status)
		}
		if p.status == http.StatusOK {
			if _, err := png.Decode(strings.NewReader(p.body)); err != nil || p.header.Get("Content-Type") != "image/png" {
				t.Errorf("picture %d is %s: %v", n+1, p.header.Get("Content-Type"), err)
			}
		}
	}
	x.clock.Advance(captchaLife)
	if p := b.get("/gerbang/" + id + ".png"); p.status != http.StatusNotFound {
		t.Errorf("an expired captcha is shown: %d", p.status)
	}
}

// Captchas made are limited by network, at most 20 in a minute, so that page
// views cannot fill the database; the form keeps its other two ways (CA-02).
func TestCaptchasAreLimitedByNetwork_CA02(t *testing.T) {
	x := newTest(t)
	made := 0
	for range 60 {
		if x.lawVisitor().gate("a").CaptchaID != "" {
			made++
		}
		x.clock.Advance(time.Second)
	}
	if made < 15 || made > 20 {
		t.Errorf("%d captchas in a minute", made)
	}
	for range LimitCaptcha.Burst + 1 {
		x.lawVisitor().gate("a")
	}
	v := x.lawVisitor()
	g := v.gate("a")
	if g.CaptchaID != "" {
		t.Error("a captcha beyond the limit")
	}
	if g.Pow.Challenge == "" || !v.pass("a", lawWork(g)) || !v.pass("a", GateForm{Lane: "lambat"}) {
		t.Error("no way left")
	}
	x.clock.Advance(captchaLife + time.Second)
	if err := x.sweep(context.Background()); err != nil || len(lawDump(t, x.DB, "captchas")) != 0 {
		t.Error("old captchas are kept", err)
	}
}

// Nobody changes the picture until an easy one comes: the first and three
// others, by button or by loading the page anew, then one a minute.
func TestThePictureChangesThreeTimes_CA02(t *testing.T) {
	x := newTest(t)
	b := x.browser()
	p := b.captchaPage()
	for n := range 3 {
		if p.value("captcha_id") == "" {
			t.Fatalf("no picture after %d changes", n)
		}
		if n == 1 {
			p = b.get("/pulihkan/email")
		} else {
			p = b.submit(p, "email", "a@contoh.test", "jalur", "gambar-baru")
		}
	}
	p = b.submit(p, "email", "a@contoh.test", "jalur", "gambar-baru")
	if p.value("captcha_id") != "" || !strings.Contains(p.text(), "jalur lambat") {
		t.Errorf("a fourth change: %d\n%s", p.status, p.text())
	}
	if p.value("tantangan") == "" {
		t.Error("no proof of work is offered")
	}
	if x.browser().captchaPage().value("captcha_id") == "" {
		t.Error("another browser of the office has no picture")
	}
	x.clock.Advance(time.Minute)
	if b.get("/pulihkan/email").value("captcha_id") == "" {
		t.Error("no picture a minute later")
	}
}

// The store holds 50,000; the oldest go first (CA-06).
func TestCaptchasAreCapped_CA06(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB, clock *dbtest.Clock) {
		x := newTestOn(t, d, clock)
		x.lawExec(`INSERT INTO captchas (id, purpose, browser, digits, shown, expires_at)
			WITH RECURSIVE n (i) AS (SELECT 100001 UNION ALL SELECT i + 1 FROM n WHERE i < 100000 + CAST($1 AS BIGINT))
			SELECT '0000-' || CAST(i AS TEXT), 'a', $2, $2, 0, CAST($3 AS BIGINT) FROM n`,
			captchaMost, []byte("x"), x.DB.Now().Add(captchaLife))
		x.captchas.Store(captchaTrim - 1)
		v := x.lawVisitor()
		newest := v.gate("a")
		if rows := x.countRows(`SELECT count(*) FROM captchas`); rows != captchaMost-captchaTrim {
			t.Errorf("%d rows, want %d and room for as many new ones as come before the next look", rows, captchaMost-captchaTrim)
		}
		if x.countRows(`SELECT count(*) FROM captchas WHERE id <= '0000-101001'`) != 0 {
			t.Error("the oldest are kept")
		}
		if !v.pass("a", x.lawSolve(newest)) {
			t.Error("the newest went")
		}
	})
}

func TestTheSlowLaneIsLimited(t *testing.T) {
	x := newTest(t)
	v := x.lawVisitor()
	slow := GateForm{Lane: "lambat"}
	for range LimitSlow.Burst {
		if g, err := x.passGate(v.context(), "a", slow); err != nil || !g.Passed || !g.Slow {
			t.Fatal(g, err)
		}
	}
	g, err := x.passGate(v.context(), "a", slow)
	var many *TooMany
	if !errors.As(err, &many) || g.Passed {
		t.Errorf("one more passes: %v, %v", g, err)
	}
	v.peer = "198.51.100.9:1"
	if g, err := x.passGate(v.context(), "a", slow); err != nil || !g.Passed {
		t.Error("another network is refused", err)
	}
}

// Asking for another picture is no answer, right or wrong, and no way in.
func TestAnotherPictureIsNoWayIn(t *testing.T) {
	x := newTest(t)
	v := x.lawVisitor()
	f := x.lawSolve(v.gate("a"))
	f.Lane = "gambar-baru"
	g, err := x.passGate(v.context(), "a", f)
	if err != nil || g.Passed || !g.New {
		t.Errorf("%v, %v", g, err)
	}
	for _, lane := range []string{"cepat", "LAMBAT", "lambat ", "1"} {
		if v.pass("a", GateForm{Lane: lane}) {
			t.Errorf("lane %q passes", lane)
		}
	}
	if v.pass("a", GateForm{}) {
		t.Error("an empty gate passes")
	}
}

// The row tells neither the digits nor the browser.
func TestACaptchaIsSealed_RC03(t *testing.T) {
	x := newTest(t)
	v := x.lawVisitor()
	typed := []byte(x.lawDigits(v.gate("a").CaptchaID))
	raw := bytes.Map(func(r rune) rune { return r - '0' }, typed)
	for _, row := range lawDump(t, x.DB, "captchas", "spent_proofs") {
		if strings.Contains(row, string(typed)) || strings.Contains(row, string(raw)) || strings.Contains(row, string(v.token)) {
			t.Error("the row shows what it keeps")
		}
	}
}
