package tickets_test

import (
	"errors"
	"fmt"
	"slices"
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
		if err != nil || len(page.Rows) != 0 || page.Counts[tickets.Unproven] != 0 || page.Counts[tickets.Mine] != 1 { // his is claimed
			w.Error("queue: ", page.Rows, page.Counts, err)
		}
		mine, err := w.Desk.Queue(w.Context(), bound, tickets.List{View: tickets.Mine})
		if err != nil || len(mine.Rows) != 1 || mine.Rows[0].Number != his.Number {
			w.Error("his own: ", mine.Rows, err)
		}
		for text, want := range map[string][]string{"Budi": nil, "hilang": {his.Number}, "Dewi": {his.Number}, string(dewi): {his.Number}, "Salah Ketik": nil, string(budi): nil} {
			if got := search(w, bound, text); !slices.Equal(got, want) {
				w.Errorf("search %q: %v, want %v", text, got, want)
			}
		}
	})
}

// A common word is found in one's own units however many newer ones of
// others there are: a limit comes after the unit, not before it.
func TestTheLimitOfASearchComesAfterTheUnit_ST04(t *testing.T) {
	each(t, func(w *ticketstest.World) {
		bound := w.Staff("198501012010011009", "Wati", accounts.Agent)
		bound.Staff.Units = []string{"RSUD Contoh", "RSUD Lain"}
		var mine []string
		for i, nip := range questionNIPs(3) {
			p := w.Person(nip, "Budi")
			exec(w, `UPDATE people SET unit = $2 WHERE id = $1`, p.ID, []string{"RSUD Contoh", "RSUD Lain", "RSUD Contoh"}[i])
			mine = append(mine, w.FileAs(p, tickets.Filing{NIP: nip, Name: "Budi", Kind: tickets.Other, Channel: tickets.Remote, Problem: "sama"}).Number)
		}
		slices.Reverse(mine)
		other := w.Person(dewi, "Dewi")
		for range tickets.PageSize + 5 {
			w.FileAs(other, tickets.Filing{NIP: dewi, Name: "Dewi", Kind: tickets.Other, Channel: tickets.Remote, Problem: "sama"})
		}
		if got := search(w, bound, "sama"); !slices.Equal(got, mine) {
			w.Errorf("%v, want %v", got, mine)
		}
		if got := search(w, w.Checker, "sama"); len(got) != tickets.PageSize {
			w.Error("of all units: ", len(got))
		}
	})
}

func questionNIPs(n int) (all []secret.NIP) {
	for i := range n {
		all = append(all, secret.NIP(fmt.Sprintf("198609262015051%03d", 100+i)))
	}
	return all
}

// Counts are of one's own units, each as often as it is there, and capped.
func TestCountsAreOfOnesOwnUnits_ST04(t *testing.T) {
	each(t, func(w *ticketstest.World) {
		bound := w.Staff("198501012010011009", "Wati", accounts.Agent)
		bound.Staff.Units = []string{"RSUD Contoh", "Dinas Lain"}
		numbers := questions(w, 6)
		exec(w, `UPDATE tickets SET home_unit = 'RSUD Contoh'`)
		exec(w, `UPDATE tickets SET home_unit = 'Dinas Lain' WHERE number = $1`, numbers[0])
		exec(w, `UPDATE tickets SET home_unit = 'Dinas Ketiga' WHERE number = $1`, numbers[1])
		exec(w, `UPDATE tickets SET due_at = $2 WHERE number <> $1`, numbers[5], w.DB.Now())
		for _, n := range []string{numbers[0], numbers[1], numbers[2]} {
			f, err := w.Desk.Look(w.Context(), w.Checker, n)
			if err == nil {
				_, err = w.Desk.Refuse(w.Context(), w.Checker, n, f.Version, tickets.NotOurs)
			}
			if err != nil {
				w.Fatal(err)
			}
		}
		page, err := w.Desk.Queue(w.Context(), bound, tickets.List{View: tickets.Unproven})
		if err != nil || page.Counts[tickets.Unproven] != 3 || page.Counts[tickets.Today] != 2 || page.Counts[tickets.DueSoon] != 2 || page.Counts[tickets.Mine] != 0 {
			w.Errorf("%v %v", page.Counts, err)
		}
		all, err := w.Desk.Queue(w.Context(), w.Other, tickets.List{View: tickets.Unproven})
		if err != nil || all.Counts[tickets.Today] != 3 {
			w.Errorf("unbound: %v %v", all.Counts, err)
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

// Who moved to another unit has requests in both: neither list of the page
// tells of those that he may not see (ST-04).
func TestTwinsAndEarlierOnesAreOfTheUnits_ST04(t *testing.T) {
	each(t, func(w *ticketstest.World) {
		bound := w.Staff("198501012010011009", "Wati", accounts.Agent)
		bound.Staff.Units = []string{"RSUD Contoh"}
		p := w.Person(budi, "Budi Santoso")
		before := w.File(p, tickets.Remote)
		exec(w, `UPDATE people SET unit = 'RSUD Contoh' WHERE id = $1`, p.ID)
		s := w.File(p, tickets.Remote)
		f, err := w.Desk.Look(w.Context(), bound, s.Number)
		if err != nil || len(f.Twins) != 0 || len(f.Earlier) != 0 {
			w.Error(f.Twins, f.Earlier, err)
		}
		f, err = w.Desk.Look(w.Context(), w.Checker, s.Number)
		if err != nil || len(f.Twins) != 1 || f.Twins[0] != before.Number || len(f.Earlier) != 1 {
			w.Error("unbound: ", f.Twins, f.Earlier, err)
		}
	})
}
