package tickets_test

import (
	"testing"

	"pulih/accounts"
	"pulih/tickets"
	"pulih/tickets/ticketstest"
)

// Two agents merge two requests into one another: one of the two goes on.
func TestMergedCrosswiseOneGoesOn_impostor21(t *testing.T) {
	each(t, func(w *ticketstest.World) {
		for range 5 {
			p := w.Person(newNIP(), "Budi Santoso")
			pair := []*ticketstest.Story{w.File(p, tickets.Remote), w.File(p, tickets.Remote)}
			agents := []tickets.By{w.Checker, w.Other}
			won := at(w, 2, func(i int) error {
				_, err := w.Desk.Merge(w.Context(), agents[i], pair[i].Number, 1, pair[1-i].Number)
				return err
			}, tickets.ErrChanged, tickets.ErrState, tickets.ErrTaken)
			live := 0
			for _, s := range pair {
				if s.State() == tickets.Open {
					live++
				}
			}
			if won != 1 || live != 1 {
				w.Errorf("%d merged, %d go on", won, live)
			}
		}
	})
}

func TestAnAddressChangesOnceHoweverOftenItIsSent_impostor5(t *testing.T) {
	each(t, func(w *ticketstest.World) {
		s := moverReady(w, tickets.Remote)
		code := s.AskEmailCode()
		won := at(w, 10, func(int) error {
			tried, err := changesEmail(s, code, tickets.FactorForm{Password: ticketstest.Password})
			if err == nil && tried != tickets.EmailDone {
				return tickets.ErrChanged
			}
			return err
		}, tickets.ErrChanged, tickets.ErrState)
		if told := scan[int](w, `SELECT count(DISTINCT object) FROM notices WHERE what = 'email.changed'`); won != 1 || told != 1 || onFile(s) != freshEmail {
			w.Errorf("%d won, told of %d", won, told)
		}
	})
}

func TestChangeOfAddressAgainstDisown_impostor2(t *testing.T) {
	each(t, func(w *ticketstest.World) {
		for range 5 {
			s := moverReady(w, tickets.Remote)
			link, code := w.NotMe("notice.request.approved"), s.AskEmailCode()
			at(w, 2, func(i int) error {
				if i == 0 {
					_, err := changesEmail(s, code, tickets.FactorForm{Password: ticketstest.Password})
					return err
				}
				_, err := w.Desk.Disown(w.Context(), link, ticketstest.Stranger)
				return err
			}, tickets.ErrChanged, tickets.ErrState, tickets.ErrVoided)
			if state := s.State(); state != tickets.Cancelled && state != tickets.Disowned || onFile(s) == freshEmail {
				w.Errorf("disowned, yet %s with %s on file", state, string(onFile(s)))
			}
		}
	})
}

func TestTwoLiftsOneCounts_impostor2(t *testing.T) {
	each(t, func(w *ticketstest.World) {
		number, _ := fraudCase(w)
		lia := w.Staff("197501012000011001", "Lia", accounts.Approver)
		w.Prove(w.Checker)
		if _, err := w.Desk.AskLift(w.Context(), w.Checker, number, versionOf(w, number), "KTP"); err != nil {
			w.Fatal(err)
		}
		both, version := []tickets.By{w.Approver, lia}, versionOf(w, number)
		for _, by := range both {
			w.Prove(by)
		}
		won := at(w, 6, func(i int) error {
			_, err := w.Desk.Lift(w.Context(), both[i%2], number, version)
			return err
		}, tickets.ErrChanged, tickets.ErrTwoPeople, tickets.ErrNoLift, accounts.ErrNoProof, accounts.ErrNotBlocked)
		if told := scan[int](w, `SELECT count(*) FROM notices WHERE what = 'block.lifted'`); won != 1 || told != 1 {
			w.Errorf("%d won, told %d times", won, told)
		}
	})
}
