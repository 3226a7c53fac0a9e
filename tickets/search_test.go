package tickets_test

import (
	"errors"
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"pulih/accounts"
	"pulih/db"
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

// A NIP is found by the whole number, and stands nowhere in the index: not the
// filer's, not one in a story, however it is written.
func TestNoNIPStandsInTheIndex_LG03(t *testing.T) {
	each(t, func(w *ticketstest.World) {
		p := w.Person(newNIP(), "Budi")
		const typed, grouped, long = "199001012015051007", "19850505 200501 1 003", "1990010120150510079"
		w.FileAs(p, tickets.Filing{NIP: p.NIP, Name: "Budi", Kind: tickets.Other, Channel: tickets.Remote,
			Problem: "Istri saya (NIP" + typed + ") dan " + grouped + ", bukan " + long + "."})
		for _, text := range []string{string(p.NIP), typed, grouped, "198505052005011003", "budi " + typed, "istri 1985 0505 2005011003"} {
			if got, want := search(w, w.Checker, text), strings.HasPrefix(text, "istri"); (len(got) == 0) != want {
				w.Errorf("%q: %v", text, got)
			}
		}
		var index string
		if w.DB.Engine == db.Postgres {
			index = scan[string](w, `SELECT string_agg(about || ' ' || CAST(words AS TEXT), ' ') FROM ticket_texts`)
		} else {
			exec(w, `CREATE VIRTUAL TABLE vocabulary USING fts5vocab('ticket_words', 'row')`)
			index = scan[string](w, `SELECT group_concat(term, ' ') FROM vocabulary`)
		}
		for _, number := range []string{string(p.NIP), typed, long, "198505052005011003", "19850505", w.Checker.Staff.ID} {
			if strings.Contains(index, number) {
				w.Errorf("%s stands in %s", number, index)
			}
		}
		if !strings.Contains(index, "istri") {
			w.Error("nothing was looked at: ", index)
		}
	})
}

// Whoever knows the birth date and four digits tries the rest: each number
// that is not there counts, thirty of a day, and at twenty somebody is told.
func TestASearchByNIPIsAGuess_impostor22(t *testing.T) {
	each(t, func(w *ticketstest.World) {
		s := w.File(w.Person(newNIP(), "Budi"), tickets.Remote)
		try := func(text string) error {
			_, err := w.Desk.Search(w.Context(), w.Checker, text, "")
			return err
		}
		forms := []string{"1986092620150520%02d", "19860926 201505 20%02d", "budi 1986092620150520%02d", "1986092620150520%02d tanpa"}
		alarms := func() int {
			return scan[int](w, `SELECT count(*) FROM audit_events WHERE action = 'limit.hit' AND result = 'alarm'`)
		}
		for i := range 30 {
			if err := try(fmt.Sprintf(forms[i%len(forms)], 10+i)); err != nil {
				w.Fatal(i, err)
			}
			if err := try(string(s.Subject.NIP)); i < 29 && err != nil {
				w.Fatal("one that is there: ", err)
			}
			if want := i / 19; i < 38 && alarms() != min(want, 1) {
				w.Errorf("%d alarms after %d", alarms(), i+1)
			}
		}
		for _, text := range []string{"198609262015052099", "1986 0926 2015 05 2099", "budi 198609262015052099"} {
			if err := try(text); tickets.NamesNIP(text) != errors.Is(err, tickets.ErrGuesses) {
				w.Errorf("the thirty-first, %q: %v", text, err)
			}
		}
		if err := try("budi"); err != nil {
			w.Error("a word: ", err)
		}
		if _, err := w.Desk.Search(w.Context(), w.Other, string(s.Subject.NIP), ""); err != nil {
			w.Error("a colleague: ", err)
		}
		blind, err := w.Desk.Seek(w.Context(), w.Other, "budi "+string(s.Subject.NIP))
		if err != nil || strings.Contains(blind, string(s.Subject.NIP)) {
			w.Error(blind, err)
		}
		if got := search(w, w.Checker, blind); !slices.Equal(got, []string{s.Number}) || tickets.Unblind(blind) != "budi" {
			w.Error("by what stands for it: ", blind, got)
		}
		w.Clock.Advance(24 * time.Hour)
		if err := try("198609262015052099"); err != nil {
			w.Error("the next day: ", err)
		}
		if n := scan[int](w, `SELECT count(*) FROM audit_events WHERE detail LIKE '%' || $1 || '%'`, string(s.Subject.NIP)); n != 0 {
			w.Error("the audit log holds the number")
		}
	})
}

// Tickets older than the index are indexed by the clock, and by nothing else
// than a verb before.
func TestOlderTicketsAreIndexedByTheClock(t *testing.T) {
	each(t, func(w *ticketstest.World) {
		s := w.File(w.Person(newNIP(), "Budi"), tickets.Remote)
		forgetWords(w)
		if got := search(w, w.Checker, "budi"); len(got) != 0 {
			w.Fatal(got)
		}
		w.Tick()
		if got := search(w, w.Checker, string(s.Subject.NIP)); !slices.Equal(got, []string{s.Number}) {
			w.Error(got)
		}
		if n := scan[int](w, `SELECT count(*) FROM ticket_texts WHERE pending`); n != 0 {
			w.Error(n, " are pending")
		}
	})
}

// forgetWords makes every ticket one that is older than the index.
func forgetWords(w *ticketstest.World) {
	exec(w, `UPDATE ticket_texts SET pending = TRUE`)
	if w.DB.Engine == db.Postgres {
		exec(w, `UPDATE ticket_texts SET words = '', about = ''`)
	} else {
		exec(w, `DELETE FROM ticket_words WHERE rowid > 0`)
	}
}

// A ticket that cannot be indexed is told of, and the others are found all the
// same.
func TestATicketThatIsNotIndexedHoldsUpNoOther(t *testing.T) {
	each(t, func(w *ticketstest.World) {
		good, bad := w.File(w.Person(newNIP(), "Budi"), tickets.Remote), w.File(w.Person(newNIP(), "Dewi"), tickets.Remote)
		forgetWords(w)
		id := scan[string](w, `SELECT id FROM tickets WHERE number = $1`, bad.Number)
		if w.DB.Engine == db.Postgres {
			exec(w, `ALTER TABLE ticket_texts ADD CHECK (pending OR ticket <> '`+id+`') NOT VALID`)
		} else {
			exec(w, `CREATE TRIGGER bad BEFORE UPDATE ON ticket_texts WHEN new.ticket = '`+id+`' BEGIN SELECT RAISE(ABORT, 'bad'); END`)
		}
		if err := w.Desk.Tick(w.Context()); err == nil || !strings.Contains(err.Error(), id) {
			w.Error("nobody hears of it: ", err)
		}
		if got := search(w, w.Checker, "budi"); !slices.Equal(got, []string{good.Number}) {
			w.Error("the good one waits for the bad one: ", got)
		}
	})
}

// Older tickets are indexed while people write: no word of theirs is lost
// (law 4).
func TestIndexingLosesNoWord_law4(t *testing.T) {
	each(t, func(w *ticketstest.World) {
		var s *ticketstest.Story
		for n := range 30 {
			if n%5 == 0 { // so many messages in a row
				s = w.File(w.Person(newNIP(), "Budi"), tickets.Remote)
			}
			forgetWords(w)
			word := fmt.Sprintf("kata%d", n)
			at(w, 12, func(i int) error {
				if i != 5 {
					return w.Desk.Tick(w.Context())
				}
				return s.Desk.Reply(s.Context(), s.Number, s.Secret, word, ticketstest.Stranger)
			})
			if got := search(w, w.Checker, word); !slices.Equal(got, []string{s.Number}) {
				w.Fatalf("%s is lost", word)
			}
		}
	})
}
