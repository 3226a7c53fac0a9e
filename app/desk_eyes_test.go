package app

import (
	"net/http"
	"net/url"
	"slices"
	"strings"
	"testing"

	"pulih/accounts"
)

// approves sends an approval, whether or not his page has the form.
func (g *clerk) approves(number, code string) page {
	g.x.t.Helper()
	return g.forge(number, "persetujuan", "persetujuan-dokumen", "SK/12/2015", "persetujuan-otp", code)
}

func (g *clerk) mustNotApprove(number, why string) {
	g.x.t.Helper()
	p := g.approves(number, g.otp())
	if p.status < 400 {
		g.x.t.Fatalf("%s approved: %d", g.name, p.status)
	}
	p.mustSay(g.x.t, p.status, why)
	g.open(number).mustSay(g.x.t, http.StatusOK, "Perlu verifikator")
}

func TestCheckerCannotApprove_impostor18(t *testing.T) {
	x := newStaffed(t)
	both := x.clerk("197001052000011005", "Dewi Berdua", accounts.Agent, accounts.Approver)
	number := x.checked(both)
	both.mustNotApprove(number, "Verifikator harus orang lain")
}

func TestContributorCannotApprove_impostor18(t *testing.T) {
	x := newStaffed(t)
	both := x.clerk("197001052000011005", "Dewi Berdua", accounts.Agent, accounts.Approver)
	number := x.rina.counter()
	both.mustGo(number, "catatan", "catatan-teks", "Saya kenal orangnya.")
	x.rina.seeOriginals(number)
	x.rina.mustGo(number, "pemeriksaan", "pemeriksaan-otp", x.rina.otp())
	both.mustNotApprove(number, "Verifikator harus orang lain")
}

func TestBrowserThatCheckedCannotApproveForTwelveHours_impostor17(t *testing.T) {
	x := newStaffed(t)
	number := x.checked(x.rina)
	borrowed := x.signsInAt(x.budi, x.rina)
	borrowed.mustNotApprove(number, "dalam 12 jam terakhir")
	x.budi.mustGo(number, "persetujuan", "persetujuan-dokumen", "SK/12/2015", "persetujuan-otp", x.budi.otp())
}

func TestBrowserWithoutItsCookieCannotApprove_impostor17(t *testing.T) {
	x := newStaffed(t)
	number := x.checked(x.rina)
	home := must(url.Parse(x.url))(t)
	for _, c := range x.budi.client.Jar.Cookies(home) {
		if c.Name == cookieBrowser {
			c.MaxAge, c.Path, c.Secure = -1, "/", true
			x.budi.client.Jar.SetCookies(home, []*http.Cookie{c})
		}
	}
	x.budi.mustNotApprove(number, "Pakai perangkat lain")
}

// A name of a browser that we have not signed is none: whoever checked could
// make up another one for each approval.
func TestAMadeUpBrowserApprovesNothing_impostor17(t *testing.T) {
	x := newStaffed(t)
	number := x.checked(x.rina)
	home := must(url.Parse(x.url))(t)
	own := x.budi.client.Jar.Cookies(home)
	known := own[slices.IndexFunc(own, func(c *http.Cookie) bool { return c.Name == cookieBrowser })].Value
	token, mac, _ := strings.Cut(known, ".")
	for _, made := range []string{strings.Repeat("A", 43), strings.Repeat("A", 43) + "." + mac, token, token + ".", token + "." + strings.Repeat("A", len(mac)), known + ".", "." + mac, "."} {
		x.budi.client.Jar.SetCookies(home, []*http.Cookie{{Name: cookieBrowser, Value: made, Path: "/", Secure: true}})
		x.budi.mustNotApprove(number, "Pakai perangkat lain")
	}
	x.budi.post("/petugas/masuk", url.Values{"nip": {x.budi.nip}, "sandi": {clerkPassword}, "otp": {x.budi.otp()}})
	own = x.budi.client.Jar.Cookies(home)
	if i := slices.IndexFunc(own, func(c *http.Cookie) bool { return c.Name == cookieBrowser }); own[i].Value == "." {
		t.Error("a sign-in keeps a made-up name")
	}
	x.budi.mustGo(number, "persetujuan", "persetujuan-dokumen", "SK/12/2015", "persetujuan-otp", x.budi.otp())
}

func TestNewApproverWaits_impostor17(t *testing.T) {
	x := newStaffed(t)
	x.clerk("197001052000011005", "Dewi Kedua", accounts.Approver)
	third := x.clerk("197001062000011006", "Eko Ketiga", accounts.Approver)
	number := x.checked(x.rina)
	third.mustNotApprove(number, "setelah 72 jam")
}

func TestApproveNeedsAFreshOTP_impostor17(t *testing.T) {
	x := newStaffed(t)
	number := x.checked(x.rina)
	used := x.budi.otp()
	for name, code := range map[string]string{"none": "", "wrong": "000000", "text": "abc"} {
		if p := x.budi.approves(number, code); p.status != http.StatusUnprocessableEntity {
			t.Errorf("%s: %d, want 422:\n%s", name, p.status, p.text())
		}
	}
	p := x.budi.post(ticketAddress(number)+"/persetujuan", url.Values{"versi": {"1"}})
	if p.status != http.StatusBadRequest {
		t.Errorf("without the field: %d, want 400", p.status)
	}
	x.budi.approves(number, used)
	if p := x.budi.approves(number, used); p.status < 400 {
		t.Errorf("the same code twice: %d", p.status)
	}
}

func TestWrongDocumentIsTold_impostor6(t *testing.T) {
	x := newStaffed(t)
	number := x.checked(x.rina)
	p := x.budi.act(number, "persetujuan", "persetujuan-dokumen", "SK/99", "persetujuan-otp", x.budi.otp())
	p.mustSay(t, p.status, "Nomor dokumen tidak sama")
}

// signsInAt signs g in at the browser of another.
func (x *test) signsInAt(g, at *clerk) *clerk {
	x.t.Helper()
	code := g.otp()
	p := at.post("/petugas/masuk", url.Values{"nip": {g.nip}, "sandi": {clerkPassword}, "otp": {code}})
	if p.status != http.StatusSeeOther {
		x.t.Fatalf("%s cannot sign in at %s's browser: %d", g.name, at.name, p.status)
	}
	return &clerk{browser: at.browser, name: g.name, secret: g.secret, nip: g.nip}
}
