package tickets_test

import (
	"testing"
	"time"

	"pulih/accounts"
	"pulih/db"
	"pulih/tickets"
	"pulih/tickets/ticketstest"
)

// readyAfter advances in small steps until the ticket is ready.
func readyAfter(s *ticketstest.Story) time.Duration {
	s.Helper()
	from := s.DB.Now()
	for s.State() == tickets.Approved {
		s.Clock.Advance(30 * time.Minute)
		s.Tick()
	}
	if s.State() != tickets.Ready {
		s.Fatal(s.State())
	}
	return s.DB.Now().Sub(from)
}

func TestNoWaitAtTheCounter_impostor6(t *testing.T) {
	each(t, func(w *ticketstest.World) {
		s := w.File(w.Person(budi, "Budi Santoso"), tickets.Counter).To(tickets.Approved)
		s.Tick()
		if s.State() != tickets.Ready {
			w.Error(s.State())
		}
	})
}

func TestFourWorkingHoursWithAFactor(t *testing.T) {
	each(t, func(w *ticketstest.World) {
		s := w.File(w.Person(budi, "Budi Santoso"), tickets.Remote).To(tickets.Approved) // at 10.00
		if got := s.Status(); got.MatureAt != 0 || got.WaitBecause == "" {
			w.Errorf("before the relay answered: %v, %q", got.MatureAt, got.WaitBecause)
		}
		s.RelayAccepts()
		if got := s.Status().MatureAt; got != local(t, "2026-11-23 15.00") {
			w.Error(got.Short(db.WITA))
		}
		if got := readyAfter(s); got != 5*time.Hour {
			w.Error(got)
		}
	})
}

func TestTheWaitBeginsWhenTheRelayTookTheNotice_impostor3(t *testing.T) {
	each(t, func(w *ticketstest.World) {
		s := w.File(w.Person(budi, "Budi Santoso"), tickets.Remote).To(tickets.Approved)
		w.Clock.Advance(25 * time.Hour) // the relay is down: until Tuesday, 11.00
		s.Tick()
		if s.State() != tickets.Approved {
			w.Fatal("ready with the relay down: ", s.State())
		}
		s.RelayAccepts()
		if got := s.Status().MatureAt; got != local(t, "2026-11-24 16.00") {
			w.Error(got.Short(db.WITA))
		}
		if got := readyAfter(s); got != 5*time.Hour {
			w.Error(got)
		}
	})
}

func TestABounceTakesThreeDaysAndTheApproversCall_impostor3(t *testing.T) {
	each(t, func(w *ticketstest.World) {
		s := w.File(w.Person(budi, "Budi Santoso"), tickets.Remote).To(tickets.Approved)
		s.RelayRefuses()
		noAddress(s)
	})
}

func TestAYoungAddressIsNone_impostor3(t *testing.T) {
	each(t, func(w *ticketstest.World) {
		p := w.Person(budi, "Budi Santoso")
		exec(w, `UPDATE people SET email_since = $1`, w.DB.Now().Add(-29*24*time.Hour))
		s := w.File(p, tickets.Remote).To(tickets.Approved)
		s.RelayAccepts()
		noAddress(s)
	})
}

// noAddress: three days, the call of the approver himself, and not before.
func noAddress(s *ticketstest.Story) {
	s.Helper()
	s.Clock.Advance(72*time.Hour - time.Minute)
	s.Tick()
	if s.State() != tickets.Approved {
		s.Fatal("before three days: ", s.State())
	}
	lone := s.Staff("197501012000011001", "Lia", accounts.Approver)
	s.Call(lone) // another approver's call is not his
	s.Call(s.Approver)
	s.Clock.Advance(time.Minute)
	s.Tick()
	if s.State() != tickets.Ready {
		s.Error("after the call: ", s.State())
	}
}

func TestWithoutTheApproversCallTheApprovalEnds_impostor3(t *testing.T) {
	each(t, func(w *ticketstest.World) {
		s := w.File(w.Person(budi, "Budi Santoso"), tickets.Remote).To(tickets.Approved)
		s.RelayRefuses()
		s.Call(w.Staff("197501012000011001", "Lia", accounts.Approver))
		w.Clock.Advance(72 * time.Hour)
		s.Tick()
		if s.State() != tickets.Open {
			w.Error(s.State())
		}
	})
}

func TestADayWithFourWorkingHoursWithoutAFactor(t *testing.T) {
	each(t, func(w *ticketstest.World) {
		s := w.File(w.Person(dewi, "Dewi Lestari"), tickets.Remote)
		w.Clock.Advance(4*24*time.Hour + 5*time.Hour) // Friday, 15.00
		s.Proof(tickets.KTP, tickets.SKPPPK)
		s.Call(w.Checker)
		s.Check()
		s.Approve()
		s.RelayAccepts()
		if got := s.Status().MatureAt; got != local(t, "2026-11-30 10.00") { // 1.5 hours on Friday, 2.5 on Monday
			w.Error(got.Short(db.WITA))
		}
	})
}

