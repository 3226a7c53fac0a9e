package tickets

import (
	"time"

	"pulih/db"
)

// Measure is what there is to measure in one cycle of a ticket: from its
// filing, or from when it was opened again, to its end. It is derived from
// the ticket's history and can always be computed from it again. Instants are
// whole seconds once they are packed, 0 for never; times named Work are working
// time without what the ticket waited for the person's answer, by the calendar
// with which it ended. Kind and Level are as they were in this cycle.
type Measure struct {
	Number  string
	Home    string // the unit in the roster, "" for whoever is in none: it decides who sees it
	Kind    Kind
	Channel Channel
	Level   Level
	Cause   string
	Self    bool // filed by the person, not by staff
	Cycle   int64

	Created, Opened db.Time // the ticket, this cycle

	Answered     db.Time // by a human and visibly
	AnsweredWork time.Duration
	AnswerDue    db.Time // when the target of the first answer is reached; 0 where none is waited for
	Replies      int64   // of staff

	Checked      db.Time // the check that holds
	CheckedWork  time.Duration
	Ruled        db.Time // by the second person, upon the last check
	RuledWork    time.Duration
	Reissued     db.Time // the pass, or the new address
	ReissuedWork time.Duration

	Ended            db.Time
	End              State         // None while it lives
	Outcome          string        // what solved it, why it was refused
	Agent, AgentName string        // the member of staff who ended it
	Desk             time.Duration // wall-clock time without what it waited for the person's answer
	FullWork         time.Duration // since Created, the time between two cycles too
	FirstDone        bool          // no cycle before was done
	LastDone         bool          // no cycle after was, so far
	Reopened, Again  db.Time       // this ticket; another one of the same number, within seven days

	Due  db.Time // when the target is, or was, reached; 0 while it stands still
	Late bool    // it was reached before the end

	Disowned db.Time

	Marks []Mark // in their order, then items that did not match, then the filing
}

// Mark is something that a report counts each time that it happens in a cycle.
type Mark struct {
	At   db.Time
	Verb Verb      // VerbCheck; VerbApprove, VerbSendBack or VerbRefuse upon it; VerbLapse; VerbAddProof of what did not match; VerbOpen of who filed again
	By   StaffName // nobody for the last three
}

// rules tells whether a second person said it to a check.
func (k *Mark) rules() bool {
	return k.Verb == VerbApprove || k.Verb == VerbSendBack || k.Verb == VerbRefuse
}

// Wrong is how many items did not match.
func (m *Measure) Wrong() (n int64) {
	for i := range m.Marks {
		if m.Marks[i].Verb == VerbAddProof {
			n++
		}
	}
	return n
}

// repeats tells whether the same number had filed within repeatable before.
func (m *Measure) repeats() bool {
	for i := range m.Marks {
		if m.Marks[i].Verb == VerbOpen {
			return true
		}
	}
	return false
}

// copy is a measure that its reader may keep.
func (m *Measure) copy() Measure {
	kept := *m
	kept.Marks = append([]Mark(nil), m.Marks...)
	return kept
}

// last is the last moment at which a report counts something of it.
func (m *Measure) last() db.Time {
	if m.End == None {
		return farFuture
	}
	return max(m.Ended, m.Due, m.Disowned, m.Reopened)
}

// openAt tells whether it lived at a moment, which is in no second of its own.
func (m *Measure) openAt(t db.Time) bool {
	return m.Opened < t && (m.End == None || m.Ended >= t)
}
