package tickets_test

import (
	"errors"
	"slices"
	"strings"
	"testing"
	"time"

	"pulih/tickets"
	"pulih/tickets/ticketstest"
)

func numbers(rows []tickets.Ticket) (all []string) {
	for _, t := range rows {
		all = append(all, t.Number)
	}
	return all
}

func view(w *ticketstest.World, by tickets.By, v tickets.View) []string {
	w.Helper()
	page, err := w.Desk.Queue(w.Context(), by, tickets.List{View: v})
	if err != nil {
		w.Fatal(err)
	}
	if page.Counts[v] != len(page.Rows) {
		w.Errorf("%s: counted %d, listed %d", v, page.Counts[v], len(page.Rows))
	}
	return numbers(page.Rows)
}

func TestEachTicketIsInItsViews(t *testing.T) {
	each(t, func(w *ticketstest.World) {
		file := func(c tickets.Channel) *ticketstest.Story { return w.File(w.Person(newNIP(), "Budi Santoso"), c) }
		unproven, proven, counter := file(tickets.Remote), file(tickets.Remote), file(tickets.Counter)
		proven.Factor()
		waiting, checked, done := file(tickets.Remote).To(tickets.Waiting), file(tickets.Remote).To(tickets.Checked), file(tickets.Counter).To(tickets.Done)
		refused := file(tickets.Counter).To(tickets.Refused)
		want := map[tickets.View][]*ticketstest.Story{
			tickets.Unclaimed: {counter, proven}, // somebody stands at the counter
			tickets.Unproven:  {unproven}, tickets.Awaiting: {waiting}, tickets.ToApprove: {checked},
			tickets.Mine: {waiting, checked}, tickets.Today: {refused, done}, tickets.DueSoon: {},
		}
		for v, stories := range want {
			var list []string
			for _, s := range stories {
				list = append(list, s.Number)
			}
			if got := view(w, w.Checker, v); !slices.Equal(got, list) {
				w.Errorf("%s: %v, want %v", v, got, list)
			}
		}
		if got := view(w, w.Other, tickets.Mine); len(got) != 0 {
			w.Error("somebody else's: ", got)
		}
		w.Clock.Advance(7 * time.Hour) // 17.00, an hour before the next midnight of the machine
		for v, n := range map[tickets.View]int{tickets.Today: 2, tickets.DueSoon: 0} {
			if got := view(w, w.Checker, v); len(got) != n {
				w.Errorf("%s in the evening: %v", v, got)
			}
		}
		w.Clock.Advance(8 * time.Hour) // 01.00 in the agency's zone
		if got := view(w, w.Checker, tickets.Today); len(got) != 0 {
			w.Error("yesterday's: ", got)
		}
		page, err := w.Desk.Queue(w.Context(), w.Checker, tickets.List{View: tickets.Closed})
		if err != nil || !slices.Equal(numbers(page.Rows), []string{refused.Number, done.Number}) {
			w.Error("all that is closed: ", numbers(page.Rows), err)
		}
	})
}

// An agent's own request is in no list of his, and he cannot watch it (ST-05).
func TestNobodyFindsHisOwnRequest_ST05(t *testing.T) {
	each(t, func(w *ticketstest.World) {
		s := w.File(w.Person(w.Checker.Staff.NIP, "Rina Petugas"), tickets.Remote)
		if got := view(w, w.Other, tickets.Unproven); !slices.Contains(got, s.Number) {
			t.Errorf("a colleague does not see it: %v", got)
		}
		if got := view(w, w.Checker, tickets.Unproven); len(got) != 0 {
			t.Errorf("he sees his own: %v", got)
		}
		if _, err := w.Desk.Version(w.Context(), w.Checker, s.Number); !errors.Is(err, tickets.ErrOneself) {
			t.Errorf("he watches his own: %v", err)
		}
	})
}

func TestPagesMeetWithoutGapOrOverlap(t *testing.T) {
	each(t, func(w *ticketstest.World) {
		p := w.Person(budi, "Budi Santoso")
		const many = 2*tickets.PageSize + 7
		for i := range many {
			w.FileAs(p, tickets.Filing{NIP: p.NIP, Name: "X", Kind: tickets.Other, Channel: tickets.Remote})
			if i%3 == 0 { // some at the same instant
				w.Clock.Advance(time.Second)
			}
		}
		var forward []string
		var pages []tickets.Page
		for c := tickets.Cursor(""); ; c = pages[len(pages)-1].Next {
			page, err := w.Desk.Queue(w.Context(), w.Checker, tickets.List{View: tickets.Unproven, At: c})
			if err != nil {
				w.Fatal(err)
			}
			pages = append(pages, page)
			forward = append(forward, numbers(page.Rows)...)
			if page.Next == "" {
				break
			}
		}
		unique := slices.Clone(forward)
		slices.Sort(unique)
		if len(forward) != many || len(slices.Compact(unique)) != many || len(pages) != 3 {
			w.Fatalf("%d rows in %d pages", len(forward), len(pages))
		}
		back, err := w.Desk.Queue(w.Context(), w.Checker, tickets.List{View: tickets.Unproven, At: pages[2].Prev})
		if err != nil || !slices.Equal(numbers(back.Rows), numbers(pages[1].Rows)) {
			w.Error("one page back is another page: ", err)
		}
		first, err := w.Desk.Queue(w.Context(), w.Checker, tickets.List{View: tickets.Unproven, At: back.Prev})
		if err != nil || !slices.Equal(numbers(first.Rows), numbers(pages[0].Rows)) || first.Prev != "" || first.Next == "" {
			w.Errorf("two pages back: %q %q %v", first.Prev, first.Next, err)
		}
		if pages[0].Prev != "" {
			w.Error("a page before the first")
		}
	})
}

