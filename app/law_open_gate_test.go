package app

import (
	"fmt"
	"net/http"
	"net/url"
	"testing"
	"time"

	"pulih/db"
	"pulih/secret"
)

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
	b.fillIn("nip", nip)
	id, digits := b.lawOpenGate(gateRequest)
	return b.post(requestCheckPath, url.Values{"captcha_id": {id}, "captcha": {digits}})
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

// Strangers use the lane without a test for the victim's number and address;
// the victim still finds it open (impostor 12).
func TestStrangersDoNotSpendTheVictimsSlowLane_impostor12(t *testing.T) {
	x := lawProxied(t)
	e := x.employee(sitiNIP)
	slowly := func(address string) int {
		b := x.lawFrom(address)
		gate := b.follow(b.submit(b.get("/pulihkan"), "nip", sitiNIP))
		return b.submit(gate, "email", string(e.Email), "jalur", "lambat").status
	}
	for n := range 2 * LimitSlowNIP.Burst {
		slowly(fmt.Sprintf("198.51.100.%d", 1+n))
	}
	for n := range LimitSlowNIP.Burst + 1 {
		want := http.StatusSeeOther
		if n == LimitSlowNIP.Burst {
			want = http.StatusTooManyRequests
		}
		if got := slowly("203.0.113.9"); got != want {
			t.Errorf("the victim's request %d: %d, want %d", n+1, got, want)
		}
	}
}
