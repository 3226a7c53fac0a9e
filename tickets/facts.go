package tickets

import (
	"context"
	"fmt"
	"time"

	"pulih/db"
	"pulih/guide"
	"pulih/otp"
)

// fact is a row of what the troubleshooter learned. Its kinds stand in the
// migration.
type fact struct {
	kind                 string
	at                   db.Time
	step                 guide.StepOutcome
	brand                string
	method, light, cause string
	drift, bound         int64 // milliseconds
	hasSystem            bool
	system, systemBound  int64 // milliseconds
}

// carry copies what the walk of the person's browser learned into the ticket
// that is filed in tx. Nothing edits it afterwards.
func (d *Desk) carry(ctx context.Context, tx *db.Tx, f Filing, ticket string) error {
	learned, err := guide.Carry(ctx, tx, f.Walk)
	if err != nil {
		return err
	}
	learned.Met(f.Symptom)
	for place, row := range factsOf(learned, tx.Now) {
		_, err := tx.Exec(ctx, insertFact, ticket, place, row.kind, row.at, row.step.Symptom, row.step.Step, row.step.Outcome,
			row.brand, row.method, row.light, row.cause, row.drift, row.bound, row.hasSystem, row.system, row.systemBound)
		if err != nil {
			return fmt.Errorf("tickets: facts: %w", err)
		}
	}
	return nil
}

func factsOf(l guide.Learned, now db.Time) []fact {
	var facts []fact
	for _, symptom := range l.Symptoms {
		facts = append(facts, fact{kind: "gejala", at: now, step: guide.StepOutcome{Place: guide.Place{Symptom: symptom}}})
	}
	for _, s := range l.Steps {
		facts = append(facts, fact{kind: "langkah", at: s.At, step: s})
	}
	if l.Brand != "" {
		facts = append(facts, fact{kind: "merek", at: now, brand: l.Brand})
	}
	if l.Helper {
		facts = append(facts, fact{kind: "pendamping", at: now})
	}
	for _, m := range l.Clocks {
		facts = append(facts, clockFact(m))
	}
	return facts
}

func clockFact(v guide.Measured) fact {
	f := fact{kind: "jam", at: v.At, method: string(v.Method), light: string(v.Light), cause: string(v.Cause),
		drift: v.Drift.Middle().Milliseconds(), bound: v.Drift.Bound().Milliseconds()}
	if v.System != nil {
		f.hasSystem, f.system, f.systemBound = true, v.System.Middle().Milliseconds(), v.System.Bound().Milliseconds()
	}
	return f
}

// facts are what the app measured and the person answered before the request.
func (d *Desk) facts(ctx context.Context, tx *db.Tx, ticket string) (l guide.Learned, err error) {
	rows, err := db.All(ctx, tx, scanFact, selectFacts, ticket)
	for _, row := range rows {
		row.recall(&l)
	}
	return l, err
}

func (f fact) recall(l *guide.Learned) {
	switch f.kind {
	case "gejala":
		l.Met(f.step.Symptom)
	case "langkah":
		f.step.At = f.at
		l.Steps = append(l.Steps, f.step)
	case "merek":
		l.Brand = f.brand
	case "pendamping":
		l.Helper = true
	case "jam":
		l.Clocks = append(l.Clocks, f.measured())
	}
}

// measured is the verdict as it was then, for better rules must not rewrite it.
func (f fact) measured() guide.Measured {
	v := guide.Measured{Verdict: guide.Verdict{Light: guide.Light(f.light), Cause: guide.Cause(f.cause)}, At: f.at}
	v.Method, v.Drift = guide.Method(f.method), around(f.drift, f.bound)
	if f.hasSystem {
		system := around(f.system, f.systemBound)
		v.System = &system
	}
	return v
}

func around(middle, bound int64) otp.Drift {
	m, b := time.Duration(middle)*time.Millisecond, time.Duration(bound)*time.Millisecond
	return otp.Drift{Low: m - b, High: m + b}
}

func scanFact(row db.Scanner) (f fact, err error) {
	err = row.Scan(&f.kind, &f.at, &f.step.Symptom, &f.step.Step, &f.step.Outcome, &f.brand,
		&f.method, &f.light, &f.cause, &f.drift, &f.bound, &f.hasSystem, &f.system, &f.systemBound)
	return f, err
}
