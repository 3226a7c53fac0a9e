package app

import (
	"fmt"
	"net/http"
	"testing"
	"time"
)

// unknownNIP is the n-th of many numbers that nobody has.
func unknownNIP(n int) string { return fmt.Sprintf("199408172022%02d1%03d", 1+n/900, 1+n%900) }

// Two hundred people of one office, behind one address, ask for a code between
// half past seven and eleven: eighty in the first half hour. Nobody is refused,
// and whoever is known gets his code (RL-01).
func TestAnOfficeBehindOneAddressHasRoom_RL01(t *testing.T) {
	x := lawProxied(t)
	known := map[int]employee{3: x.employee(unknownNIP(3)), 99: x.employee(unknownNIP(99)), 198: x.employee(unknownNIP(198))}
	for n := range 200 {
		email := "a@contoh.test"
		if e, ok := known[n]; ok {
			email = string(e.Email)
		}
		if p := x.lawFrom("203.0.113.9").askOpen(unknownNIP(n), email); p.status != http.StatusSeeOther {
			t.Fatalf("person %d at %s: %d\n%s", n+1, x.clock.Now(), p.status, p.text())
		}
		x.sendCodes()
		x.clock.Advance(map[bool]time.Duration{true: 22 * time.Second, false: 90 * time.Second}[n < 80])
	}
	if codes := x.countRows(`SELECT count(*) FROM reset_codes WHERE state = 'live' OR state = 'ended'`); codes != len(known) {
		t.Errorf("%d of %d have a code", codes, len(known))
	}
}

// One browser asks for many: its own limit ends that, for known and unknown
// numbers alike, and another browser of the office goes on (RL-01).
func TestOneBrowserIsLimited_RL01_RL08(t *testing.T) {
	x := lawProxied(t)
	e := x.employee(unknownNIP(LimitResetBrowser.Burst))
	b := x.lawFrom("203.0.113.9")
	for n := range LimitResetBrowser.Burst {
		if p := b.askOpen(unknownNIP(n), "a@contoh.test"); p.status != http.StatusSeeOther {
			t.Fatalf("request %d: %d", n+1, p.status)
		}
	}
	for name, nip := range map[string]string{"known": string(e.NIP), "unknown": unknownNIP(500)} {
		p := b.askOpen(nip, string(e.Email))
		if p.status != http.StatusTooManyRequests || p.header.Get("Retry-After") != "120" {
			t.Errorf("%s: %d, Retry-After %q", name, p.status, p.header.Get("Retry-After"))
		}
	}
	if p := x.lawFrom("203.0.113.9").askOpen(unknownNIP(501), "a@contoh.test"); p.status != http.StatusSeeOther {
		t.Errorf("the office's other browser: %d", p.status)
	}
}

// A botnet with eyes, each bot in a network of its own, asks for the victim's
// codes all day, and tries codes. The victim resets from the network he has
// signed in from, by the mailed link where typing is closed (impostor 12).
func TestTheVictimResetsDespiteABotnet_CA04_impostor12(t *testing.T) {
	x := lawProxied(t)
	e := x.employee(sitiNIP)
	home := x.lawFrom("203.0.113.9")
	home.follow(home.enter(sitiNIP, employeePassword, x.otp(e.device))).mustSay(t, http.StatusOK, "Siti Contoh")
	for n := range 40 {
		bot := x.lawFrom(fmt.Sprintf("198.51.%d.9", n))
		bot.askOpen(sitiNIP, string(e.Email))
		x.sendCodes()
		bot.submit(bot.get("/pulihkan/kode"), "kode", "ABCD-EFGH")
		x.clock.Advance(time.Minute)
	}
	victim := x.lawFrom("203.0.113.9")
	before := x.countRows(`SELECT count(*) FROM outbox WHERE kind = 'reset.code'`)
	victim.askOpen(sitiNIP, string(e.Email))
	x.sendCodes()
	if after := x.countRows(`SELECT count(*) FROM outbox WHERE kind = 'reset.code'`); after != before+1 || before > 6 {
		t.Fatalf("%d mails for the botnet, then %d", before, after)
	}
	m := x.mailTo(string(e.Email), "Kode untuk kata sandi baru")
	link := victim.follow(victim.get(resetInMail.FindString(m.Text)))
	victim.follow(victim.submit(link)).mustSay(t, http.StatusOK, "Simpan kata sandi")
}
