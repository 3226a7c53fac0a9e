package otp

import "time"

// slowest is how long a person may take from reading a code to our receiving it (clock.md §4.3).
const slowest = 25 * time.Second

// A press at the change of the code comes late by reaction and network, hardly ever early.
const (
	pressEarly = 500 * time.Millisecond
	pressLate  = 2500 * time.Millisecond
)

// Drift is what is known of phone clock minus server clock: it lies in [Low, High).
type Drift struct{ Low, High time.Duration }

// Reading is a code that was recognised: the phone's step it belongs to and the instant it reached the server.
type Reading struct {
	Step int64
	At   time.Time
}

// ReadingAt is the reading of a code that Search found at an offset.
func ReadingAt(at time.Time, offset int) Reading { return Reading{Step(at) + int64(offset), at} }

// Drift is what one reading says. The phone showed the step up to 25 s before the code arrived, hence the width of 55 s:
// 30·step − t ≤ d < 30·(step+1) − t + 25 (clock.md §4.3 point 4).
func (r Reading) Drift() Drift {
	low := r.start().Sub(r.At)
	return Drift{low, low + period*time.Second + slowest}
}

// DriftAtChange is what a reading says when the person pressed a button as the code changed, age before it arrived. An
// age from a browser is advice only; one outside of a code's life says nothing and is left out.
func (r Reading) DriftAtChange(age time.Duration) Drift {
	if age < 0 || age > period*time.Second {
		return r.Drift()
	}
	d := r.start().Sub(r.At.Add(-age))
	return Drift{d - pressEarly, d + pressLate}
}

// And joins two findings about one phone. When they exclude each other the one that makes the phone faster stands:
// typing late only ever makes a phone look slow.
func (d Drift) And(e Drift) Drift {
	both := Drift{max(d.Low, e.Low), min(d.High, e.High)}
	if both.Low < both.High {
		return both
	}
	if d.Low > e.Low {
		return d
	}
	return e
}

// Middle is the best estimate.
func (d Drift) Middle() time.Duration { return d.Low + d.Bound() }

// Bound is how far the truth may lie from Middle, either way.
func (d Drift) Bound() time.Duration { return (d.High - d.Low) / 2 }

func (r Reading) start() time.Time { return time.Unix(r.Step*period, 0) }
