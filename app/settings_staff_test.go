package app

import (
	"net/http"
	"net/url"
	"strings"
	"sync"
	"testing"
	"time"

	"pulih/accounts"
	"pulih/db"
	"pulih/db/dbtest"
)

// Second eyes cannot be made by the first: a new member takes two people, and
// neither of them holds the whole code with which he sets himself up.
func TestANewMemberTakesTwo_impostor17(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB, clock *dbtest.Clock) {
		c := newTestOn(t, d, clock).council()
		first := c.adi.post(staffListPath, newcomerForm(accounts.Approver))
		at := c.newest()
		if first.status != http.StatusOK || first.half() == "" {
			t.Fatalf("%d\n%s", first.status, first.text())
		}
		c.adi.confirm(at).mustSay(t, http.StatusForbidden, "dikonfirmasi orang lain")
		c.rina.confirm(at).mustSay(t, http.StatusForbidden, "tidak berwenang")
		c.other.confirm(at).mustSay(t, http.StatusNotFound, "Usulan ini")
		if n := c.countRows(`SELECT count(*) FROM staff WHERE nip = '` + newcomerNIP + `'`); n != 0 {
			t.Fatal("entered before a second person confirmed")
		}
		second := c.ani.mustConfirm(at)
		a, b := first.half(), second.half()
		if b == "" || a == b {
			t.Fatalf("halves %q and %q\n%s", a, b, second.text())
		}
		for _, wrong := range []string{a, b, a + a, b + b, b + a} {
			if _, status := c.setUp(wrong); status == http.StatusSeeOther {
				t.Error("set up with ", wrong)
			}
		}
		g, status := c.setUp(a + b)
		if status != http.StatusSeeOther {
			t.Fatal("both halves together: ", status)
		}
		g.get("/petugas/antrean").mustSay(t, http.StatusOK, "")
		if from := lawRows(t, d, `SELECT approves_from - enrolled_at FROM staff WHERE nip = '`+newcomerNIP+`'`, func(v []any) string {
			return time.Duration(v[0].(int64) * 1000).String()
		})[0]; from != "72h0m0s" {
			t.Error("approves after ", from)
		}
		c.mailTo(c.sari.nip+"@staf.test", "Baru Contoh")
	})
}

func TestMoreRolesTakeTwoAndFewerOne_impostor17(t *testing.T) {
	c := newTest(t).council()
	at := c.memberPath(c.rina)
	c.adi.post(at+"/peran", url.Values{"peran-petugas": {"ya"}, "peran-verifikator": {"ya"}})
	c.rina.get("/petugas/antrean").mustSay(t, http.StatusOK, "") // nothing has changed
	proposal := c.newest()
	c.ani.mustConfirm(proposal)
	if p := c.rina.get("/petugas/antrean"); p.status != http.StatusSeeOther {
		t.Error("goes on with the session of the old roles: ", p.status)
	}
	c.ani.confirm(proposal).mustSay(t, http.StatusNotFound, "sudah berakhir")
	c.adi.post(at+"/peran", url.Values{"peran-verifikator": {"ya"}})
	if roles := c.rolesOf(c.rina); roles != "verifikator" {
		t.Error("fewer roles do not hold at once: ", roles)
	}
	c.adi.post(at+"/peran", url.Values{}).mustSay(t, http.StatusUnprocessableEntity, "satu peran")
}

func (c council) rolesOf(g *clerk) string {
	return lawRows(c.t, c.DB, `SELECT roles FROM staff WHERE nip = '`+g.nip+`'`, func(v []any) string { return v[0].(string) })[0]
}

// What was proposed for roles that he no longer has is refused.
func TestAnOldProposalDies(t *testing.T) {
	c := newTest(t).council()
	at := c.memberPath(c.rina)
	c.adi.post(at+"/peran", url.Values{"peran-petugas": {"ya"}, "peran-admin": {"ya"}})
	proposal := c.newest()
	c.lawExec(`UPDATE staff SET roles = 'verifikator' WHERE nip = $1`, c.rina.nip)
	c.ani.confirm(proposal).mustSay(t, http.StatusConflict, "sudah berubah")
	c.clock.Advance(73 * time.Hour)
	c.staffAgain(c.ani)
	c.ani.confirm(proposal).mustSay(t, http.StatusNotFound, "sudah berakhir")
}

// staffAgain signs a member in again, with the password of all.
func (x *test) staffAgain(g *clerk) {
	x.t.Helper()
	g.post("/petugas/masuk", url.Values{"nip": {g.nip}, "sandi": {clerkPassword}, "otp": {g.otp()}})
}

// Staff do not help themselves: new credentials take two others (ST-02).
func TestStaffAreReissuedByTwo_ST02(t *testing.T) {
	c := newTest(t).council()
	first := c.adi.post(c.memberPath(c.rina)+"/mfa", nil)
	proposal := c.newest()
	c.rina.get("/petugas/antrean").mustSay(t, http.StatusOK, "")
	second := c.sari.mustConfirm(proposal)
	if p := c.rina.get("/petugas/antrean"); p.status != http.StatusSeeOther {
		t.Error("his session lives: ", p.status)
	}
	if p := c.rina.post("/petugas/masuk", url.Values{"nip": {c.rina.nip}, "sandi": {clerkPassword}, "otp": {c.rina.otp()}}); p.status == http.StatusSeeOther {
		t.Error("the old authenticator signs in")
	}
	if _, status := c.setUp(first.half() + second.half()); status != http.StatusSeeOther {
		t.Error("cannot set up: ", status)
	}
	if p := c.browser().post("/pulihkan", url.Values{"nip": {c.rina.nip}}); p.status != http.StatusSeeOther {
		t.Error("reset of a staff number answers apart: ", p.status)
	}
}

