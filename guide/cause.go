package guide

import "time"

// Cause is the likely reason of a drift.
type Cause string

// The causes that a drift betrays (clock.md §4.5).
const (
	NoCause        Cause = ""
	Unsynchronised Cause = "unsynchronised" // seconds to minutes: never set by the network
	WrongZone      Cause = "zone"           // whole hours: set by hand under the wrong zone
	HalfDay        Cause = "halfday"        // twelve hours: AM for PM
	WrongDate      Cause = "date"           // days
	ByHand         Cause = "hand"           // anything else: set by hand
	Leftover       Cause = "leftover"       // the phone is right, Google Authenticator still corrects it
	Corrected      Cause = "corrected"      // the phone is wrong, Google Authenticator corrects it
)

// fingerprint is how far from a whole hour or day a clock may be and still betray its cause.
const fingerprint = 90 * time.Second

const day = 24 * time.Hour

func (f Finding) cause() Cause {
	if c := f.correction(); c != NoCause {
		return c
	}
	d := f.estimate()
	switch size := d.Abs(); {
	case lightOf(d) == Green:
		return NoCause
	case size < 10*time.Minute:
		return Unsynchronised
	case near(size, 12*time.Hour, fingerprint):
		return HalfDay
	case zoneApart(size):
		return WrongZone
	case size > 26*time.Hour, near(size, day, 2*time.Hour+fingerprint):
		return WrongDate
	}
	return ByHand
}

// correction compares the app with its phone. Google Authenticator on Android keeps a correction of whole minutes; where
// it remains after the phone was set right, or hides that the phone is wrong, nothing but this comparison shows it.
func (f Finding) correction() Cause {
	if f.System == nil || !wholeMinutes(f.Drift.Middle()-f.System.Middle(), f.Drift.Bound()) {
		return NoCause
	}
	app, phone := lightOf(f.Drift.Middle()), lightOf(f.System.Middle())
	switch {
	case phone == Green && app != Green:
		return Leftover
	case phone == Red && app == Green:
		return Corrected
	}
	return NoCause
}

// wholeMinutes also wants at least one: rounding away nothing is no correction.
func wholeMinutes(d, bound time.Duration) bool {
	whole := d.Round(time.Minute)
	return whole != 0 && d.Abs() >= 45*time.Second && near(d, whole, max(bound, 10*time.Second))
}

// zoneApart recognises hours between WIB, WITA and WIT, and between each of them and UTC.
func zoneApart(size time.Duration) bool {
	for _, hours := range []time.Duration{1, 2, 7, 8, 9} {
		if near(size, hours*time.Hour, fingerprint) {
			return true
		}
	}
	return false
}

func near(d, target, tolerance time.Duration) bool { return (d - target).Abs() <= tolerance }
