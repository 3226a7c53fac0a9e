package app

import (
	"context"
	"strings"
	"sync"
	"testing"

	"pulih/accounts"
)

// walkAlone stands at each step of enrolling alone.
func (l *lawTour) walkAlone() {
	asked, proven, waiting := l.browser(), l.browser(), l.browser()
	_, _, link := asked.askMFACode(l.settledEmployee("199003032014031004"))
	other := l.settledEmployee("199004042014041005")
	wait, code, _ := proven.askMFACode(other)
	proven.follow(proven.submit(wait, "kode", code))
	l.alone = l.settledEmployee("199005052014051006")
	waiting.waits(l.alone)
	l.browsers["alone, asked"], l.browsers["alone, proven"], l.browsers["alone, waiting"] = asked, proven, waiting
	token := link[strings.LastIndex(link, "/")+1:]
	l.param("/pulihkan-mfa/kode/:token", "token", token)
	l.param("/pulihkan-mfa/lanjut/:token", "token", token)
}

// finishAlone lets the day pass and goes on by the mailed link, with the new
// key for the search.
func (l *lawTour) finishAlone() (key string) {
	link := l.aDay(l.alone)
	b := l.browser()
	device := b.follow(b.submit(b.follow(b.get(link)), "nip", string(l.alone.NIP), "sandi", employeePassword))
	b.finish(l.alone, device)
	return device.newSecret().Base32()
}

// The app's own clock tends the waits, and the relay its mails: nothing is
// called by hand.
func TestTheAppsClockTendsWaits(t *testing.T) {
	x := newTest(t)
	e := x.settledEmployee(sitiNIP)
	x.browser().waits(e)
	x.lawQuiet()
	x.clock.Advance(accounts.Day)
	ctx, stop := context.WithCancel(context.Background())
	var running sync.WaitGroup
	running.Go(func() { _ = x.Run(ctx) })
	defer running.Wait()
	defer stop()
	x.mailTo(string(e.Email), "Autentikator baru bisa didaftarkan")
}
