package app

import (
	"errors"
	"time"
)

// ErrClockOff: the server's own clock cannot be trusted, so it judges nobody
// else's (clock.md §4.2).
var ErrClockOff = errors.New("app: the server's clock is off its reference")

// ClockTolerance is how far the server's clock may be off its reference. One
// second is no trouble for codes of 30 seconds yet; it shows that nobody sets
// the clock (TV-09).
const ClockTolerance = time.Second

// TellClockOff notes how far the server's clock is off its reference: ahead
// when positive. From the tolerance on /siap fails, until it is told better.
func (a *App) TellClockOff(off time.Duration) {
	a.clockOff.Store(int64(off))
	a.Metrics.clock.Set(off.Seconds())
}

func (a *App) clockIsOff() bool {
	return time.Duration(a.clockOff.Load()).Abs() > ClockTolerance
}
