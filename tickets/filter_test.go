package tickets_test

import (
	"slices"
	"sync"
	"testing"
	"time"

	"pulih/accounts"
	"pulih/tickets"
	"pulih/tickets/ticketstest"
)

func narrowed(w *ticketstest.World, l tickets.List) tickets.Page {
	w.Helper()
	page, err := w.Desk.Queue(w.Context(), w.Checker, l)
	if err != nil {
		w.Fatal(err)
	}
	return page
}

func TestEachFilterNarrows(t *testing.T) {
	each(t, func(w *ticketstest.World) {
		p := w.Person(budi, "Budi Santoso")
		open := func(unit, cause string, k tickets.Kind) string {
			return w.FileAs(p, tickets.Filing{NIP: p.NIP, Name: "Budi", Unit: unit, Cause: cause, Kind: k, Channel: tickets.Remote}).Number
		}
		school, clinic, odd := open("Dinas Pendidikan", "hilang", tickets.MFA), open("RSUD Contoh", "lain", tickets.Other), open("100%_Baru", "hilang", tickets.MFA)
		for f, want := range map[tickets.Filter][]string{
			{}:                              {school, clinic, odd},
			{Unit: "PENDIDIKAN"}:            {school},
			{Unit: "%"}:                     {odd},
			{Unit: "_b"}:                    {odd},
			{Unit: `\`}:                     nil,
			{Unit: "' OR 1=1"}:              nil,
			{Kind: tickets.MFA}:             {school, odd},
			{Cause: "lain"}:                 {clinic},
			{Channel: tickets.Remote}:       {school, clinic, odd},
			{Channel: tickets.Counter}:      nil,
			{Level: tickets.L1}:             nil,
			{Cause: "hilang", Unit: "baru"}: {odd},
		} {
			page := narrowed(w, tickets.List{View: tickets.Unproven, Filter: f})
			if got := numbers(page.Rows); !slices.Equal(got, want) || (f == tickets.Filter{}) != (page.Counts != nil) {
				w.Errorf("%+v: %v, want %v; counts %v", f, got, want, page.Counts)
			}
		}
	})
}

func TestTheLevelNarrowsWhatIsChecked(t *testing.T) {
	each(t, func(w *ticketstest.World) {
		s := w.File(w.Person(newNIP(), "Budi"), tickets.Remote).To(tickets.Checked)
		for level, n := range map[tickets.Level]int{tickets.L1: 1, tickets.L3: 0} {
			l := tickets.List{View: tickets.ToApprove, Filter: tickets.Filter{Level: level}}
			if page, err := w.Desk.Queue(w.Context(), w.Approver, l); err != nil || len(page.Rows) != n {
				w.Errorf("%s: %d rows, %v; the ticket is of %s", level, len(page.Rows), err, s.Status().Level)
			}
		}
	})
}

// A view whose target is near holds what is late too, but nothing that waits
// for the person.
func TestWhatIsDueSoonIsListedByItsTarget(t *testing.T) {
	each(t, func(w *ticketstest.World) {
		first := w.File(w.Person(newNIP(), "Budi"), tickets.Remote)
		w.File(w.Person(newNIP(), "Sita"), tickets.Remote).To(tickets.Waiting)
		w.Clock.Advance(time.Hour)
		second := w.File(w.Person(newNIP(), "Tuti"), tickets.Counter)
		if got := view(w, w.Checker, tickets.DueSoon); len(got) != 0 {
			w.Errorf("a day before: %v", got)
		}
		w.Clock.Advance(30 * time.Hour)
		if got := view(w, w.Checker, tickets.DueSoon); !slices.Equal(got, []string{first.Number, second.Number}) {
			w.Errorf("%v, want %s and %s", got, first.Number, second.Number)
		}
	})
}

// A filter that finds little reads two thousand rows at a time, and leads on.
func TestARareFilterGoesOn(t *testing.T) {
	each(t, func(w *ticketstest.World) {
		p := w.Person(budi, "Budi Santoso")
		file := func(unit string) {
			f := tickets.Filing{NIP: p.NIP, Name: "Budi", Unit: unit, Kind: tickets.Other, Channel: tickets.Remote}
			if _, err := w.Desk.Open(w.Context(), f, ticketstest.Stranger); err != nil {
				w.Error(err)
			}
		}
		file("RSUD Contoh")
		w.Clock.Advance(time.Second)
		var wg sync.WaitGroup
		for range 32 {
			wg.Go(func() {
				for range 70 {
					file("Dinas Pendidikan")
				}
			})
		}
		wg.Wait()
		w.Clock.Advance(time.Second)
		file("RSUD Contoh")
		rare := tickets.List{View: tickets.Unproven, Filter: tickets.Filter{Unit: "rsud"}}
		page := narrowed(w, rare)
		if len(page.Rows) != 1 || page.Next == "" || page.Prev != "" {
			w.Fatalf("first: %d rows, next %q", len(page.Rows), page.Next)
		}
		rare.At = page.Next
		after := narrowed(w, rare)
		if len(after.Rows) != 1 || after.Next != "" || after.Prev == "" || after.Rows[0].Number == page.Rows[0].Number {
			w.Fatalf("second: %d rows, next %q, prev %q", len(after.Rows), after.Next, after.Prev)
		}
		rare.At = after.Prev
		if back := narrowed(w, rare); back.Prev == "" || len(back.Rows) != 0 {
			w.Errorf("back: %d rows, prev %q", len(back.Rows), back.Prev)
		}
	})
}

func TestNoFilterShowsAnotherAgency_ST04(t *testing.T) {
	each(t, func(w *ticketstest.World) {
		w.File(w.Person(budi, "Budi"), tickets.Remote)
		far := w.Staff("198001012005011009", "Lina", accounts.Agent)
		far.Staff.Agency = "BKPSDM Kota Lain"
		for _, v := range append(slices.Clone(tickets.Views), tickets.Closed) {
			for _, f := range []tickets.Filter{{}, {Kind: tickets.MFA}, {Unit: "dinas"}} {
				page, err := w.Desk.Queue(w.Context(), far, tickets.List{View: v, Filter: f})
				if err != nil || len(page.Rows) != 0 {
					w.Errorf("%s %+v: %d rows, %v", v, f, len(page.Rows), err)
				}
			}
		}
	})
}