func TestAMadeUpCursorOpensNothing(t *testing.T) {
	each(t, func(w *ticketstest.World) {
		for _, c := range []tickets.Cursor{"x", "n.1.2", "q.1.2.3", "n.a.2.3", "n.1.b.3", tickets.Cursor("n.1.2." + strings.Repeat("x", 65)), "n.1.2.' OR 1=1"} {
			page, err := w.Desk.Queue(w.Context(), w.Checker, tickets.List{View: tickets.Unproven, At: c})
			if len(page.Rows) != 0 {
				w.Errorf("%q: %v %v", c, page, err)
			}
		}
	})
}

func TestWhatIsFiledIsTidied(t *testing.T) {
	each(t, func(w *ticketstest.World) {
		open := func(f tickets.Filing) error {
			_, err := w.Desk.Open(w.Context(), f, ticketstest.Stranger)
			return err
		}
		good := tickets.Filing{NIP: "19860926 201505 1 001", Name: " Budi ", Kind: tickets.MFA, Channel: tickets.Remote}
		if err := open(good); err != nil {
			w.Error(err)
		}
		for name, spoil := range map[string]func(*tickets.Filing){
			"no name":               func(f *tickets.Filing) { f.Name = " " },
			"a long name":           func(f *tickets.Filing) { f.Name = strings.Repeat("x", 121) },
			"a long story":          func(f *tickets.Filing) { f.Problem = strings.Repeat("x", 2001) },
			"not UTF-8":             func(f *tickets.Filing) { f.Unit = "\xff" },
			"a fraud case":          func(f *tickets.Filing) { f.Kind = tickets.Fraud },
			"no such kind":          func(f *tickets.Filing) { f.Kind = "x" },
			"no channel":            func(f *tickets.Filing) { f.Channel = "" },
			"a short NIP":           func(f *tickets.Filing) { f.NIP = "123" },
			"a remote one by staff": func(f *tickets.Filing) { f.By = &w.Checker },
		} {
			f := good
			spoil(&f)
			if err := open(f); err == nil {
				w.Error(name)
			}
		}
	})
}

func TestAnotherKindIsAConversation(t *testing.T) {
	each(t, func(w *ticketstest.World) {
		p := w.Person(budi, "Budi Santoso")
		s := w.FileAs(p, tickets.Filing{NIP: p.NIP, Name: "Budi", Kind: tickets.Other, Channel: tickets.Remote, Problem: "Portal lambat"})
		if _, err := s.Desk.AddProof(s.Context(), w.Checker, s.Number, s.Version(), s.Form(tickets.KTP)); err != tickets.ErrKind { //nolint:errorlint // exactly that
			w.Error("proof of a question: ", err)
		}
		s.To(tickets.Waiting)
		if err := s.Desk.Reply(s.Context(), s.Number, s.Secret, "Sejak kemarin", ticketstest.Stranger); err != nil {
			w.Fatal(err)
		}
		if _, err := w.Desk.Note(w.Context(), w.Checker, s.Number, s.Version(), "rahasia dapur"); err != nil {
			w.Fatal(err)
		}
		if _, err := w.Desk.Resolve(w.Context(), w.Checker, s.Number, s.Version(), tickets.ByPortal, "Portal sudah pulih."); err != nil {
			w.Fatal(err)
		}
		status := s.Status()
		if len(status.Messages) != 3 || status.State != tickets.Done || strings.Contains(reveal(status), "dapur") || strings.Contains(reveal(status), "Rina") {
			w.Errorf("%+v", status.Messages)
		}
		for _, l := range w.Letters() {
			if strings.Contains(l.Text, "Portal sudah pulih") || strings.Contains(l.Text, "Sejak kemarin") {
				w.Error("a mail holds the conversation")
			}
		}
		f, err := w.Desk.Look(w.Context(), w.Checker, s.Number)
		if err != nil || len(f.Messages) != 4 || len(f.Events) < 5 {
			w.Error(len(f.Messages), len(f.Events), err)
		}
	})
}

func TestAllowedIsWhatTheVerbsAllow(t *testing.T) {
	each(t, func(w *ticketstest.World) {
		s := w.File(w.Person(budi, "Budi Santoso"), tickets.Counter).To(tickets.Checked)
		for _, c := range []struct {
			by   tickets.By
			verb tickets.Verb
			why  string
			here bool
		}{
			{w.Approver, tickets.VerbApprove, "", true},
			{both(w.Checker), tickets.VerbApprove, tickets.ErrTwoPeople.Text, true},
			{w.Checker, tickets.VerbApprove, "", false},
			{w.Checker, tickets.VerbCheck, "", false},
			{w.Checker, tickets.VerbRefuse, "", true},
		} {
			f, err := w.Desk.Look(w.Context(), c.by, s.Number)
			if err != nil {
				w.Fatal(err)
			}
			if why, here := f.Allowed[c.verb]; here != c.here || why != c.why {
				w.Errorf("%s for %s: %q, %v", c.verb, c.by.Staff.Name, why, here)
			}
		}
	})
}
