package tickets_test

import (
	"errors"
	"strings"
	"testing"
	"time"

	"pulih/accounts"
	"pulih/secret"
	"pulih/tickets"
	"pulih/tickets/ticketstest"
)

// identify corrects a number, as the checker.
func identify(s *ticketstest.Story, nip secret.NIP) bool {
	s.Helper()
	found, err := s.Desk.Identify(s.Context(), s.Checker, s.Number, s.Version(), nip)
	if err != nil {
		s.Fatal(err)
	}
	return found
}

// Who has proven himself and then "mistyped" his number has proven nothing of
// the other.
func TestNothingProvenGoesAlongToAnotherNumber_impostor1(t *testing.T) {
	each(t, func(w *ticketstest.World) {
		s := w.File(w.Person(budi, "Budi Santoso"), tickets.Remote)
		s.Evidence()
		victim := w.Person(dewi, "Dewi Lestari")
		if !identify(s, dewi) {
			w.Fatal("not found")
		}
		w.Prove(w.Checker)
		if _, err := w.Desk.CheckIdentity(w.Context(), w.Checker, s.Number, s.Version()); !errors.Is(err, tickets.ErrEvidence) {
			w.Error("checked with the evidence of another: ", err)
		}
		if status := s.Status(); status.Proven || status.Factor != accounts.NoFactor {
			w.Error("it still goes first")
		}
		w.Tick()
		told := func(person, what string) int {
			return scan[int](w, `SELECT count(*) FROM notices WHERE person = $1 AND what = $2`, person, what)
		}
		if told(victim.ID, "request.filed") != 1 || told(s.Subject.ID, "request.cancelled") != 1 {
			w.Error("nobody was told")
		}
	})
}

func TestANumberOfNoRosterIsCounted_impostor22(t *testing.T) {
	each(t, func(w *ticketstest.World) {
		p := w.Person(budi, "Budi Santoso")
		s := w.FileAs(p, tickets.Filing{NIP: "197001012000012001", Name: "Budi", Kind: tickets.MFA, Channel: tickets.Remote})
		for range 30 {
			if identify(s, "197001012000012002") {
				w.Fatal("found")
			}
		}
		_, err := w.Desk.Identify(w.Context(), w.Checker, s.Number, s.Version(), budi)
		if !errors.Is(err, tickets.ErrSpent) {
			w.Error("after thirty: ", err)
		}
		if _, err := w.Desk.Identify(w.Context(), w.Other, s.Number, s.Version(), w.Other.Staff.NIP); !errors.Is(err, tickets.ErrOneself) {
			w.Error("his own: ", err)
		}
	})
}

func TestAMistypedNumberIsCorrectedAndServed(t *testing.T) {
	each(t, func(w *ticketstest.World) {
		p := w.Person(budi, "Budi Santoso")
		s := w.FileAs(p, tickets.Filing{NIP: "197001012000012001", Name: "Budi S.", Kind: tickets.MFA, Channel: tickets.Remote})
		if !identify(s, budi) {
			w.Fatal("not found")
		}
		f, err := w.Desk.Look(w.Context(), w.Checker, s.Number)
		if err != nil || f.Name != "Budi S." || f.NIP != "" || f.MaskedNIP != strings.Repeat("•", 14)+"1001" {
			w.Errorf("%+v %v", f.Ticket, err)
		}
		s.To(tickets.Done)
	})
}

func TestAnotherAgencysPersonIsNotFound_ST04(t *testing.T) {
	each(t, func(w *ticketstest.World) {
		other := w.Person(dewi, "Dewi Lestari")
		exec(w, `UPDATE people SET agency = 'BKD Lain' WHERE id = $1`, other.ID)
		s := w.File(w.Person(budi, "Budi Santoso"), tickets.Remote)
		if identify(s, dewi) {
			w.Error("found")
		}
	})
}

// A checker and an approver of one agency could otherwise take over anybody of
// another.
func TestAnotherAgencysPersonIsNobodyAtTheCounter_ST04(t *testing.T) {
	each(t, func(w *ticketstest.World) {
		other := w.Person(dewi, "Dewi Lestari")
		exec(w, `UPDATE people SET agency = 'BKD Lain' WHERE id = $1`, other.ID)
		_, err := w.Desk.Open(w.Context(), tickets.Filing{NIP: dewi, Name: "Dewi Lestari", Kind: tickets.MFA, Channel: tickets.Counter, By: &w.Checker}, w.Checker.Actor)
		if err != nil {
			w.Fatal(err)
		}
		if n := scan[int](w, `SELECT count(*) FROM tickets WHERE nip = $1 AND person <> ''`, dewi); n != 0 {
			w.Error("a request about another agency's person")
		}
	})
}

