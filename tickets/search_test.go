package tickets_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"pulih/accounts"
	"pulih/tickets"
	"pulih/tickets/ticketstest"
)

func search(w *ticketstest.World, by tickets.By, text string) []string {
	w.Helper()
	page, err := w.Desk.Search(w.Context(), by, text, "")
	if err != nil {
		w.Fatalf("%q: %v", text, err)
	}
	return numbers(page.Rows)
}

func TestATicketIsFoundByWhatItSays(t *testing.T) {
	each(t, func(w *ticketstest.World) {
		p := w.Person(newNIP(), "Budi Santoso")
		old := w.FileAs(p, tickets.Filing{NIP: p.NIP, Name: "Budi Santoso", Unit: "Dinas Pendidikan", Problem: "HP jatuh ke sumur.", Kind: tickets.MFA, Channel: tickets.Remote})
		s := w.FileAs(p, tickets.Filing{NIP: p.NIP, Name: "Budi S.", Unit: "RSUD Contoh", Problem: "Portal lambat", Kind: tickets.Other, Channel: tickets.Remote})
		s.To(tickets.Waiting)
		if err := s.Desk.Reply(s.Context(), s.Number, s.Secret, "Sejak gempa kemarin", ticketstest.Stranger); err != nil {
			w.Fatal(err)
		}
		if _, err := w.Desk.Note(w.Context(), w.Checker, s.Number, s.Version(), "Suaranya ragu-ragu"); err != nil {
			w.Fatal(err)
		}
		grouped := accounts.Group(p.NIP)
		for text, want := range map[string][]string{
			"budi": {s.Number, old.Number}, "SUMUR": {old.Number}, "sumur budi": {old.Number}, "sumur rsud": nil, // newest first; all words
			old.Number: {old.Number}, strings.ToLower(old.Number): {old.Number}, strings.TrimPrefix(old.Number, "PUL-"): {old.Number},
			string(p.NIP): {s.Number, old.Number}, grouped: {s.Number, old.Number}, string(p.NIP[:17]): nil, string(p.NIP[14:]): nil,
			"gempa": {s.Number}, "ragu": {s.Number}, "dinas": {old.Number}, "rsud, contoh!": {s.Number},
			"": nil, "  ": nil, "***": nil, `"`: nil, "' OR 1=1": nil, `budi" OR "x`: nil, "budi:*": {s.Number, old.Number}, "NOT budi": nil,
			"words:budi": nil, "budi NEAR santoso": nil, "\x00": nil, "gemp": nil,
		} {
			if got := search(w, w.Checker, text); !slices.Equal(got, want) {
				w.Errorf("%q: %v, want %v", text, got, want)
			}
		}
	})
}

func TestNobodyFindsAnotherAgencysTicketOrHisOwn_ST04(t *testing.T) {
	each(t, func(w *ticketstest.World) {
		s := w.File(w.Person(newNIP(), "Budi Santoso"), tickets.Remote)
		own := w.File(w.Person(w.Checker.Staff.NIP, "Rina Petugas"), tickets.Remote)
		far := w.Staff("198001012005011009", "Lina", accounts.Agent)
		far.Staff.Agency = "BKPSDM Kota Lain"
		for _, text := range []string{"budi", s.Number, string(s.Subject.NIP), "hilang", "z" + fmt.Sprintf("%x", ticketstest.Agency)} {
			if got := search(w, far, text); len(got) != 0 {
				w.Errorf("%q finds %v", text, got)
			}
		}
		if got := search(w, w.Checker, "hilang"); !slices.Equal(got, []string{s.Number}) {
			w.Errorf("he finds %v, his own is %s", got, own.Number)
		}
	})
}

// The record's name leads to a ticket from the check on, and no longer once
// the check is taken back.
func TestTheRecordIsNotSearchedBeforeTheCheck_impostor22(t *testing.T) {
	each(t, func(w *ticketstest.World) {
		p := w.Person(newNIP(), "Bambang Sulaksono")
		s := w.FileAs(p, tickets.Filing{NIP: p.NIP, Name: "Pak Bams", Kind: tickets.MFA, Channel: tickets.Remote})
		finds := func(when string, want bool) {
			w.Helper()
			if got := len(search(w, w.Checker, "sulaksono")) == 1; got != want || len(search(w, w.Checker, "bams")) != 1 {
				w.Errorf("%s: found by the record %v", when, got)
			}
		}
		finds("open", false)
		s.To(tickets.Checked)
		finds("checked", true)
		if _, err := w.Desk.SendBack(w.Context(), w.Approver, s.Number, s.Version(), "Kurang jelas"); err != nil {
			w.Fatal(err)
		}
		finds("sent back", false)
	})
}

func TestASearchGoesOnWithOlderOnes(t *testing.T) {
	each(t, func(w *ticketstest.World) {
		p := w.Person(newNIP(), "Budi")
		var all []string
		for range tickets.PageSize + 3 {
			all = append(all, w.FileAs(p, tickets.Filing{NIP: p.NIP, Name: "Budi", Kind: tickets.Other, Channel: tickets.Remote}).Number)
			w.Clock.Advance(time.Second)
		}
		slices.Reverse(all)
		first, err := w.Desk.Search(w.Context(), w.Checker, "budi", "")
		if err != nil || !slices.Equal(numbers(first.Rows), all[:tickets.PageSize]) || first.Next == "" {
			w.Fatal(len(first.Rows), first.Next, err)
		}
		older, err := w.Desk.Search(w.Context(), w.Checker, "budi", first.Next)
		if err != nil || !slices.Equal(numbers(older.Rows), all[tickets.PageSize:]) || older.Next != "" {
			w.Error(len(older.Rows), older.Next, err)
		}
	})
}

func TestWhatIsLookedForIsAudited_AU03(t *testing.T) {
	each(t, func(w *ticketstest.World) {
		search(w, w.Checker, "Budi Santoso")
		line := scan[string](w, `SELECT actor || ' ' || detail FROM audit_events WHERE action = 'ticket.search'`)
		if !strings.HasPrefix(line, w.Checker.Staff.ID) || !strings.Contains(line, "budi santoso") {
			w.Error(line)
		}
	})
}
