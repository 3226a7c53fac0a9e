package app

import (
	"fmt"
	"net/http"
	"net/url"
	"testing"
	"time"
)

// mostStranger is what strangers may have mailed to one person in a day: six
// codes of his ten, and two letters that say why another thing is not for him
// (RL-03, impostor 12).
const mostStranger = 6 + 2

// A machine that solves every captcha, in a network of its own each time and
// with the victim's right number and address, tries all that mails a code, for
// eleven hours. What arrives is counted at the mailbox.
func TestAPerfectSolverIsHeldByTheMailCaps_CA04(t *testing.T) {
	x := lawProxied(t)
	e := x.employee(sitiNIP)
	asked := 0
	for n := range 40 {
		for _, flow := range []string{"/pulihkan", "/buka-kunci", "/aktivasi"} {
			if x.lawFrom(fmt.Sprintf("198.51.%d.9", n)).solveAt(flow, sitiNIP, string(e.Email)) {
				asked++
			}
		}
		x.sendCodes()
		x.clock.Advance(16 * time.Minute) // past every pause between two codes
	}
	x.lawQuiet()
	sent := map[string]bool{} // one that was under way while the clock jumped is sent again, under its Message-ID
	for _, m := range x.box.Messages() {
		if m.To == string(e.Email) {
			sent[m.MessageID] = true
		}
	}
	mails := len(sent)
	if asked < 100 || mails < 1 || mails > mostStranger {
		t.Errorf("%d askings past the gate brought %d mails, at most %d", asked, mails, mostStranger)
	}
}

// solveAt asks for a mailed code with a right answer to the captcha, and tells
// whether that was taken.
func (b *browser) solveAt(flow, nip, email string) bool {
	b.x.t.Helper()
	if b.post(flow, url.Values{"nip": {nip}}).status != http.StatusSeeOther {
		return false
	}
	b.get(flow + "/email")
	id, digits := b.lawOpenGate(gateReset)
	return b.post(flow+"/email", url.Values{"email": {email}, "captcha_id": {id}, "captcha": {digits}}).status == http.StatusSeeOther
}
