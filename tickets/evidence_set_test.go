package tickets_test

import (
	"errors"
	"slices"
	"testing"

	"pulih/tickets"
	"pulih/tickets/ticketstest"
)

// An agency may ask for more than the floor; whatever a row says, it never
// asks for less (impostor 8).
func TestAnAgencyMayAskForMore_impostor8(t *testing.T) {
	each(t, func(w *ticketstest.World) {
		put(w, ticketstest.Agency, tickets.EvidenceSetting, 1, tickets.EvidenceSets{"mfa/L1": {Documents: 2, Card: true, Factor: true}})
		s := w.File(w.Person(budi, "Budi Santoso"), tickets.Remote)
		s.Factor()
		s.Proof(tickets.SKPNS)
		lacks := func(want ...string) {
			w.Helper()
			f, err := s.Desk.Look(w.Context(), w.Checker, s.Number)
			if err != nil || !slices.Equal(f.Missing, want) {
				w.Errorf("missing %q, want %q, %v", f.Missing, want, err)
			}
		}
		lacks("KTP atau Karpeg yang cocok", "2 dokumen berbeda yang cocok")
		s.Prove(w.Checker)
		if _, err := s.Desk.CheckIdentity(w.Context(), w.Checker, s.Number, s.Version()); !errors.Is(err, tickets.ErrEvidence) {
			w.Error("checked with less than the agency wants: ", err)
		}
		s.Proof(tickets.KTP)
		lacks()
		s.Check()
	})
}

func TestADamagedSetWantsNoLessThanTheFloor_impostor8(t *testing.T) {
	each(t, func(w *ticketstest.World) {
		put(w, ticketstest.Agency, tickets.EvidenceSetting, 1, tickets.EvidenceSets{"mfa/L1": {}, "mfa/L2": {Documents: -3}, "mfa/L3": {}})
		s := w.File(w.Person(budi, "Budi Santoso"), tickets.Remote)
		s.Factor()
		s.Prove(w.Checker)
		if _, err := s.Desk.CheckIdentity(w.Context(), w.Checker, s.Number, s.Version()); !errors.Is(err, tickets.ErrEvidence) {
			w.Error("remotely, with a factor alone: ", err)
		}
		other := w.File(w.Person(dewi, "Dewi Lestari"), tickets.Counter)
		other.Proof(tickets.KTP)
		other.Prove(w.Checker)
		if _, err := other.Desk.CheckIdentity(w.Context(), w.Checker, other.Number, other.Version()); !errors.Is(err, tickets.ErrEvidence) {
			w.Error("at the counter, with one original: ", err)
		}
	})
}

func TestTheCountersSetIsThatOfL3_impostor8(t *testing.T) {
	each(t, func(w *ticketstest.World) {
		put(w, ticketstest.Agency, tickets.EvidenceSetting, 1, tickets.EvidenceSets{"mfa/L3": {Documents: 3}})
		s := w.File(w.Person(budi, "Budi Santoso"), tickets.Counter)
		s.Proof(tickets.KTP, tickets.SKPNS)
		if f, err := s.Desk.Look(w.Context(), w.Checker, s.Number); err != nil || len(f.Missing) != 1 {
			w.Error(f.Missing, err)
		}
		s.Proof(tickets.Karpeg)
		s.Check()
	})
}
