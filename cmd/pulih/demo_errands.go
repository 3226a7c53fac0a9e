package main

import (
	"cmp"
	"errors"
	"slices"
	"time"

	"pulih/accounts"
	"pulih/db"
	"pulih/tickets"
)

// errand is something that happens at a moment of the story. One aside has
// no mail and no request in it.
type errand struct {
	at    time.Time
	aside bool
	do    func() error
}

// on puts something down for a moment; what never comes before the visitor
// does is left undone.
func (s *story) on(at time.Time, do func() error) { s.put(errand{at: at, do: do}) }

// later puts something off, while others are served.
func (s *story) later(wait time.Duration, do func() error) { s.on(s.clock.Now().Add(wait), do) }

func (s *story) put(e errand) {
	i, _ := slices.BinarySearchFunc(s.errands, e.at, func(e errand, at time.Time) int {
		return cmp.Or(e.at.Compare(at), -1) // after those of the same moment
	})
	s.errands = slices.Insert(s.errands, i, e)
}

// run does everything in its order. What the desk cannot do before the visitor
// comes stands in the queue.
func (s *story) run() error {
	for len(s.errands) > 0 {
		next := s.errands[0]
		s.errands = s.errands[1:]
		if next.at.After(s.present) {
			return nil
		}
		if err := s.play(next); err != nil && !errors.Is(err, errLater) {
			return err
		}
	}
	return nil
}

func (s *story) play(e errand) error {
	s.reach(e.at)
	if e.aside {
		return e.do()
	}
	return errors.Join(e.do(), s.round()) // no mail waits for what comes next
}

func (s *story) reach(at time.Time) {
	if at.After(s.clock.Now()) {
		s.clock.set(at)
	}
}

// until lets time pass up to a moment.
func (s *story) until(at time.Time) error {
	if !at.After(s.clock.Now()) {
		return nil
	}
	s.reach(at)
	return s.round()
}

// errLater says that the desk opens only when the visitor comes.
var errLater = errors.New("demo: the desk is closed")

// office waits until the desk is open, and stays so for a while.
func (s *story) office(stays time.Duration) error {
	at := s.clock.Now()
	for ; !s.allHours && !(s.hours.Open(db.At(at)) && s.hours.Open(db.At(at.Add(stays)))); at = at.Add(10 * time.Minute) {
		if !at.Before(s.visit()) {
			return errLater
		}
	}
	return s.until(at)
}

// visit is from when on the desk is open at any hour, as the visitor finds it.
func (s *story) visit() time.Time { return s.present.Add(-30 * time.Hour) }

func (s *story) openAlways() error {
	s.allHours = true
	return s.keepHours(tickets.Always(db.WITA))
}

// keepHours sets the hours of the desk, as an admin and a supervisor do.
func (s *story) keepHours(c tickets.Calendar) error {
	s.hours = c
	form := tickets.CalendarForm{Zone: db.WITA.Name}
	for day, windows := range c.Week {
		form.Week[day] = tickets.FormatHours(windows)
	}
	by, err := s.by(s.staff[admin])
	if err != nil {
		return err
	}
	if err := s.desk.SetCalendar(s.ctx, by, form); err != nil {
		return err
	}
	return s.confirm()
}

// confirm is the second person's word on what was proposed.
func (s *story) confirm() error {
	by, err := s.by(s.staff[supervising])
	if err != nil {
		return err
	}
	if err := s.stepUp(s.staff[supervising], by); err != nil {
		return err
	}
	waiting, err := s.people.Proposals(s.ctx, accounts.Officer{Staff: by.Staff, Browser: by.Browser, Actor: by.Actor})
	if err != nil {
		return err
	}
	for _, p := range waiting {
		if !p.Waits(db.At(s.clock.Now())) {
			continue
		}
		if _, err := s.desk.ConfirmProposal(s.ctx, by, p.ID); err != nil {
			return err
		}
	}
	return s.settle()
}