func TestADisabledMemberIsOutAtOnce_ST07(t *testing.T) {
	c := newTest(t).council()
	c.rina.get("/petugas/antrean").mustSay(t, http.StatusOK, "")
	if p := c.adi.post(c.memberPath(c.rina)+"/penonaktifan", nil); p.status != http.StatusSeeOther {
		t.Fatal(p.status, p.text())
	}
	if p := c.rina.get("/petugas/antrean"); p.status != http.StatusSeeOther || p.header.Get("Location") != "/petugas/masuk" {
		t.Error("the next request passes: ", p.status)
	}
}

// Nobody has a hand in what concerns himself (ST-05).
func TestNobodyChangesHimself_ST05(t *testing.T) {
	c := newTest(t).council()
	own := c.memberPath(c.adi)
	for _, act := range []string{"/penonaktifan", "/mfa"} {
		c.adi.post(own+act, nil).mustSay(t, http.StatusForbidden, "tentang akun Anda sendiri")
	}
	c.adi.post(own+"/peran", url.Values{"peran-admin": {"ya"}, "peran-verifikator": {"ya"}}).mustSay(t, http.StatusForbidden, "tentang akun Anda sendiri")
	c.ani.post(own+"/peran", url.Values{"peran-admin": {"ya"}, "peran-verifikator": {"ya"}})
	c.adi.confirm(c.newest()).mustSay(t, http.StatusForbidden, "tentang akun Anda sendiri")
}

// One browser is one person, whoever signs in at it.
func TestTheProposersBrowserConfirmsNothing_impostor17(t *testing.T) {
	c := newTest(t).council()
	c.adi.post(staffListPath, newcomerForm(accounts.Agent))
	at := c.newest()
	c.adi.post("/petugas/keluar", nil)
	at2 := &clerk{browser: c.adi.browser, nip: c.ani.nip, name: "Ani di meja Adi", secret: c.ani.secret}
	c.staffAgain(at2)
	at2.get(settingsPath).mustSay(t, http.StatusOK, "Menunggu konfirmasi")
	at2.confirm(at).mustSay(t, http.StatusForbidden, "dari perangkat lain")
}

func TestAConfirmationWantsAFreshCode_SE07(t *testing.T) {
	c := newTest(t).council()
	c.adi.post(staffListPath, newcomerForm(accounts.Agent))
	at := c.newest()
	used := c.ani.otp()
	for _, otp := range []string{"", "000000", "12345"} {
		if p := c.ani.post(at+"/konfirmasi", url.Values{"otp": {otp}}); p.status != http.StatusUnprocessableEntity {
			t.Errorf("%q: %d", otp, p.status)
		}
	}
	if p := c.ani.post(at+"/konfirmasi", url.Values{"otp": {used}}); p.status != http.StatusOK {
		t.Fatal(p.status, p.text())
	}
	c.adi.post(c.memberPath(c.rina)+"/mfa", nil)
	if p := c.ani.post(c.newest()+"/konfirmasi", url.Values{"otp": {used}}); p.status != http.StatusUnprocessableEntity {
		t.Error("a code confirms twice: ", p.status)
	}
}

func TestAProposalIsConfirmedOnce(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB, clock *dbtest.Clock) {
		c := newTestOn(t, d, clock).council()
		c.adi.post(staffListPath, newcomerForm(accounts.Agent))
		at := c.newest()
		codes := map[*clerk]string{c.ani: c.ani.otp(), c.sari: c.sari.code()}
		var wg sync.WaitGroup
		for g, code := range codes {
			for range 4 {
				wg.Go(func() { g.post(at+"/konfirmasi", url.Values{"otp": {code}}) })
			}
		}
		wg.Wait()
		confirmed := 0
		for _, row := range lawDump(t, d, "audit_events") {
			if strings.Contains(row, "proposal.confirm") {
				confirmed++
			}
		}
		if n := c.countRows(`SELECT count(*) FROM staff WHERE nip = '` + newcomerNIP + `'`); n != 1 || confirmed != 1 {
			t.Errorf("%d rows, confirmed %d times", n, confirmed)
		}
	})
}

func TestABadMemberIsNotProposed(t *testing.T) {
	c := newTest(t).council()
	for name, change := range map[string]func(url.Values){
		"number": func(f url.Values) { f.Set("nip", "123") }, "no role": func(f url.Values) { f.Del("peran-petugas") },
		"address": func(f url.Values) { f.Set("email", "a@b.test\r\nBcc: x@y.test") }, "name": func(f url.Values) { f.Set("nama", "") },
		"unit": func(f url.Values) { f.Set("unit", "Dinas Salah Eja") }, "there already": func(f url.Values) { f.Set("nip", c.rina.nip) },
	} {
		form := newcomerForm(accounts.Agent)
		change(form)
		if p := c.adi.post(staffListPath, form); p.status != http.StatusUnprocessableEntity {
			t.Errorf("%s: %d\n%s", name, p.status, p.text())
		}
	}
	if n := c.countRows(`SELECT count(*) FROM staff_proposals`); n != 0 {
		t.Errorf("%d proposed", n)
	}
	c.adi.post(staffListPath, newcomerForm(accounts.Agent))
	at := c.newest()
	c.adi.post(at+"/akhir", nil)
	c.ani.confirm(at).mustSay(t, http.StatusNotFound, "sudah berakhir")
}
