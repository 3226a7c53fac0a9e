package tickets_test

import (
	"errors"
	"testing"
	"time"

	"pulih/tickets"
	"pulih/tickets/ticketstest"
)

// decide has the checker check somebody, and the approver approve it or send
// it back after a while.
func decide(w *ticketstest.World, unit string, after time.Duration, approves bool) *ticketstest.Story {
	w.Helper()
	p := w.Person(newNIP(), "Budi Santoso")
	exec(w, `UPDATE people SET unit = $2 WHERE id = $1`, p.ID, unit)
	s := w.File(p, tickets.Counter)
	s.Evidence()
	s.Check()
	w.Clock.Advance(after)
	if approves {
		s.Approve()
		return s
	}
	if _, err := w.Desk.SendBack(w.Context(), w.Approver, s.Number, s.Version(), "Foto buram."); err != nil {
		w.Fatal(err)
	}
	return s
}

// A pair that always approves each other shows, to whom it concerns.
func TestAPairShowsInTheFigures_impostor18(t *testing.T) {
	each(t, func(w *ticketstest.World) {
		since := w.DB.Now()
		for range 3 {
			decide(w, "Dinas Kesehatan", 20*time.Second, true)
		}
		for range 2 {
			decide(w, "Dinas Pendidikan", 20*time.Second, true)
		}
		mine := w.Checker
		w.Checker = w.Other
		decide(w, "Dinas Kesehatan", time.Hour, false)
		w.Checker = mine
		w.Clock.Advance(time.Minute)
		p := tickets.Period{From: since, Until: w.DB.Now()}
		all, err := w.Desk.Pairs(w.Context(), w.Supervisor, p)
		if err != nil || len(all) != 2 {
			w.Fatal(all, err)
		}
		marked, other := all[0], all[1]
		if marked.Checker.Name != "Rina" || marked.Approver.Name != "Sari" || marked.Decided() != 5 || len(marked.Why) != 1 || marked.Pace != 20*time.Second {
			w.Errorf("%+v", marked)
		}
		if other.Checker.Name != "Tono" || other.Declined != 1 || other.Approved != 0 || len(other.Why) != 0 {
			w.Errorf("%+v", other)
		}
		for _, pair := range all {
			page, err := w.Desk.PairList(w.Context(), w.Supervisor, pair.Checker.ID, pair.Approver.ID, p, "")
			if err != nil || len(page.Rows) != pair.Decided() {
				w.Errorf("counted %d, listed %d: %v", pair.Decided(), len(page.Rows), err)
			}
		}
	})
}

func TestPairsAreOfTheSupervisorsAgencyAndUnits_ST04(t *testing.T) {
	each(t, func(w *ticketstest.World) {
		since := w.DB.Now()
		decide(w, "Dinas Kesehatan", time.Minute, true)
		decide(w, "Dinas Pendidikan", time.Minute, true)
		p := tickets.Period{From: since, Until: w.DB.Now().Add(time.Minute)}
		seen := func(by tickets.By) (n int) {
			all, err := w.Desk.Pairs(w.Context(), by, p)
			page, err2 := w.Desk.PairList(w.Context(), by, w.Checker.Staff.ID, w.Approver.Staff.ID, p, "")
			if err != nil || err2 != nil {
				w.Fatal(err, err2)
			}
			for _, pair := range all {
				n += pair.Decided()
			}
			if n != len(page.Rows) {
				w.Errorf("%d and %d", n, len(page.Rows))
			}
			return n
		}
		bound, far := w.Supervisor, w.Supervisor
		bound.Staff.Units, far.Staff.Agency = []string{"Dinas Kesehatan"}, farAgency
		if seen(w.Supervisor) != 2 || seen(bound) != 1 || seen(far) != 0 {
			w.Error(seen(w.Supervisor), seen(bound), seen(far))
		}
		if _, err := w.Desk.Pairs(w.Context(), w.Checker, p); !errors.Is(err, tickets.ErrRole) {
			w.Error(err)
		}
		if _, err := w.Desk.PairList(w.Context(), w.Checker, "", "", p, ""); !errors.Is(err, tickets.ErrRole) {
			w.Error(err)
		}
	})
}
