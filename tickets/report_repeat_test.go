package tickets_test

import (
	"slices"
	"testing"
	"time"

	"pulih/db"
	"pulih/secret"
	"pulih/tickets"
	"pulih/tickets/ticketstest"
)

// Who files again within thirty days is counted, each time that he does, and
// however the first request went (helpdesk.md §4.4).
//
//	day 0              of Budi
//	day 30             of Budi, thirty days later to the microsecond: again
//	day 60 and 1 µs    of Budi, too late; and of Dewi
func TestWhoFilesAgainWithinThirtyDaysIsCounted(t *testing.T) {
	each(t, func(w *ticketstest.World) {
		since, month := w.DB.Now(), 30*24*time.Hour
		p, other := w.Person(budi, "Budi Santoso"), w.Person(dewi, "Dewi Lestari")
		asks(w, p)
		w.Clock.Advance(month)
		again := asks(w, p)
		w.Clock.Advance(month + time.Microsecond)
		asks(w, p)
		asks(w, other)
		mustRepeat(w, since, "as filed", again.Number)
	})
}

// Where a number is corrected afterwards, the requests of both are counted
// anew.
func TestACorrectedNumberRepeatsNobody(t *testing.T) {
	each(t, func(w *ticketstest.World) {
		since, p, other := w.DB.Now(), w.Person(budi, "Budi Santoso"), w.Person(dewi, "Dewi Lestari")
		first := asks(w, p)
		w.Clock.Advance(time.Hour)
		again := asks(w, p)
		mustRepeat(w, since, "as filed", again.Number)
		for _, c := range []struct {
			when string
			nip  secret.NIP
			want []string
		}{{"the first was another's", other.NIP, nil}, {"it was his", p.NIP, []string{again.Number}}} {
			if found, err := w.Desk.Identify(w.Context(), w.Checker, first.Number, first.Version(), c.nip); err != nil || !found {
				w.Fatal(found, err)
			}
			mustRepeat(w, since, c.when, c.want...)
		}
	})
}

// asks files a request that nobody needs to prove anything for.
func asks(w *ticketstest.World, p ticketstest.Someone) *ticketstest.Story {
	return w.FileAs(p, tickets.Filing{NIP: p.NIP, Name: p.Name, Problem: "Tanya", Kind: tickets.Other, Channel: tickets.Remote})
}

// mustRepeat holds figure, list and what the history says against each other.
func mustRepeat(w *ticketstest.World, since db.Time, when string, want ...string) {
	w.Helper()
	p := tickets.Period{From: since, Until: w.DB.Now().Add(time.Hour)}
	sum := read(w, w.Supervisor, p, tickets.ReportFilter{}).Sums[tickets.Repeat]
	if got := numbersOf(w, tickets.Behind{Figure: tickets.Repeat}, p); sum.N != len(want) || !slices.Equal(got, want) {
		w.Errorf("%s: %d, list %v, want %v", when, sum.N, got, want)
	}
	proves(&wander{World: w})
}

func numbersOf(w *ticketstest.World, b tickets.Behind, p tickets.Period) (all []string) {
	w.Helper()
	page, err := w.Desk.ReportList(w.Context(), w.Supervisor, b, p, "")
	if err != nil {
		w.Fatal(err)
	}
	for _, row := range page.Rows {
		all = append(all, row.Number)
	}
	return all
}

// What is refused because nobody knows whose it is stands apart from what is
// refused for another reason.
func TestRefusedForIdentityStandsApart(t *testing.T) {
	each(t, func(w *ticketstest.World) {
		since := w.DB.Now()
		for nip, reason := range map[secret.NIP]tickets.RefusalReason{budi: tickets.NotHis, dewi: tickets.NotOurs} {
			s := w.File(w.Person(nip, "Budi Santoso"), tickets.Remote)
			if _, err := w.Desk.Refuse(w.Context(), w.Checker, s.Number, s.Version(), reason); err != nil {
				w.Fatal(err)
			}
		}
		sums := addsUpFor(w, w.Supervisor, tickets.Period{From: since, Until: since.Add(time.Hour)}, tickets.ReportFilter{}).Sums
		if sums[tickets.Unsure].N != 1 || sums[tickets.Declined].N != 2 {
			w.Errorf("for identity %d, in all %d", sums[tickets.Unsure].N, sums[tickets.Declined].N)
		}
	})
}