func TestAReclassifiedQuestionIsToldOf_NO01(t *testing.T) {
	each(t, func(w *ticketstest.World) {
		p := w.Person(budi, "Budi Santoso")
		s := w.FileAs(p, tickets.Filing{NIP: budi, Name: "Budi", Kind: tickets.Other, Channel: tickets.Remote, Problem: "Tidak bisa masuk"})
		if n := scan[int](w, `SELECT count(*) FROM notices`); n != 0 {
			w.Fatal("told of a question")
		}
		if _, err := w.Desk.Reclassify(w.Context(), w.Checker, s.Number, s.Version(), tickets.Fraud); !errors.Is(err, tickets.ErrMissing) {
			w.Error("to fraud: ", err)
		}
		if _, err := w.Desk.Reclassify(w.Context(), w.Checker, s.Number, s.Version(), tickets.MFA); err != nil {
			w.Fatal(err)
		}
		w.Tick()
		if n := scan[int](w, `SELECT count(*) FROM notices WHERE what = 'request.filed'`); n != 1 {
			w.Errorf("told %d times", n)
		}
		s.To(tickets.Done)
	})
}

func TestMergingGivesNothingToTheOther_impostor21(t *testing.T) {
	each(t, func(w *ticketstest.World) {
		p := w.Person(budi, "Budi Santoso")
		mine, impostors := w.File(p, tickets.Remote), w.File(p, tickets.Remote)
		mine.Factor()
		merge := func(s, into *ticketstest.Story) error {
			return second(w.Desk.Merge(w.Context(), w.Checker, s.Number, s.Version(), into.Number))
		}
		if err := merge(mine, impostors); !errors.Is(err, tickets.ErrMerge) {
			w.Error("what is proven was given up: ", err)
		}
		if err := merge(impostors, mine); err != nil {
			w.Fatal(err)
		}
		if _, err := w.Desk.Follow(w.Context(), mine.Number, impostors.Secret); !errors.Is(err, tickets.ErrNoTicket) {
			w.Error("the impostor's receipt opens the other")
		}
		if shown := reveal(impostors.Status()); impostors.State() != tickets.Merged || strings.Contains(shown, mine.Number) {
			w.Error("the impostor reads the other's number")
		}
		other, question := w.File(w.Person(dewi, "Dewi Lestari"), tickets.Remote), w.FileAs(p, tickets.Filing{NIP: budi, Name: "Budi", Kind: tickets.Other, Channel: tickets.Remote})
		for name, into := range map[string]*ticketstest.Story{"another person": other, "another kind": question, "itself": mine} {
			if err := merge(mine, into); !errors.Is(err, tickets.ErrMerge) {
				w.Errorf("into %s: %v", name, err)
			}
		}
	})
}

func TestMergeOnlyOpenOnes_impostor21(t *testing.T) {
	each(t, func(w *ticketstest.World) {
		p := w.Person(budi, "Budi Santoso")
		checked, second := w.File(p, tickets.Remote).To(tickets.Checked), w.File(p, tickets.Remote)
		if _, err := w.Desk.Merge(w.Context(), w.Checker, second.Number, second.Version(), checked.Number); !errors.Is(err, tickets.ErrState) {
			w.Error("into a checked one: ", err)
		}
		if _, err := w.Desk.Merge(w.Context(), w.Checker, checked.Number, checked.Version(), second.Number); !errors.Is(err, tickets.ErrState) {
			w.Error("a checked one: ", err)
		}
	})
}

func TestBKNsReminderComesOnce(t *testing.T) {
	each(t, func(w *ticketstest.World) {
		s := w.File(w.Person(budi, "Budi Santoso"), tickets.Remote).To(tickets.Escalated)
		w.Tick()
		reminders := func() (n int) {
			for _, l := range w.Letters() {
				if strings.Contains(l.Subject, "di BKN") && strings.Contains(l.Text, "BKN-2026-0001") && l.To == "Rina@example.go.id" {
					n++
				}
			}
			return n
		}
		if reminders() != 0 {
			w.Error("too early")
		}
		w.Clock.Advance(48 * time.Hour)
		w.Tick()
		w.Tick()
		if reminders() != 1 || s.State() != tickets.Escalated {
			w.Errorf("%d reminders, %s", reminders(), s.State())
		}
		if _, err := w.Desk.Return(w.Context(), w.Checker, s.Number, s.Version(), "Sudah dibetulkan BKN."); err != nil {
			w.Fatal(err)
		}
		if shown := reveal(s.Status()); strings.Contains(shown, "Sudah dibetulkan") {
			w.Error("the person reads what staff wrote down")
		}
		s.To(tickets.Done)
	})
}

