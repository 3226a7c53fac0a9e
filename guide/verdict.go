package guide

import (
	"time"

	"pulih/otp"
)

// Method says how a clock was measured.
type Method string

// The three methods of clock.md §4. Only practice codes see the clock of the authenticator app itself.
const (
	ByBrowser Method = "browser" // the browser's clock against ours
	ByCode    Method = "code"    // codes of a practice entry
	ByEye     Method = "eye"     // the person reads the clock to us, without seconds
)

// Finding is one measurement.
type Finding struct {
	Method   Method
	Drift    otp.Drift  // what was measured minus our clock
	System   *otp.Drift // with ByCode: the same phone's own clock, when its browser told it
	Computer bool       // the browser does not run on a phone
}

// Light says how a portal that accepts one step each way treats codes from such a clock.
type Light string

// The lights of clock.md §4.5. They are not symmetric: typing takes time, so a slow phone fails first.
const (
	Green Light = "green" // accepted
	Amber Light = "amber" // sometimes refused
	Red   Light = "red"   // mostly or always refused
)

// Verdict is what a finding means.
type Verdict struct {
	Finding
	Light Light
	Cause Cause
	Sure  bool // the whole of what was measured has this light
}

// Judge draws the conclusion.
func Judge(f Finding) Verdict {
	d := f.estimate()
	return Verdict{
		Finding: f,
		Light:   lightOf(d),
		Cause:   f.cause(),
		Sure:    lightOf(f.Drift.Low) == lightOf(f.Drift.High),
	}
}

// estimate is the drift that the verdict speaks of. A clock whose seconds nobody saw is right until it is seen to be wrong.
func (f Finding) estimate() time.Duration {
	if f.Method == ByEye && f.Drift.Low <= 0 && f.Drift.High >= 0 {
		return 0
	}
	return f.Drift.Middle()
}

// A clock within these passes always (clock.md §4.5).
const (
	greenSlow = 15 * time.Second
	greenFast = 30 * time.Second
)

// Beyond these codes are mostly or always refused (clock.md §4.5).
const (
	amberSlow = 45 * time.Second
	amberFast = 50 * time.Second
)

// Tolerance is how far a clock may be slow and fast and still have a light, for a page that judges in the browser: of
// Green or Amber.
func Tolerance(l Light) (slow, fast time.Duration) {
	if l == Green {
		return greenSlow, greenFast
	}
	return amberSlow, amberFast
}

func lightOf(d time.Duration) Light {
	switch {
	case d >= -greenSlow && d <= greenFast:
		return Green
	case d >= -amberSlow && d <= amberFast:
		return Amber
	}
	return Red
}
