package tickets_test

import (
	"errors"
	"testing"
	"time"

	"pulih/accounts"
	"pulih/tickets"
	"pulih/tickets/ticketstest"
)

func others(w *ticketstest.World, by tickets.By, number string) (names []string) {
	w.Helper()
	all, err := w.Desk.Others(w.Context(), by, number)
	if err != nil {
		w.Fatal(err)
	}
	for _, c := range all {
		names = append(names, c.Name)
	}
	return names
}

func TestColleaguesSeeWhoHasATicketOpen(t *testing.T) {
	each(t, func(w *ticketstest.World) {
		s := w.File(w.Person(newNIP(), "Budi"), tickets.Remote)
		came := w.DB.Now()
		if alone, err := w.Desk.Present(w.Context(), w.Checker, s.Number); err != nil || len(alone) != 0 {
			w.Fatal(alone, err)
		}
		w.Clock.Advance(time.Minute)
		if _, err := w.Desk.Present(w.Context(), w.Checker, s.Number); err != nil {
			w.Fatal(err)
		}
		met, err := w.Desk.Present(w.Context(), w.Other, s.Number)
		if err != nil || len(met) != 1 || met[0].Name != "Rina" || met[0].Since != came {
			w.Errorf("%+v %v", met, err)
		}
		if err := w.Desk.Away(w.Context(), w.Other, s.Number); err != nil || len(others(w, w.Checker, s.Number)) != 0 {
			w.Error("who left is still there: ", err)
		}
		w.Clock.Advance(3 * time.Minute) // a tab that was closed without a word
		if names := others(w, w.Other, s.Number); len(names) != 0 {
			w.Error("still there: ", names)
		}
	})
}

func TestPresenceIsOfOnesOwnAgency_ST04(t *testing.T) {
	each(t, func(w *ticketstest.World) {
		s := w.File(w.Person(newNIP(), "Budi"), tickets.Remote)
		far := w.Staff("198001012005011009", "Lina", accounts.Agent)
		far.Staff.Agency = "BKPSDM Kota Lain"
		if _, err := w.Desk.Present(w.Context(), far, s.Number); !errors.Is(err, tickets.ErrNoTicket) {
			w.Error("another agency's: ", err)
		}
		own := w.File(w.Person(w.Checker.Staff.NIP, "Rina"), tickets.Remote)
		if _, err := w.Desk.Present(w.Context(), w.Checker, own.Number); !errors.Is(err, tickets.ErrOneself) {
			w.Error("his own: ", err)
		}
	})
}

func TestKeysAreOnUntilTheyAreSwitchedOff_wcag214(t *testing.T) {
	each(t, func(w *ticketstest.World) {
		for _, on := range []bool{true, false, true} {
			if !on || !keysOn(w, w.Checker) {
				if err := w.Desk.SetKeys(w.Context(), w.Checker, on); err != nil {
					w.Fatal(err)
				}
			}
			if keysOn(w, w.Checker) != on || !keysOn(w, w.Other) {
				w.Errorf("want %v", on)
			}
		}
	})
}

func keysOn(w *ticketstest.World, by tickets.By) bool {
	w.Helper()
	on, err := w.Desk.Keys(w.Context(), by)
	if err != nil {
		w.Fatal(err)
	}
	return on
}
