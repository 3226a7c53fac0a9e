package guide

import (
	"errors"
	"fmt"
)

// checkWays makes sure that nobody is left alone: an agent can be reached from every step, and whoever answers each step
// alike, with "did not work" or with "cannot", comes to an end instead of walking in circles.
func (c *Catalogue) checkWays() error {
	var wrong []error
	for _, s := range c.symptoms {
		for i, step := range s.Steps {
			if !c.reachesAgent(Place{s.Key, step.Key}, map[Place]bool{}) {
				wrong = append(wrong, fmt.Errorf("%s: no way leads to an agent", s.at(step.Key)))
			}
			if i == 0 {
				wrong = append(wrong, about(s.at(step.Key), c.ends(s.Key, "failed", func(s Step) Way { return s.Failed })))
				wrong = append(wrong, about(s.at(step.Key), c.ends(s.Key, "cannot", func(s Step) Way { return s.Cannot })))
			}
		}
	}
	return errors.Join(wrong...)
}

func (c *Catalogue) reachesAgent(at Place, seen map[Place]bool) bool {
	if seen[at] {
		return false
	}
	seen[at] = true
	for _, way := range c.stepAt(at).Ways() {
		if way == HandOver {
			return true
		}
		if next, ok := c.Next(at, way); ok && c.reachesAgent(next, seen) {
			return true
		}
	}
	return false
}

// ends follows one answer from a symptom's first step.
func (c *Catalogue) ends(symptom, name string, answer func(Step) Way) error {
	s, _ := c.Symptom(symptom)
	at, seen := Place{symptom, s.Steps[0].Key}, map[Place]bool{}
	for ok := true; ok; {
		if seen[at] {
			return fmt.Errorf("who always answers %q comes back to %s/%s", name, at.Symptom, at.Step)
		}
		seen[at] = true
		at, ok = c.Next(at, answer(c.stepAt(at)))
	}
	return nil
}