func TestRemindersHaveBounds(t *testing.T) {
	each(t, func(w *ticketstest.World) {
		s := w.File(w.Person(budi, "Budi Santoso"), tickets.Remote)
		for name, e := range map[string]tickets.Escalation{
			"yesterday": {"BKN-1", w.DB.Now().Add(-time.Hour)}, "next year": {"BKN-1", w.DB.Now().Add(91 * 24 * time.Hour)},
			"no number": {" ", w.DB.Now().Add(time.Hour)}, "a novel": {strings.Repeat("x", 61), w.DB.Now().Add(time.Hour)},
		} {
			if _, err := w.Desk.Escalate(w.Context(), w.Checker, s.Number, s.Version(), e); err == nil {
				w.Error(name)
			}
		}
	})
}

// reopens reopens with the receipt.
func reopens(s *ticketstest.Story) error {
	return s.Desk.ReopenByPerson(s.Context(), s.Number, s.Secret, "Belum selesai", ticketstest.Stranger)
}

func TestASolvedChangeStaysSolved_impostor21(t *testing.T) {
	each(t, func(w *ticketstest.World) {
		s := w.File(w.Person(budi, "Budi Santoso"), tickets.Remote).To(tickets.Done)
		if err := reopens(s); !errors.Is(err, tickets.ErrReopened) || s.Status().CanReopen {
			w.Error("by the person: ", err)
		}
		if _, err := w.Desk.Reopen(w.Context(), w.Checker, s.Number, s.Version(), "x"); !errors.Is(err, tickets.ErrReopened) {
			w.Error("by staff: ", err)
		}
	})
}

func TestARefusedOneIsReopenedOnceWithoutItsProof_impostor21(t *testing.T) {
	each(t, func(w *ticketstest.World) {
		s := w.File(w.Person(budi, "Budi Santoso"), tickets.Remote)
		s.Evidence()
		refuse := func() {
			w.Helper()
			if _, err := w.Desk.Refuse(w.Context(), w.Checker, s.Number, s.Version(), tickets.LacksProof); err != nil {
				w.Fatal(err)
			}
		}
		refuse()
		if err := reopens(s); err != nil {
			w.Fatal(err)
		}
		status := s.Status()
		if status.State != tickets.Open || status.Cycle != 2 || status.Proven || status.Factor != accounts.NoFactor || status.ClosedAt != 0 {
			w.Errorf("%+v", status.Ticket)
		}
		w.Prove(w.Checker)
		if _, err := w.Desk.CheckIdentity(w.Context(), w.Checker, s.Number, s.Version()); !errors.Is(err, tickets.ErrEvidence) {
			w.Error("checked with the proof of the cycle before: ", err)
		}
		refuse()
		if err := reopens(s); !errors.Is(err, tickets.ErrReopened) {
			w.Error("twice: ", err)
		}
		if _, err := w.Desk.Reopen(w.Context(), w.Checker, s.Number, s.Version(), "x"); !errors.Is(err, tickets.ErrReopened) {
			w.Error("twice, by staff: ", err)
		}
	})
}

// Both refusals count, though they are of one request.
func TestTwoRefusalsOfOneRequestLeadToTheCounter_impostor21(t *testing.T) {
	each(t, func(w *ticketstest.World) {
		p := w.Person(budi, "Budi Santoso")
		s := w.File(p, tickets.Remote).To(tickets.Refused)
		if err := reopens(s); err != nil {
			w.Fatal(err)
		}
		s.To(tickets.Refused)
		next := w.File(p, tickets.Remote)
		next.Evidence()
		f, err := w.Desk.Look(w.Context(), w.Checker, next.Number)
		if err != nil || len(f.Missing) != 1 || !strings.Contains(f.Missing[0], "loket") {
			w.Error(f.Missing, err)
		}
	})
}

func TestAPersonReopensForAWeek(t *testing.T) {
	each(t, func(w *ticketstest.World) {
		p := w.Person(budi, "Budi Santoso")
		var s [2]*ticketstest.Story
		for i := range s {
			s[i] = w.FileAs(p, tickets.Filing{NIP: budi, Name: "Budi", Kind: tickets.Other, Channel: tickets.Remote, Problem: "Portal lambat"})
			if _, err := w.Desk.Resolve(w.Context(), w.Checker, s[i].Number, s[i].Version(), tickets.ByPortal, ""); err != nil {
				w.Fatal(err)
			}
		}
		w.Clock.Advance(7*24*time.Hour - time.Second)
		if err := reopens(s[0]); err != nil || s[0].State() != tickets.Open {
			w.Error("within the week: ", err)
		}
		w.Clock.Advance(time.Second)
		if err := reopens(s[1]); !errors.Is(err, tickets.ErrReopened) || s[1].Status().CanReopen {
			w.Error("after it: ", err)
		}
		if _, err := w.Desk.Reopen(w.Context(), w.Checker, s[1].Number, s[1].Version(), "Ternyata belum"); err != nil {
			w.Error("staff: ", err)
		}
	})
}
