package guide

import (
	"strings"
	"time"

	"pulih/db"
	"pulih/otp"
)

func scanWalk(row db.Scanner) (w Walk, err error) {
	var from string
	err = row.Scan(&w.id, &w.Brand, &w.Helper, &from, &w.LastAt, &w.SolvedAt)
	w.ClockFrom.Symptom, w.ClockFrom.Step, _ = strings.Cut(from, "/")
	return w, err
}

func scanStep(row db.Scanner) (s StepOutcome, err error) {
	err = row.Scan(&s.Symptom, &s.Step, &s.Outcome, &s.At)
	return s, err
}

// scanMeasured judges anew what was measured.
func scanMeasured(row db.Scanner) (m Measured, err error) {
	var f Finding
	var drift, bound, system, systemBound int64
	var hasSystem bool
	err = row.Scan(&m.At, &f.Method, &drift, &bound, &f.Computer, &hasSystem, &system, &systemBound)
	f.Drift = driftOf(drift, bound)
	if hasSystem {
		s := driftOf(system, systemBound)
		f.System = &s
	}
	m.Verdict = Judge(f)
	return m, err
}

func driftOf(middle, bound int64) otp.Drift {
	m, b := time.Duration(middle)*time.Millisecond, time.Duration(bound)*time.Millisecond
	return otp.Drift{Low: m - b, High: m + b}
}
