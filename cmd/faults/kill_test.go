package faults

import (
	"math/rand/v2"
	"os"
	"strings"
	"testing"
	"time"
)

// A process that is killed at any moment loses nothing that it has answered,
// and does nothing twice, though its clients press the button again.
func TestNothingAcknowledgedIsLostByAKill(t *testing.T) {
	each(t, func(t *testing.T, url string) {
		l := newLoad(newSite(t, url))
		l.serve()
		kills, life := often(6, 100), often(3, 10)
		l.stock(often(12, 40))
		l.begin()
		for n := range kills {
			if n > 0 && n%life == 0 && l.next[0] < activated-40 { // new codes want a process that lives a while
				l.stock(often(6, 30))
			}
			l.killOnce((n+1)%life == 0)
		}
		l.finish()
		l.stop()
		l.check(l.deeds())
		l.rest()
		l.deliver()
		mails, doubles := l.letters.count()
		saw(t, "kill -9 under load, "+engineOf(url), "each acknowledged ticket, message, code use, password, enrolment and claim is there, once, with its one row in the log; each mail came, copies under one Message-ID; `pulih check`",
			"%d kills; %d tickets, %d messages, %d code uses, %d passwords, %d enrolments, %d claims; %d requests broken off and sent again, %d ways given up; %d mails, %d copies beside",
			kills, l.count(filed), l.count(wrote), l.count(coded), l.count(setWord), l.count(enrolled), l.count(claimed), l.answers[0].Load(), l.abandoned.Load(), mails, doubles)
	})
}

// killOnce waits until something was done since the last start, and a moment
// that nobody knows; kills; and looks at what was told before, unless that is
// left to a later kill: what is lost does not come back, and a look at all of
// it takes longer each time.
func (l *load) killOnce(look bool) {
	l.Helper()
	before := len(l.deeds())
	eventually(l.T, "somebody was served", func() bool { return len(l.deeds()) > before || l.Failed() })
	time.Sleep(time.Duration(rand.Int64N(int64(400 * time.Millisecond))))
	told := l.deeds()
	l.kill()
	l.serve()
	if look {
		l.check(told)
	}
	if l.Failed() {
		l.FailNow()
	}
}

// rest lets a last process seal what is left, ends it in order, and asks the
// doctor.
func (s *site) rest() {
	s.Helper()
	s.serve()
	s.stop()
	s.doctor()
	if text, _ := os.ReadFile(s.place.Folder + "/log"); strings.Contains(string(text), "not where it was left") {
		s.Error("the copy of the log was held")
	}
}
