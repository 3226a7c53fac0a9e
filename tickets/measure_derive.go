package tickets

import (
	"context"
	"time"

	"pulih/db"
)

// which are the tickets that are measured: statements that select them by the
// same arguments.
type which struct {
	subjects, happened, wrongs, again, repeats string
	args                                       []any
}

// ofEvents are the tickets of queued events.
func ofEvents(first, last string, now db.Time) which {
	return which{selectMeasured, selectHappened, selectWrongs, selectAgain, selectRepeats, []any{first, last, now}}
}

// ofHour are those that were filed within an hour.
func ofHour(at hour) which {
	return which{selectMeasuredIn, selectHappenedIn, selectWrongsIn, selectAgainIn, selectRepeatsIn, []any{at.agency, at.from(), at.until()}}
}

// repeatable is within what time a number files again (helpdesk.md §4.4).
const repeatable = 30 * 24 * time.Hour

// derived are the measures of a ticket, or why there are none.
type derived struct {
	subject
	cycles []Measure
	err    error
}

// derive computes the measures of tickets from their histories.
func (d *Desk) derive(ctx context.Context, tx *db.Tx, w which, subjects []subject) ([]derived, error) {
	happened, err := db.All(ctx, tx, scanHappening, w.happened, w.args...)
	if err != nil {
		return nil, err
	}
	wrongs, err := db.All(ctx, tx, scanBeside, w.wrongs, w.args...)
	if err != nil {
		return nil, err
	}
	again, err := db.All(ctx, tx, scanBeside, w.again, append(w.args, reopenable.Microseconds())...)
	if err != nil {
		return nil, err
	}
	repeats, err := db.All(ctx, tx, scanBeside, w.repeats, append(w.args, repeatable.Microseconds())...)
	if err != nil {
		return nil, err
	}
	rules, histories, all := d.rulebook(tx), byTicket(happened), make([]derived, len(subjects))
	wrong, later, repeat := besideEach(wrongs), besideEach(again), besideEach(repeats)
	for i, s := range subjects {
		cycles, err := rules.measure(ctx, s, histories[s.id])
		note(cycles, wrong[s.id], func(m *Measure, at db.Time) { m.Marks = append(m.Marks, Mark{At: at, Verb: VerbAddProof}) })
		note(cycles, later[s.id], func(m *Measure, at db.Time) { m.Again = at })
		note(cycles, repeat[s.id], func(m *Measure, at db.Time) { m.Marks = append(m.Marks, Mark{At: at, Verb: VerbOpen}) })
		all[i] = derived{s, cycles, err}
	}
	return all, nil
}

func byTicket(happened []happening) map[string][]happening {
	histories := map[string][]happening{}
	for _, h := range happened {
		histories[h.ticket] = append(histories[h.ticket], h)
	}
	return histories
}

func besideEach(all []beside) map[string][]beside {
	byTicket := map[string][]beside{}
	for _, t := range all {
		byTicket[t.ticket] = append(byTicket[t.ticket], t)
	}
	return byTicket
}

// note adds to the measures of a ticket what its own events do not tell.
func note(cycles []Measure, all []beside, add func(*Measure, db.Time)) {
	for _, t := range all {
		for i := range cycles {
			if t.cycle == cycles[i].Cycle {
				add(&cycles[i], t.at)
			}
		}
	}
}
