package tickets_test

import (
	"testing"

	"pulih/tickets"
	"pulih/tickets/ticketstest"
)

// Other requests of the same NIP are told of, and lead to their pages from
// the check on.
func TestEarlierRequestsShowNothingOfTheRecord_impostor22(t *testing.T) {
	each(t, func(w *ticketstest.World) {
		p := w.Person(newNIP(), "Bambang Sulaksono")
		old := w.File(p, tickets.Counter).To(tickets.Done)
		s := w.FileAs(p, tickets.Filing{NIP: p.NIP, Name: "Pak Bams", Kind: tickets.MFA, Channel: tickets.Counter, By: &w.Other})
		look := func() []tickets.Earlier {
			f, err := w.Desk.Look(w.Context(), w.Checker, s.Number)
			if err != nil {
				w.Fatal(err)
			}
			return f.Earlier
		}
		if got := look(); len(got) != 1 || got[0].Number != "" || got[0].State != tickets.Done || got[0].Kind != tickets.MFA {
			w.Errorf("before the check: %+v", got)
		}
		s.To(tickets.Checked)
		if got := look(); len(got) != 1 || got[0].Number != old.Number {
			w.Errorf("after it: %+v", got)
		}
	})
}
