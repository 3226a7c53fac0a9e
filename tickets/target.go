package tickets

import (
	"time"

	"pulih/db"
)

// Timer is the clock of a ticket's target: the working time for which the
// desk has had the ticket since it was opened, or opened again. It stands
// still while the ticket waits for the person. It is derived from the
// ticket's history and can always be computed from it again.
type Timer struct {
	Kind   Kind
	Cycle  int64
	Target time.Duration // working time
	Spent  time.Duration // working time, up to Since or to where it stands still
	Since  db.Time       // when it was last set going; 0 while it stands still
	Due    db.Time       // as far as is known; while it stands still, as it was
	Ended  db.Time       // 0 while the ticket lives
}

// moment is an event of a ticket's history as a Timer sees it. Target is what
// the agency allowed itself at that moment.
type moment struct {
	at     db.Time
	to     State
	cycle  int64
	kind   Kind
	target time.Duration
}

// runs tells whether the desk's time runs in a state. With BKN it does: for
// the person that is the same wait.
func runs(s State) bool { return s.Live() && s != Waiting }

// after is the timer after one more event. A reopened ticket has its target
// anew (helpdesk.md §4.3: reopened counted per cycle); another kind has
// another target for the time that was spent already.
func (t Timer) after(c Calendar, m moment) Timer {
	if t.Since != 0 {
		t.Spent += c.Between(t.Since, m.at)
		t.Since = 0
	}
	if m.cycle != t.Cycle {
		t = Timer{Cycle: m.cycle}
	}
	if m.kind != t.Kind {
		t.Kind, t.Target, t.Due = m.kind, m.target, m.at
	}
	t.Ended = 0
	if !m.to.Live() {
		t.Ended = m.at
	}
	if runs(m.to) {
		t.Since = m.at
		t.Due = t.due(c)
	}
	return t
}

// due is when the target is reached if nothing stops the timer any more. One
// that was passed stays where it was.
func (t Timer) due(c Calendar) db.Time {
	if t.Spent >= t.Target {
		return t.Due
	}
	return c.Add(t.Since, t.Target-t.Spent)
}

// At is the working time spent at a moment.
func (t Timer) At(c Calendar, now db.Time) time.Duration {
	if t.Since == 0 {
		return t.Spent
	}
	return t.Spent + c.Between(t.Since, now)
}

// Kept tells whether the target was kept; it says nothing before the end.
func (t Timer) Kept() bool { return t.Spent <= t.Target }

// rebuild computes a timer from a ticket's whole history.
func rebuild(c Calendar, history []moment) Timer {
	var t Timer
	for _, m := range history {
		t = t.after(c, m)
	}
	return t
}
