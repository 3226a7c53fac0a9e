package tickets

import (
	"context"

	"pulih/db"
)

// which are the tickets that are measured: statements that select them by the
// same arguments.
type which struct {
	subjects, happened, wrongs, again string
	args                              []any
}

// ofEvents are the tickets of queued events.
func ofEvents(first, last string, now db.Time) which {
	return which{selectMeasured, selectHappened, selectWrongs, selectAgain, []any{first, last, now}}
}

// ofHour are those that were filed within an hour.
func ofHour(at hour) which {
	return which{selectMeasuredIn, selectHappenedIn, selectWrongsIn, selectAgainIn, []any{at.agency, at.from(), at.until()}}
}

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
	wrongs, err := db.All(ctx, tx, scanCycleTally, w.wrongs, w.args...)
	if err != nil {
		return nil, err
	}
	again, err := db.All(ctx, tx, scanCycleTally, w.again, append(w.args, reopenable.Microseconds())...)
	if err != nil {
		return nil, err
	}
	rules, histories, all := d.rulebook(tx), byTicket(happened), make([]derived, len(subjects))
	wrong, later := tallied(wrongs), tallied(again)
	for i, s := range subjects {
		cycles, err := rules.measure(ctx, s, histories[s.id])
		note(cycles, wrong[s.id], func(m *Measure, t cycleTally) { m.Wrong, m.WrongAt = t.n, t.at })
		note(cycles, later[s.id], func(m *Measure, t cycleTally) { m.Again = t.at })
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

func tallied(tallies []cycleTally) map[string][]cycleTally {
	byTicket := map[string][]cycleTally{}
	for _, t := range tallies {
		byTicket[t.ticket] = append(byTicket[t.ticket], t)
	}
	return byTicket
}

// note adds to the measures of a ticket what was counted apart.
func note(cycles []Measure, tallies []cycleTally, add func(*Measure, cycleTally)) {
	for _, t := range tallies {
		for i := range cycles {
			if t.cycle == cycles[i].Cycle {
				add(&cycles[i], t)
			}
		}
	}
}
