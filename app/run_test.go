package app

import (
	"context"
	"testing"
	"time"
)

// However long the counting and purging takes, a code that is asked for
// leaves: a million rows due keep nobody waiting.
func TestACodeDoesNotWaitForTheCounting(t *testing.T) {
	x := newTest(t)
	e := x.employee(sitiNIP)
	ctx, stop := context.WithCancel(t.Context())
	begun, over := make(chan struct{}, 1), make(chan struct{})
	endless := func(ctx context.Context, _ int) error {
		begun <- struct{}{}
		<-ctx.Done()
		return nil
	}
	go func() { x.clocks(ctx, time.Millisecond, endless, x.promptly); close(over) }()
	<-begun
	b := x.browser()
	gate := b.follow(b.submit(b.get("/pulihkan"), "nip", sitiNIP))
	b.follow(b.submit(gate, "email", string(e.Email), "pow", solved(t, gate)))
	x.codeMail(e)
	stop()
	<-over
}

// Nothing that goes on until all is done is among what somebody waits for.
func TestTheCountingHasAClockOfItsOwn(t *testing.T) {
	x := newTest(t)
	b := x.browser()
	b.answer(stepClock, "belum")
	x.clock.Advance(100 * 24 * time.Hour)
	counted := func() int { return x.countRows(`SELECT count(*) FROM walk_days`) }
	if err := x.promptly(t.Context(), 0); err != nil || counted() != 0 {
		t.Error("counted while somebody waits for a code: ", err)
	}
	if err := x.atLeisure(t.Context(), 0); err != nil || counted() == 0 {
		t.Error("not counted at all: ", err)
	}
}
