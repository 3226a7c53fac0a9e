package main

import (
	"context"
	"fmt"
	"log/slog"
	"time"

	"github.com/beevik/ntp"

	"pulih/app"
)

// reference is a time server that this machine's clock is compared with: one
// wrong clock here would refuse everybody's codes (TV-09).
type reference struct {
	server string // HOST or HOST:PORT; "" compares with nothing
	log    *slog.Logger
}

const (
	compareEvery = 10 * time.Minute
	answerWait   = 3 * time.Second
)

// atStart refuses a clock that is off. A reference that does not answer is
// worth a warning: it must not keep a whole agency out.
func (r reference) atStart() (off time.Duration, err error) {
	if r.server == "" {
		r.log.Warn("no --time-reference is set: nobody would notice that this machine's clock is wrong")
		return 0, nil
	}
	off, answered := r.compare()
	if answered && off.Abs() > app.ClockTolerance {
		return off, setting("time-reference", fmt.Errorf("this machine's clock is %s; set it, for codes of authenticators depend on it", aside(off)))
	}
	return off, nil
}

// watch compares now and then.
func (r reference) watch(ctx context.Context, tell func(time.Duration)) {
	if r.server != "" {
		every(ctx, compareEvery, func(context.Context) { r.look(tell) })
	}
}

// look tells what a comparison found; without an answer the last one stands.
func (r reference) look(tell func(off time.Duration)) {
	off, answered := r.compare()
	if !answered {
		return
	}
	tell(off)
	if off.Abs() > app.ClockTolerance {
		r.log.Error("this machine's clock is wrong", "reference", r.server, "clock", aside(off))
	}
}

// compare asks the reference. What it says about the clock is what is certain
// after a journey there and back of unknown halves.
func (r reference) compare() (off time.Duration, answered bool) {
	got, err := ntp.QueryWithOptions(r.server, ntp.QueryOptions{Timeout: answerWait})
	if err == nil {
		err = got.Validate()
	}
	if err != nil {
		r.log.Warn("the time reference does not answer", "reference", r.server, "err", err)
		return 0, false
	}
	ahead, doubt := -got.ClockOffset, got.RTT/2
	if ahead < 0 {
		return min(0, ahead+doubt), true
	}
	return max(0, ahead-doubt), true
}

func aside(off time.Duration) string {
	if off < 0 {
		return off.Abs().Round(time.Second/10).String() + " behind its reference"
	}
	return off.Round(time.Second/10).String() + " ahead of its reference"
}
