package tickets_test

import (
	"strings"
	"testing"
	"time"

	"pulih/accounts"
	"pulih/tickets"
	"pulih/tickets/ticketstest"
)

// The name of a unit may hold what parts units in a statement.
func TestAUnitsNameIsOneUnit_ST04(t *testing.T) {
	each(t, func(w *ticketstest.World) {
		s := w.File(w.Person(budi, "Budi Santoso"), tickets.Remote)
		ani := w.Person(newNIP(), "Ani")
		exec(w, `UPDATE people SET unit = 'RSUD|Bedah' WHERE id = $1`, ani.ID)
		odd := w.File(ani, tickets.Remote)
		for units, sees := range map[string][2]bool{"Dinas Pendidikan": {true, false}, "Dinas Pendidikan|RSUD": {}, "RSUD|Bedah": {false, true}, "RSUD": {}, "": {true, true}} {
			by := w.Checker
			if units != "" {
				by.Staff.Units = []string{units}
			}
			for i, number := range []string{s.Number, odd.Number} {
				if _, err := w.Desk.Look(w.Context(), by, number); (err == nil) != sees[i] {
					w.Errorf("bound to %q, request %d: %v", units, i, err)
				}
			}
		}
	})
}

// Whoever sent a request on to BKN has left: his own supervisors are told,
// and no other agency's (ST-04).
func TestAReminderStaysInItsAgency_ST04(t *testing.T) {
	each(t, func(w *ticketstest.World) {
		w.Staff("197401012000011001", "Luar", accounts.Supervisor)
		exec(w, `UPDATE staff SET agency = 'BKD Kota Lain' WHERE name = 'Luar'`)
		w.File(w.Person(budi, "Budi Santoso"), tickets.Remote).To(tickets.Escalated)
		exec(w, `UPDATE staff SET disabled_at = 1 WHERE id = '`+w.Checker.Staff.ID+`'`)
		w.Clock.Advance(48 * time.Hour)
		w.Tick()
		told := map[string]bool{}
		for _, l := range w.Letters() {
			if strings.Contains(l.Subject, "di BKN") {
				told[l.To] = true
			}
		}
		if len(told) != 1 || !told[w.Supervisor.Staff.Name+"@example.go.id"] {
			w.Errorf("told: %v", told)
		}
	})
}

// A code for another address, and the address, are gone after a day.
func TestCodesOfAddressesAreNotKept(t *testing.T) {
	each(t, func(w *ticketstest.World) {
		s := moverReady(w, tickets.Remote)
		s.AskEmailCode()
		left := func() int {
			if err := purge(w); err != nil {
				w.Fatal(err)
			}
			return scan[int](w, `SELECT count(*) FROM email_codes`)
		}
		if n := left(); n != 1 {
			w.Errorf("%d live", n)
		}
		w.Clock.Advance(25 * time.Hour)
		if n := left(); n != 0 {
			w.Errorf("%d after a day", n)
		}
	})
}