func TestLebaranIsNoWorkingTime_impostor3(t *testing.T) {
	each(t, func(w *ticketstest.World) {
		s := w.File(w.Person(budi, "Budi Santoso"), tickets.Remote).To(tickets.Approved)
		c := tickets.Office(db.WITA)
		for day := 23; day <= 30; day++ {
			c.Days[tickets.Date{Year: 2026, Month: time.November, Day: day}] = tickets.SpecialDay{Name: "Lebaran"}
		}
		s.RelayAccepts()
		desk := tickets.New(tickets.Config{DB: w.DB, Keys: w.Keys, Accounts: w.Accounts, Outbox: w.Outbox, Calendar: c,
			Waits: tickets.Production(), Zone: db.WITA, Agency: ticketstest.Agency})
		status, err := desk.Follow(w.Context(), s.Number, s.Secret)
		if err != nil || status.MatureAt != local(t, "2026-12-01 11.30") {
			w.Error(status.MatureAt.Short(db.WITA), err)
		}
	})
}

func TestExpiries_impostor4(t *testing.T) {
	each(t, func(w *ticketstest.World) {
		p := w.Person(budi, "Budi Santoso")
		unproven, proven := w.File(p, tickets.Remote), w.File(p, tickets.Remote)
		proven.Factor()
		waiting := w.File(p, tickets.Remote).To(tickets.Waiting)
		owned := w.File(p, tickets.Remote)
		after := func(d time.Duration, want ...tickets.State) {
			w.Helper()
			w.Clock.Advance(d)
			_ = staff(owned, w.Other, w.Desk.Claim)
			w.Tick()
			w.Tick()
			for i, s := range []*ticketstest.Story{unproven, proven, waiting, owned} {
				if s.State() != want[i] {
					w.Errorf("after %s, no. %d: %s", d, i, s.State())
				}
			}
		}
		after(72*time.Hour-time.Second, tickets.Open, tickets.Open, tickets.Waiting, tickets.Open)
		after(time.Second, tickets.Expired, tickets.Open, tickets.Waiting, tickets.Open)
		after(96*time.Hour-time.Second, tickets.Expired, tickets.Open, tickets.Waiting, tickets.Open)
		after(time.Second, tickets.Expired, tickets.Open, tickets.Expired, tickets.Open)
	})
}

func TestAClaimEndsAfterHalfAnHour(t *testing.T) {
	each(t, func(w *ticketstest.World) {
		s := w.File(w.Person(budi, "Budi Santoso"), tickets.Remote)
		if err := staff(s, w.Checker, w.Desk.Claim); err != nil {
			w.Fatal(err)
		}
		if err := staff(s, w.Other, w.Desk.Claim); err == nil || tickets.Why(err) != tickets.ErrTaken.Text {
			w.Error("claimed by two: ", err)
		}
		w.Clock.Advance(30*time.Minute - time.Second)
		s.Proof(tickets.KTP) // activity
		w.Clock.Advance(30*time.Minute - time.Second)
		w.Tick()
		if err := staff(s, w.Other, w.Desk.Claim); err == nil {
			w.Error("activity does not keep the claim")
		}
		w.Clock.Advance(time.Second)
		if err := staff(s, w.Other, w.Desk.Claim); err != nil {
			w.Error("before the clock has tidied up: ", err)
		}
		w.Clock.Advance(30 * time.Minute)
		w.Tick()
		f, err := w.Desk.Look(w.Context(), w.Checker, s.Number)
		if err != nil || f.Owner != "" {
			w.Error(f.OwnerName, err)
		}
	})
}

// TestTheDemoWaitsAMinute: the same machine, at night.
func TestTheDemoWaitsAMinute(t *testing.T) {
	each(t, func(w *ticketstest.World) {
		w.Clock.Advance(12 * time.Hour)
		w.Desk = tickets.New(tickets.Config{DB: w.DB, Keys: w.Keys, Accounts: w.Accounts, Outbox: w.Outbox, Calendar: tickets.Always(db.WITA),
			Waits: tickets.Demo(), Zone: db.WITA, Agency: ticketstest.Agency})
		s := w.File(w.Person(budi, "Budi Santoso"), tickets.Remote).To(tickets.Approved)
		s.RelayAccepts()
		w.Clock.Advance(time.Minute - time.Second)
		s.Tick()
		if s.State() != tickets.Approved {
			w.Error("sooner than a minute: ", s.State())
		}
		w.Clock.Advance(time.Second)
		s.Tick()
		if s.State() != tickets.Ready {
			w.Error(s.State())
		}
	})
}
