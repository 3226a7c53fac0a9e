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
