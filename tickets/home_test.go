package tickets_test

import (
	"errors"
	"testing"

	"pulih/accounts"
	"pulih/secret"
	"pulih/tickets"
	"pulih/tickets/ticketstest"
)

// Who is bound to units sees their people's requests, wherever he looks, and
// no others: the roster says whose they are, not the form (ST-04).
func TestWhoIsBoundToUnitsSeesNoOthers_ST04(t *testing.T) {
	each(t, func(w *ticketstest.World) {
		bound := w.Staff("198501012010011009", "Wati", accounts.Agent)
		bound.Staff.Units = []string{"RSUD Contoh", "Dinas 100% Baru_"}
		p, q := w.Person(budi, "Budi Santoso"), w.Person(dewi, "Dewi Lestari")
		exec(w, `UPDATE people SET unit = 'RSUD Contoh' WHERE id = $1`, q.ID)
		p.Unit = "RSUD Contoh" // he only says so
		theirs, his := w.File(p, tickets.Remote), w.File(q, tickets.Remote)
		nobody := w.FileAs(p, tickets.Filing{NIP: "199912312023211009", Name: "Salah Ketik", Unit: "RSUD Contoh", Kind: tickets.Other, Channel: tickets.Remote, Problem: "?"})
		for s, want := range map[*ticketstest.Story]error{theirs: tickets.ErrNoTicket, his: nil, nobody: tickets.ErrNoTicket} {
			if _, err := w.Desk.Look(w.Context(), bound, s.Number); !errors.Is(err, want) {
				w.Error("look: ", err, want)
			}
			if err := staff(s, bound, w.Desk.Claim); !errors.Is(err, want) {
				w.Error("claim: ", err, want)
			}
			if _, err := w.Desk.Look(w.Context(), w.Other, s.Number); err != nil {
				w.Error("unbound: ", err)
			}
		}
		page, err := w.Desk.Queue(w.Context(), bound, tickets.List{View: tickets.Unproven})
		if err != nil || len(page.Rows) != 0 || page.Counts != nil { // his is claimed
			w.Error("queue: ", page.Rows, page.Counts, err)
		}
		mine, err := w.Desk.Queue(w.Context(), bound, tickets.List{View: tickets.Mine})
		if err != nil || len(mine.Rows) != 1 || mine.Rows[0].Number != his.Number {
			w.Error("his own: ", mine.Rows, err)
		}
		for _, text := range []string{"Budi", "hilang", "Salah Ketik"} {
			found, err := w.Desk.Search(w.Context(), bound, text, "")
			if err != nil || len(found.Rows) > 1 || len(found.Rows) == 1 && found.Rows[0].Number != his.Number {
				w.Error("search: ", text, found.Rows, err)
			}
		}
	})
}

// A corrected number moves the request to the unit of whom it is about.
func TestACorrectedNumberMovesTheRequest_ST04(t *testing.T) {
	each(t, func(w *ticketstest.World) {
		p := w.Person(budi, "Budi Santoso")
		s := w.FileAs(p, tickets.Filing{NIP: "199912312023211009", Name: "Budi", Kind: tickets.Other, Channel: tickets.Remote, Problem: "?"})
		if _, err := w.Desk.Identify(w.Context(), w.Checker, s.Number, s.Version(), secret.NIP(budi)); err != nil {
			w.Fatal(err)
		}
		if got := scan[string](w, `SELECT home_unit FROM tickets WHERE number = $1`, s.Number); got != "Dinas Pendidikan" {
			w.Error(got)
		}
	})
}

// Filing for a number that nobody has costs the same work (EN-03).
func TestFilingForNobodyIsTheSameWork_EN03(t *testing.T) {
	each(t, func(w *ticketstest.World) {
		p := w.Person(budi, "Budi Santoso")
		work := func(nip secret.NIP) int64 {
			before := w.DB.Statements()
			_, err := w.Desk.Open(w.Context(), tickets.Filing{NIP: nip, Name: "A", Kind: tickets.MFA, Channel: tickets.Remote, Problem: "?"}, ticketstest.Stranger)
			if err != nil {
				w.Fatal(err)
			}
			return w.DB.Statements() - before
		}
		if known, unknown := work(p.NIP), work("199912312023211009"); known != unknown {
			w.Errorf("%d statements for somebody, %d for nobody", known, unknown)
		}
	})
}
