package guide

import (
	"testing"
	"time"

	"pulih/otp"
)

// A date wrong by days is found after a pair failed, one wrong by months after
// two, and each time from two codes (clock.md §4.3). A chance hit of a nearer
// search costs a code more.
func TestAWrongDateIsSearchedFurther_clock43(t *testing.T) {
	each(t, func(d *desk) {
		for drift, codes := range map[time.Duration]int{-3 * day: 4, 6*day + 5*time.Hour: 4, -200 * day: 6, 399 * day: 6} {
			d.phone.drift = drift
			d.begin()
			got, read := Tried{}, 0
			for ; got.Result != Judged && read < practiceTries; read++ {
				got = d.read()
				d.clock.Advance(30 * time.Second)
			}
			if read < codes || read > codes+3 || (got.Verdict.Drift.Middle()-drift).Abs() > 28*time.Second || got.Verdict.Cause != WrongDate {
				t.Errorf("%s: %+v after %d codes", drift, got, read)
			}
		}
	})
}

// Nothing but codes of different steps opens the wide searches: ten posts in a
// second cost ten short ones.
func TestHammeringOpensNoWideSearch_clock46(t *testing.T) {
	each(t, func(d *desk) {
		d.phone.secret = otp.NewSecret()
		for range 9 {
			d.submit(Submission{Code: "000000"})
		}
		if p := d.practice(); p.window() != otp.Window || p.Far {
			t.Errorf("%d misses", p.misses)
		}
	})
}

// One widest search runs at a time; who comes meanwhile is told, and loses
// nothing but the try.
func TestOneWidestSearchAtATime_clock43(t *testing.T) {
	each(t, func(d *desk) {
		d.phone.drift = -200 * day
		for !d.practice().Far { // four codes, and one more for each chance hit nearer by
			d.read()
			d.clock.Advance(30 * time.Second)
		}
		d.read()
		d.clock.Advance(30 * time.Second)
		d.far <- struct{}{}
		if got := d.read(); got.Result != Busy {
			t.Errorf("%+v", got)
		}
		<-d.far
		d.clock.Advance(30 * time.Second)
		if got := d.read(); got.Result != Judged {
			t.Errorf("%+v", got)
		}
	})
}
