package guide

import (
	"slices"
	"strings"

	"pulih/db"
)

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

// Way is where an outcome leads.
func (s Step) Way(o Outcome) Way {
	switch o {
	case Worked:
		return s.Worked
	case Failed:
		return s.Failed
	case Cannot:
		return s.Cannot
	}
	return HandOver
}

// Place is a step of a symptom, by their keys.
type Place struct{ Symptom, Step string }

// Next is the place that a way leads to. ok is false where the walk ends: solved, handed over, or at no known place.
func (c *Catalogue) Next(from Place, w Way) (to Place, ok bool) {
	s, _ := c.Symptom(from.Symptom)
	if key, other := w.Symptom(); other {
		there, ok := c.Symptom(key)
		if !ok {
			return Place{}, false
		}
		return Place{key, there.Steps[0].Key}, true
	}
	if key, own := w.Step(); own {
		return Place{s.Key, key}, s.place(key) >= 0
	}
	if w != Onward {
		return Place{}, false
	}
	after, ok := s.After(from.Step)
	return Place{s.Key, after.Key}, ok
}

// LedAt is when the newest answer of a walk that was given elsewhere led to a place, 0 where it led somewhere else: a wait
// begins there, and not again with each reload.
func (c *Catalogue) LedAt(w Walk, to Place) db.Time {
	for _, answer := range slices.Backward(w.Steps) {
		if answer.Place == to {
			continue
		}
		if next, ok := c.Next(answer.Place, c.stepAt(answer.Place).Way(answer.Outcome)); ok && next == to {
			return answer.At
		}
		return 0
	}
	return 0
}

func (c *Catalogue) stepAt(p Place) Step {
	s, _ := c.Symptom(p.Symptom)
	step, _ := s.Step(p.Step)
	return step
}
