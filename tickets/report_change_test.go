package tickets_test

import (
	"testing"
	"time"

	"pulih/accounts"
	"pulih/tickets"
	"pulih/tickets/ticketstest"
)

// A change of credential with known answers. All times are WITA; Tuesday 8
// December 2026 is a holiday of the agency, declared when the request was
// open already. Working time is 7.30–12 and 13–16.
//
//	Mon 7   8.00  filed at the counter
//	Mon 7  10.00  checked
//	Mon 7  15.00  sent back            persetujuan 4 00, and the check was none
//	Wed 9   9.00  checked again        identitas   8 30 = 7 00 + 1 30
//	Wed 9  11.00  approved             persetujuan 2 00
//	Wed 9  11.30  pass handed over     terbit     11 00
//	Wed 9  11.35  enrolled             penuh      11 05, wall-clock 51 35
func TestAChangeAgreesWithThePaper(t *testing.T) {
	each(t, func(w *ticketstest.World) {
		at := func(text string) { w.Clock.Advance(local(t, text).Sub(w.DB.Now())) }
		at("2026-12-07 08.00")
		s := w.File(w.Person(budi, "Budi Santoso"), tickets.Counter)
		s.Evidence()
		at("2026-12-07 10.00")
		s.Check()
		at("2026-12-07 15.00")
		if _, err := w.Desk.SendBack(w.Context(), w.Approver, s.Number, s.Version(), "Foto buram"); err != nil {
			w.Fatal(err)
		}
		p := period(t, "2026-12-07 00.00", "2026-12-14 00.00")
		early := read(w, w.Supervisor, p, tickets.ReportFilter{}).Sums
		if early[tickets.Identity].N != 0 || early[tickets.Approval].Spread.Median != 4*time.Hour {
			w.Errorf("sent back: %+v %+v", early[tickets.Identity], early[tickets.Approval])
		}
		put(w, ticketstest.Agency, tickets.CalendarSetting, 1, form("tanggal;jenis;nama\n2026-12-08;libur;Hari jadi kabupaten\n"))
		at("2026-12-09 09.00")
		w.Tick()
		s.Check()
		at("2026-12-09 11.00")
		w.Approver = w.Staff("198501012010011005", "Putu", accounts.Approver) // who sent it back has had a hand in it
		s.Approve()
		w.Tick()
		at("2026-12-09 11.30")
		s.Issue()
		at("2026-12-09 11.35")
		s.Begin()
		s.Enrol()
		r := read(w, w.Supervisor, p, tickets.ReportFilter{}).Sums
		hm := func(h, m int) time.Duration { return time.Duration(h)*time.Hour + time.Duration(m)*time.Minute }
		for f, want := range map[tickets.Figure]time.Duration{tickets.Identity: hm(8, 30), tickets.Approval: hm(2, 0), tickets.Reissue: hm(11, 0),
			tickets.FullWork: hm(11, 5), tickets.FullWall: hm(51, 35)} {
			if got := r[f].Spread; got.N != 1 || got.Median.Truncate(time.Minute) != want {
				w.Errorf("%s: %+v, paper %s", f, got, want)
			}
		}
		if levels := r[tickets.Identity].Groups[tickets.ByLevel]; len(levels) != 1 || levels[0].Value == "" || r[tickets.Missed].N != 1 || r[tickets.Response].N != 0 {
			w.Errorf("levels %+v, late %d, responses %d", levels, r[tickets.Missed].N, r[tickets.Response].N)
		}
	})
}

