package guide

import (
	"context"
	"errors"
	"strings"
	"time"

	"pulih/db"
	"pulih/otp"
)

func scanWalk(row db.Scanner) (w Walk, err error) {
	var from string
	err = row.Scan(&w.id, &w.Symptom, &w.Brand, &w.Helper, &from, &w.SolvedAt)
	w.ClockFrom.Symptom, w.ClockFrom.Step, _ = strings.Cut(from, "/")
	return w, err
}

func scanStep(row db.Scanner) (s StepOutcome, err error) {
	err = row.Scan(&s.Symptom, &s.Step, &s.Outcome, &s.At)
	return s, err
}

// newestVerdict judges anew what was measured last; nil when nothing was.
func newestVerdict(ctx context.Context, tx *db.Tx, query, owner string) (*Verdict, db.Time, error) {
	f, at, err := scanFinding(tx.Row(ctx, query, owner))
	if errors.Is(err, db.ErrNotFound) {
		return nil, 0, nil
	}
	if err != nil {
		return nil, 0, err
	}
	v := Judge(f)
	return &v, at, nil
}

func scanFinding(row db.Scanner) (f Finding, at db.Time, err error) {
	var drift, bound, system, systemBound int64
	var hasSystem bool
	err = row.Scan(&at, &f.Method, &drift, &bound, &f.Computer, &hasSystem, &system, &systemBound)
	f.Drift = driftOf(drift, bound)
	if hasSystem {
		s := driftOf(system, systemBound)
		f.System = &s
	}
	return f, at, err
}

func driftOf(middle, bound int64) otp.Drift {
	m, b := time.Duration(middle)*time.Millisecond, time.Duration(bound)*time.Millisecond
	return otp.Drift{Low: m - b, High: m + b}
}
