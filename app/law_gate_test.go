package app

import (
	"bytes"
	"context"
	"crypto/sha256"
	"errors"
	"fmt"
	"image/png"
	"math/big"
	"net/http"
	"net/http/httptest"
	"net/url"
	"slices"
	"strconv"
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
	v := x.lawVisitor()
	for _, typed := range []string{"      ", "000 00", "\u0660\u0660\u0660\u0660\u0660\u0660", "\uff10\uff10\uff10\uff10\uff10\uff10", "OOOOOO", "\x00\x00\x00\x00\x00\x00", "00000\u00a0"} {
		g := v.gate("a")
		x.lawExec(`UPDATE captchas SET digits = $2 WHERE id = $1`, g.CaptchaID, x.Keys.Seal("captchas|digits|"+g.CaptchaID, make([]byte, 6)))
		if v.pass("a", GateForm{CaptchaID: g.CaptchaID, Captcha: typed}) {
			t.Errorf("%q passes as 000000", typed)
		}
	}
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

// Captchas made are limited by network, so that page views cannot fill the
// database; the form stays usable by its other two ways (CA-06).
func TestCaptchasAreCapped_CA06(t *testing.T) {
	x := newTest(t)
	v := x.lawVisitor()
	for range LimitCaptcha.Burst {
		if v.gate("a").CaptchaID == "" {
			t.Fatal("no captcha within the limit")
		}
	}
	g := v.gate("a")
	if g.CaptchaID != "" {
		t.Error("a captcha beyond the limit")
	}
	if g.Pow.Challenge == "" || !v.pass("a", lawWork(g)) {
		t.Error("no way left")
	}
	if n := len(lawDump(t, x.DB, "captchas")); n != LimitCaptcha.Burst {
		t.Errorf("%d rows", n)
	}
	x.clock.Advance(captchaLife + time.Second)
	if err := x.sweep(context.Background()); err != nil || len(lawDump(t, x.DB, "captchas")) != 0 {
		t.Error("old captchas are kept", err)
	}
}

// lawWork finds the nonce as pow.js does.
func lawWork(g views.Gate) GateForm {
	return GateForm{Challenge: g.Pow.Challenge, Pow: lawNonce(g.Pow.Challenge, g.Pow.Bits, true)}
}

// lawNonce looks for a nonce that solves n bits, or one that just does not.
func lawNonce(challenge string, n int, right bool) string {
	for i := 0; ; i++ {
		nonce := strconv.Itoa(i)
		if got := lawZeros(challenge, nonce); right && got >= n || !right && got == n-1 {
			return nonce
		}
	}
}

// lawZeros counts the zero bits that a proof of work begins with.
func lawZeros(challenge, nonce string) int {
	sum := sha256.Sum256([]byte(challenge + ":" + nonce))
	return 256 - new(big.Int).SetBytes(sum[:]).BitLen()
}

func TestAProofOfWorkPassesOnce(t *testing.T) {
	x := newTest(t)
	v := x.lawVisitor()
	f := lawWork(v.gate("a"))
	if !v.pass("a", f) || v.pass("a", f) {
		t.Error("want once and never again")
	}
	again := f
	again.Pow = lawOther(f)
	if v.pass("a", again) {
		t.Error("another nonce of a spent challenge passes")
	}
}

// lawOther finds a second right nonce of a challenge.
func lawOther(f GateForm) string {
	first, _ := strconv.Atoi(f.Pow)
	for i := first + 1; ; i++ {
		if lawZeros(f.Challenge, strconv.Itoa(i)) >= powBits {
			return strconv.Itoa(i)
		}
	}
}

func TestAProofOfWorkHoldsForItsPlaceAndTime(t *testing.T) {
	x := newTest(t)
	v := x.lawVisitor()
	if v.pass("b", lawWork(v.gate("a"))) {
		t.Error("passes for another purpose")
	}
	if x.lawVisitor().pass("a", lawWork(v.gate("a"))) {
		t.Error("passes in another browser")
	}
	late := lawWork(v.gate("a"))
	x.clock.Advance(powLife)
	if v.pass("a", late) {
		t.Error("passes after half an hour")
	}
	just := lawWork(v.gate("a"))
	x.clock.Advance(powLife - time.Microsecond)
	if !v.pass("a", just) {
		t.Error("does not pass within half an hour")
	}
	g := v.gate("a")
	few := GateForm{Challenge: g.Pow.Challenge, Pow: lawNonce(g.Pow.Challenge, g.Pow.Bits, false)}
	if v.pass("a", few) {
		t.Error("too few bits pass")
	}
}

func TestAForgedChallengeIsRefused(t *testing.T) {
	x := newTest(t)
	v := x.lawVisitor()
	g := v.gate("a")
	parts := strings.Split(g.Pow.Challenge, ".")
	if len(parts) != 4 {
		t.Fatalf("the challenge has %d parts", len(parts))
	}
	for name, forge := range map[string]func(p []string){
		"no bits":     func(p []string) { p[1] = "0" },
		"fewer bits":  func(p []string) { p[1] = "1" },
		"longer life": func(p []string) { p[0] += "z" },
		"another id":  func(p []string) { p[2] = db.NewID() },
		"another mac": func(p []string) { p[3] = strings.Repeat("A", len(p[3])) },
		"no mac":      func(p []string) { p[3] = "" },
	} {
		p := slices.Clone(parts)
		forge(p)
		challenge := strings.Join(p, ".")
		n, _ := strconv.Atoi(p[1])
		nonce := "1"
		if n > 0 {
			nonce = lawNonce(challenge, n, true)
		}
		if v.pass("a", GateForm{Challenge: challenge, Pow: nonce}) {
			t.Errorf("%s passes", name)
		}
	}
	for _, challenge := range []string{"", ".", "...", "a.b.c.d", g.Pow.Challenge + ".x"} {
		if v.pass("a", GateForm{Challenge: challenge, Pow: "1"}) {
			t.Errorf("challenge %q passes", challenge)
		}
	}
}

// A network that asks for much works more; it is not shut out ("harder
// instead of closed").
func TestABusyNetworkWorksMore(t *testing.T) {
	x := newTest(t)
	v := x.lawVisitor()
	if got := v.gate("a").Pow.Bits; got != powBits {
		t.Errorf("a quiet network works %d bits", got)
	}
	for range LimitReset.Burst/3 + 1 {
		must(x.Limits.Take(context.Background(), LimitReset, limitNetwork(v.context())))(t)
	}
	g := v.gate("a")
	if g.Pow.Bits != powHardBits {
		t.Errorf("a busy network works %d bits", g.Pow.Bits)
	}
	if easy := (GateForm{Challenge: g.Pow.Challenge, Pow: lawNonce(g.Pow.Challenge, powHardBits, false)}); v.pass("a", easy) {
		t.Error("the easy work passes")
	}
	v.peer = "198.51.100.9:1"
	if got := v.gate("a").Pow.Bits; got != powBits {
		t.Errorf("another network works %d bits", got)
	}
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

// lawOpenGate is the gate wide open: a captcha that this browser has solved.
func (b *browser) lawOpenGate(purpose string) (id, digits string) {
	b.x.t.Helper()
	id = db.NewID()
	at := must(url.Parse(b.x.url))(b.x.t)
	var browser secret.Token
	for _, cookie := range b.client.Jar.Cookies(at) {
		if cookie.Name == cookieGate {
			browser = secret.Token(cookie.Value)
		}
	}
	sealed := b.x.Keys.Seal("captchas|digits|"+id, make([]byte, captchaDigits))
	b.x.lawExec(`INSERT INTO captchas (id, purpose, browser, digits, shown, expires_at) VALUES ($1, $2, $3, $4, 0, $5)`,
		id, purpose, browser.Hash(), sealed, b.x.DB.Now().Add(captchaLife))
	return id, "000000"
}

// lawFrom is a browser in a network of its own.
func (x *test) lawFrom(address string) *browser {
	b := x.browser()
	b.client.Transport = lawHeaders{x.cert, http.Header{"X-Forwarded-For": {address}}}
	return b
}

// lawProxied is an agency behind a proxy, so that browsers come from many
// networks.
func lawProxied(t *testing.T) *test {
	x := newTest(t)
	x.TrustedProxies = lawPrefixes("127.0.0.0/8")
	x.App = New(x.stop, x.App)
	return x
}

// askOpen asks for a code past an open gate.
func (b *browser) askOpen(nip, email string) page {
	b.x.t.Helper()
	start := b.post("/pulihkan", url.Values{"nip": {nip}})
	if start.status != http.StatusSeeOther {
		return start
	}
	b.get("/pulihkan/email")
	id, digits := b.lawOpenGate(gateReset)
	return b.post("/pulihkan/email", url.Values{"email": {email}, "captcha_id": {id}, "captcha": {digits}})
}

// The captcha is a speed bump only: with every answer right, each limit still
// holds (CA-04).
func TestLimitsHoldWithTheGateOpen_CA04(t *testing.T) {
	x := lawProxied(t)
	passed := 0
	for n := range LimitReset.Burst + 5 {
		if p := x.lawFrom("203.0.113.9").askOpen(fmt.Sprintf("19860926201505%d%03d", 1+n%2, 1+n), "a@contoh.test"); p.status == http.StatusSeeOther {
			passed++
		} else if p.status != http.StatusTooManyRequests {
			t.Fatalf("%d\n%s", p.status, p.text())
		}
	}
	if passed != LimitReset.Burst {
		t.Errorf("%d requests for a code passed from one network, want %d", passed, LimitReset.Burst)
	}
	x.lawExec(`DELETE FROM captchas`)
	filed := 0
	for n := range LimitOpen.Burst + 5 {
		if x.lawFile(x.lawFrom("203.0.113.9"), fmt.Sprintf("19860926201505%d%03d", 1+n%2, 1+n)).status == http.StatusSeeOther {
			filed++
		}
	}
	if filed != LimitOpen.Burst {
		t.Errorf("%d requests were filed from one network, want %d", filed, LimitOpen.Burst)
	}
}

func (x *test) lawFile(b *browser, nip string) page {
	x.t.Helper()
	form := url.Values{"nip": {nip}, "nama": {"Siti Contoh"}, "unit": {"Dinas"}, "hp": {""}, "masalah": {"Hilang."}, "sebab": {"hilang"}, "langkah": {"periksa"}}
	b.post("/tiket/baru", form)
	id, digits := b.lawOpenGate(gateRequest)
	form.Set("langkah", "kirim")
	form.Set("captcha_id", id)
	form.Set("captcha", digits)
	return b.post("/tiket/baru", form)
}

// A botnet with eyes still sends nobody more than the day's mails (RL-03,
// impostor 12).
func TestABotnetPastTheGateFloodsNobody_CA04(t *testing.T) {
	x := lawProxied(t)
	e := x.employee(sitiNIP)
	for n := range 40 {
		x.lawFrom(fmt.Sprintf("198.51.%d.9", n)).askOpen(sitiNIP, string(e.Email))
		x.sendCodes()
		x.clock.Advance(16 * time.Minute) // past every pause between two codes
	}
	codes := x.countRows(`SELECT count(*) FROM reset_codes WHERE state <> 'void' AND state <> 'due'`)
	if codes < 1 || codes > 6 {
		t.Errorf("%d codes were mailed in eleven hours, want at most 6 of 10: four are kept for known networks", codes)
	}
}