// What may happen several times counts each time, and of passes the last is
// when access was given again. All times are WITA.
//
//	Mon 7   8.00  filed by the person
//	Mon 7   8.10  a document that does not match, and again at 8.20
//	Mon 7   9.00  checked              identitas   1 00
//	Mon 7  10.00  approved             persetujuan 1 00; 4 working hours' wait
//	Mon 7  15.00  pass taken, which lapses at 16.00
//	Tue 8   8.00  pass taken           terbit      7 30
//	Tue 8   8.05  enrolled             penuh       7 35, five minutes late
func TestWhatHappensTwiceCountsTwice(t *testing.T) {
	each(t, func(w *ticketstest.World) {
		at := func(text string) { w.Clock.Advance(local(t, text).Sub(w.DB.Now())) }
		at("2026-12-07 08.00")
		s := w.File(w.Person(budi, "Budi Santoso"), tickets.Remote)
		for _, moment := range []string{"2026-12-07 08.10", "2026-12-07 08.20"} {
			at(moment)
			f := s.Form(tickets.SKCPNS)
			f.Typed["nama"] = "Siapa Lain"
			if got, err := w.Desk.AddProof(w.Context(), w.Checker, s.Number, s.Version(), f); err != nil || got.Result != tickets.NoMatch {
				w.Fatal(got, err)
			}
		}
		at("2026-12-07 09.00")
		s.Evidence()
		s.Check()
		at("2026-12-07 10.00")
		s.Approve()
		s.Wait()
		s.Issue()
		at("2026-12-07 16.00")
		w.Tick()
		at("2026-12-08 08.00")
		s.Issue()
		at("2026-12-08 08.05")
		s.Begin()
		s.Enrol()
		p := period(t, "2026-12-07 00.00", "2026-12-14 00.00")
		r := addsUpFor(w, w.Supervisor, p, tickets.ReportFilter{})
		for f, n := range map[tickets.Figure]int{tickets.WrongItems: 2, tickets.LapsedCodes: 1, tickets.Checks: 1, tickets.Rulings: 1, tickets.Missed: 1, tickets.AnswerKept: 1} {
			if r.Sums[f].N != n {
				w.Errorf("%s: %d, paper %d", f, r.Sums[f].N, n)
			}
		}
		for f, want := range map[tickets.Figure]time.Duration{tickets.Identity: time.Hour, tickets.Approval: time.Hour, tickets.Reissue: 450 * time.Minute, tickets.FullWork: 455 * time.Minute} {
			if got := r.Sums[f].Spread; got.N != 1 || got.Median.Truncate(time.Minute) != want {
				w.Errorf("%s: %+v, paper %s", f, got, want)
			}
		}
		by := func(f tickets.Figure) string { return r.Sums[f].Groups[tickets.ByDoer][0].Value }
		if by(tickets.Checks) != w.Checker.Staff.ID || by(tickets.Rulings) != w.Approver.Staff.ID {
			w.Error(by(tickets.Checks), by(tickets.Rulings))
		}
		tuesday := tickets.Period{From: local(t, "2026-12-08 00.00"), Until: p.Until}
		if late := read(w, w.Supervisor, tuesday, tickets.ReportFilter{}).Sums; late[tickets.WrongItems].N != 0 || late[tickets.LapsedCodes].N != 0 {
			w.Error("what happened on Monday counts on Tuesday: ", late)
		}
	})
}

// What a cycle was about stays with it: another kind, and a check that is void
// now, move nothing that was counted.
func TestAPastCycleStaysWhatItWas(t *testing.T) {
	each(t, func(w *ticketstest.World) {
		p := w.Person(budi, "Budi Santoso")
		s := w.FileAs(p, tickets.Filing{NIP: p.NIP, Name: p.Name, Problem: "Tanya", Kind: tickets.Other, Channel: tickets.Remote})
		act(s, "resolve", nil)
		act(s, "reopen", nil)
		if _, err := w.Desk.Reclassify(w.Context(), w.Checker, s.Number, s.Version(), tickets.MFA); err != nil {
			w.Fatal(err)
		}
		r := read(w, w.Supervisor, tickets.Period{From: w.DB.Now().Add(-time.Hour), Until: w.DB.Now().Add(time.Hour)}, tickets.ReportFilter{}).Sums
		if of := r[tickets.Resolved].Groups[tickets.ByKind]; len(of) != 1 || of[0].Value != string(tickets.Other) {
			w.Errorf("what was solved as a question is now %+v", of)
		}
	})
}

// Who files again had not been helped, also where the number is corrected
// later: then nobody but its owner has filed again.
func TestANumberThatIsCorrectedIsSomebodyElsesAgain(t *testing.T) {
	each(t, func(w *ticketstest.World) {
		p, other := w.Person(budi, "Budi Santoso"), w.Person(dewi, "Dewi Lestari")
		file := func(p ticketstest.Someone) *ticketstest.Story {
			return w.FileAs(p, tickets.Filing{NIP: p.NIP, Name: p.Name, Problem: "Tanya", Kind: tickets.Other, Channel: tickets.Remote})
		}
		since := w.DB.Now()
		act(file(p), "resolve", nil)
		act(file(other), "resolve", nil)
		w.Clock.Advance(time.Hour)
		again := file(p)
		w.Clock.Advance(10 * 24 * time.Hour)
		once := func() int {
			return read(w, w.Supervisor, tickets.Period{From: since, Until: since.Add(time.Minute)}, tickets.ReportFilter{}).Sums[tickets.OneTouch].N
		}
		if n := once(); n != 1 {
			w.Errorf("one filed again, and %d were helped at once", n)
		}
		if found, err := w.Desk.Identify(w.Context(), w.Checker, again.Number, again.Version(), other.NIP); err != nil || !found {
			w.Fatal(found, err)
		}
		kept := packs(w)
		rebuild(w)
		if n := once(); n != 1 || packs(w) != kept {
			w.Errorf("after the correction %d were helped at once", n)
		}
	})
}
