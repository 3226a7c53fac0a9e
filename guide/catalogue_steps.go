package guide

import (
	"errors"
	"fmt"
	"slices"
)

func (c *Catalogue) checkSteps(s Symptom) error {
	var wrong []error
	for i, step := range s.Steps {
		wrong = append(wrong, about(s.at(step.Key), step.check()))
		if s.place(step.Key) != i {
			wrong = append(wrong, fmt.Errorf("%s: a second step of this key", s.at(step.Key)))
		}
		for _, way := range step.Ways() {
			wrong = append(wrong, about(s.at(step.Key), c.leads(s, i, way)))
		}
	}
	return errors.Join(wrong...)
}

func (s Step) check() error {
	switch {
	case !isKey(s.Key):
		return errors.New("key is not kebab-case, or is taken by another page")
	case s.Title == "" || len(s.Text) == 0:
		return errors.New("no title or no text")
	case !slices.Contains(tools, s.Tool):
		return fmt.Errorf("%q is no tool", s.Tool)
	case (s.Tool == WaitTool) != (s.Wait != 0):
		return fmt.Errorf("wait goes with the tool %q, and the other way round", WaitTool)
	case s.Amber && s.Tool != ClockTool:
		return fmt.Errorf("amber goes with the tool %q", ClockTool)
	case s.Wait < 0 || s.Wait > longestWait:
		return fmt.Errorf("wait of %d minutes, at most %d", s.Wait, longestWait)
	case s.Tool != SignInTool && s.leadsTo(Solved):
		return fmt.Errorf("%q only where the tool is %q: what counts as solved is a sign-in", Solved, SignInTool)
	}
	return nil
}

func (s Step) leadsTo(w Way) bool { return s.Worked == w || s.Failed == w || s.Cannot == w }

// leads finds what a way leads to from step i.
func (c *Catalogue) leads(s Symptom, i int, w Way) error {
	if key, ok := w.Symptom(); ok {
		return c.known(key)
	}
	if key, ok := w.Step(); ok {
		if s.place(key) < 0 {
			return fmt.Errorf("no step %q here", key)
		}
		return nil
	}
	switch {
	case w == Solved, w == HandOver, w == Onward && i+1 < len(s.Steps):
		return nil
	case w == Onward:
		return errors.New(`"lanjut" leads nowhere from the last step`)
	case w == "":
		return errors.New("a way on is missing: each step has worked, failed and cannot")
	}
	return fmt.Errorf("%q is no way on", w)
}

func (c *Catalogue) known(key string) error {
	if _, ok := c.Symptom(key); !ok {
		return fmt.Errorf("no symptom %q", key)
	}
	return nil
}
