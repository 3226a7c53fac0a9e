package guide

import "strings"

// Way is where an answer to a step leads: "lanjut", "selesai", "petugas", "gejala/KEY" or "langkah/KEY".
type Way string

// The ways without a name behind them.
const (
	Onward   Way = "lanjut"  // the next step of this symptom
	Solved   Way = "selesai" // the person can sign in
	HandOver Way = "petugas" // the agents take it from here
)

// Symptom is the key of the other symptom that a way leads to.
func (w Way) Symptom() (key string, ok bool) { return strings.CutPrefix(string(w), "gejala/") }

// Step is the key of the step of the same symptom that a way leads to.
func (w Way) Step() (key string, ok bool) { return strings.CutPrefix(string(w), "langkah/") }

// Ways lists a step's three ways on: it worked, it did not, it cannot be done.
func (s Step) Ways() [3]Way { return [3]Way{s.Worked, s.Failed, s.Cannot} }
