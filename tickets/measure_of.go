package tickets

import (
	"slices"
	"time"

	"pulih/audit"
	"pulih/db"
)

// happening is an event of a ticket's history as its measures see it.
type happening struct {
	moment
	ticket           string
	verb             Verb
	from             State
	by               audit.Kind
	actor, actorName string
	outcome          string
}

// answers are the verbs by which a person hears from a human being. Claiming
// his request is none, nor is a mail that Pulih writes; one text that an agent
// sends to many people is.
var answers = []Verb{VerbAsk, VerbCall, VerbCheck, VerbEscalate, VerbResolve, VerbRefuse, VerbUnlock, VerbMerge, VerbIssue, VerbChangeEmail}

// course follows a ticket from event to event.
type course struct {
	calendar Calendar
	timer    Timer
	late     bool // the target of this cycle was passed while the timer ran
	all      []Measure
	before   happening
	check    happening     // the last one
	work     time.Duration // working time of this cycle
	full     time.Duration // and since the ticket was filed
	done     bool          // a cycle was
}

// measure computes the measures of a ticket; of it knows what no event does.
func measure(c Calendar, of Measure, history []happening) []Measure {
	w := course{calendar: c}
	for _, e := range history {
		w.step(of, e)
	}
	for i := len(w.all) - 1; i >= 0; i-- {
		if w.all[i].End == Done {
			w.all[i].LastDone = true
			break
		}
	}
	if n := len(w.all); n > 0 && w.all[n-1].Level == "" {
		w.all[n-1].Level = of.Level // checked before events told it
	}
	return w.all
}

func (w *course) step(of Measure, e happening) {
	w.pass(e.at)
	if len(w.all) == 0 || e.cycle != w.all[len(w.all)-1].Cycle {
		w.begin(of, e)
	}
	w.late = e.kind == w.before.kind && (w.late || w.timer.Since != 0 && e.at > w.timer.Due) // another kind has another target
	w.timer = w.timer.after(w.calendar, e.moment)
	m := &w.all[len(w.all)-1]
	m.Kind = e.kind
	w.counts(m, e)
	w.proves(m, e)
	w.ends(m, e)
	if m.Due, m.Late = w.timer.Due, w.late; !w.late && m.End == None && w.timer.Since == 0 {
		m.Due = 0 // it stands still before the target
	}
	w.before = e
}

// pass counts the time since the event before, in whose state it was spent.
func (w *course) pass(now db.Time) {
	state := w.before.to
	if len(w.all) == 0 || state == Waiting {
		return
	}
	work := w.calendar.Between(w.before.at, now)
	w.full += work
	if state.Live() {
		m := &w.all[len(w.all)-1]
		w.work += work
		m.Desk += now.Sub(w.before.at)
	}
}

func (w *course) begin(of Measure, e happening) {
	of.Cycle, of.Opened, of.Level = e.cycle, e.at, ""
	w.late, w.timer, w.work = false, Timer{}, 0
	if n := len(w.all); n > 0 {
		w.all[n-1].Reopened = e.at
	}
	if of.AnswerDue = 0; of.Self && len(w.all) == 0 {
		of.AnswerDue = w.calendar.Add(e.at, AnswerTarget)
	}
	w.all = append(w.all, of)
}

func (w *course) counts(m *Measure, e happening) {
	if m.Answered == 0 && e.by == audit.Staff && slices.Contains(answers, e.verb) {
		m.Answered, m.AnsweredWork = e.at, w.calendar.Between(m.Opened, e.at)
	}
	switch e.verb {
	case VerbAsk:
		m.Replies++
	case VerbLapse:
		m.mark(e)
	case VerbDisown:
		m.Disowned = e.at
	}
}

// proves follows the check of identity. One that was taken back, or refused,
// was none; and whoever checked decides nothing of it (impostor 18).
func (w *course) proves(m *Measure, e happening) {
	if e.from == Checked && e.by == audit.Staff && e.actor != w.check.actor && slices.Contains([]Verb{VerbApprove, VerbSendBack, VerbRefuse}, e.verb) {
		m.Ruled, m.RuledWork = e.at, w.calendar.Between(m.Checked, e.at)
		m.mark(e)
	}
	switch {
	case e.verb == VerbCheck:
		w.check, m.Checked, m.CheckedWork = e, e.at, w.work
		m.Ruled, m.RuledWork = 0, 0
		m.Level = Level(e.outcome)
		m.mark(e)
	case e.verb == VerbIssue, e.verb == VerbTakePass, e.verb == VerbChangeEmail:
		m.Reissued, m.ReissuedWork = e.at, w.work
	case e.from == Checked && e.to == Refused, e.to == Open && e.from != Open && e.from != Waiting:
		m.Checked, m.CheckedWork, m.Reissued, m.ReissuedWork = 0, 0, 0, 0
	}
}

func (m *Measure) mark(e happening) {
	k := Mark{At: e.at, Verb: e.verb}
	if e.by == audit.Staff {
		k.By = StaffName{e.actor, e.actorName}
	}
	m.Marks = append(m.Marks, k)
}

func (w *course) ends(m *Measure, e happening) {
	switch {
	case e.from == Done && e.to == Disowned:
		m.End, m.Outcome = Disowned, ""
	case e.from.Live() && !e.to.Live():
		m.Ended, m.End, m.Outcome, m.FullWork = e.at, e.to, e.outcome, w.full
		m.FirstDone = e.to == Done && !w.done
		w.done = w.done || e.to == Done
		if e.by == audit.Staff {
			m.Agent, m.AgentName = e.actor, e.actorName
		}
	}
}
