package main

import (
	"time"

	"pulih/tickets"
)

// agent is who serves the i-th request: the two take turns from afar, and at
// the counter the second one sits more often, of late nearly always.
func (s *story) agent(i int) member {
	if i%24 == 0 || i%12 == 0 && i < storyOld || i%4 != 0 && i%2 == 0 {
		return s.staff[first]
	}
	return s.staff[second]
}

// take claims a request in the hours of the desk.
func (s *story) take(agent member, r tickets.Receipt) (by tickets.By, t tickets.Ticket, err error) {
	if err := s.office(5 * time.Minute); err != nil {
		return by, t, err
	}
	if by, err = s.by(agent); err != nil {
		return by, t, err
	}
	t, err = s.desk.Claim(s.ctx, by, r.Number, r.Version)
	return by, t, err
}

// waited is how long the i-th request waits for an agent.
func (s *story) waited(i int) time.Duration { return time.Duration(15+i*37%150) * time.Minute }

// answer solves a request without touching a credential.
func (s *story) answer(i int) error {
	r, err := s.file(s.person(), tickets.Other, i)
	if err != nil {
		return err
	}
	if i%12 == 6 {
		if err := s.attach(r); err != nil {
			return err
		}
	}
	s.later(s.waited(i), func() error { return s.solve(i, r) })
	return nil
}

// solve is what the agent does, and what the person says of it.
func (s *story) solve(i int, r tickets.Receipt) error {
	agent := s.agent(i)
	if err := s.office(5 * time.Minute); err != nil {
		return err
	}
	by, err := s.by(agent)
	if err != nil {
		return err
	}
	file, err := s.desk.Look(s.ctx, by, r.Number)
	if err != nil {
		return err
	}
	for _, a := range file.Files {
		if _, err := s.desk.ShowAttachment(s.ctx, by, r.Number, a.ID); err != nil {
			return err
		}
	}
	solutions := tickets.Solutions(tickets.Other)
	_, err = s.desk.Resolve(s.ctx, by, r.Number, file.Version, solutions[i/3%len(solutions)],
		"Silakan coba masuk lagi. Kabari kami bila masih ditolak.")
	s.opinion(i, r)
	return err
}

var storyReasons = []tickets.RefusalReason{tickets.LacksProof, tickets.LacksProof, tickets.NotOurs, tickets.LacksProof, tickets.LacksProof, tickets.NotHis, tickets.LacksProof}

func (s *story) refuse(i int) error {
	r, err := s.file(s.person(), tickets.MFA, i)
	if err != nil {
		return err
	}
	s.later(s.waited(i), func() error {
		by, t, err := s.take(s.agent(i), r)
		if err != nil {
			return err
		}
		_, err = s.desk.Refuse(s.ctx, by, t.Number, t.Version, storyReasons[i%len(storyReasons)])
		s.opinion(i, r)
		return err
	})
	return nil
}

// askBack is a request of which the agent wants to know more: the time until
// the person answers is not the desk's.
func (s *story) askBack(i int) error {
	r, err := s.file(s.person(), tickets.Other, i)
	if err != nil {
		return err
	}
	s.later(s.waited(i), func() error {
		if err := s.ask(i, r); err != nil {
			return err
		}
		s.later(20*time.Hour, func() error {
			s.later(time.Hour, func() error { return s.solve(i, r) })
			return s.desk.Reply(s.ctx, r.Number, r.Secret, "Masih bisa, tetapi layarnya pecah.", afar)
		})
		return nil
	})
	return nil
}

func (s *story) ask(i int, r tickets.Receipt) error {
	by, t, err := s.take(s.agent(i), r)
	if err != nil {
		return err
	}
	_, err = s.desk.Ask(s.ctx, by, t.Number, t.Version, "Apakah HP lama Anda masih bisa menyala?")
	return err
}

// giveUp is a request that its owner takes back, or never answers for.
func (s *story) giveUp(i int) error {
	r, err := s.file(s.person(), tickets.MFA, i)
	if err != nil {
		return err
	}
	s.later(s.waited(i), func() error {
		if i%24 == 3 {
			return s.ask(i, r)
		}
		return s.desk.Withdraw(s.ctx, r.Number, r.Secret, afar)
	})
	return nil
}

// comeBack is a request that was solved too early.
func (s *story) comeBack(i int) error {
	r, err := s.file(s.person(), tickets.Other, i)
	if err != nil {
		return err
	}
	s.later(s.waited(i), func() error {
		s.later(26*time.Hour, func() error {
			s.later(90*time.Minute, func() error { return s.solve(i, r) })
			return s.desk.ReopenByPerson(s.ctx, r.Number, r.Secret, "Kodenya ditolak lagi.", afar)
		})
		return s.close(i, r)
	})
	return nil
}

// close solves it without a word.
func (s *story) close(i int, r tickets.Receipt) error {
	by, t, err := s.take(s.agent(i), r)
	if err == nil {
		_, err = s.desk.Resolve(s.ctx, by, t.Number, t.Version, tickets.ByAnswer, "")
	}
	return err
}

// twice is filed two times; one of the two goes on.
func (s *story) twice(i int) error {
	who := s.person()
	r, err := s.file(who, tickets.Other, i)
	if err != nil {
		return err
	}
	again, err := s.file(who, tickets.Other, i+1)
	if err != nil {
		return err
	}
	s.later(s.waited(i), func() error {
		by, t, err := s.take(s.agent(i), again)
		if err == nil {
			_, err = s.desk.Merge(s.ctx, by, t.Number, t.Version, r.Number)
		}
		s.later(40*time.Minute, func() error { return s.solve(i, r) })
		return err
	})
	return nil
}
