package tickets_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"pulih/db"
	"pulih/secret"
	"pulih/tickets"
	"pulih/tickets/ticketstest"
)

// paper is a set of requests with known answers. All times are WITA; the
// period is Monday 7 to Sunday 13 December 2026. Working time is 7.30–12 and
// 13–16, on Fridays 7.30–11.30 and 13–16.30; the target is 7.5 hours of it.
// Kalender is wall-clock time, meja what of it was the desk's.
//
//	                                                      respons  kerja  kalender  meja
//	A  Mon 7 10.00, selesai 10.10                            0 10   0 10      0 10   0 10
//	B  Mon 7 10.00, selesai Wed 9 10.00                     15 00  15 00     48 00  48 00  late: due Tue 10.00
//	C  Fri 4 16.00, ditanya 16.00, menjawab Mon 7 8.00,
//	   selesai 16.30                                       (Fri 4)  7 00     72 30   8 30
//	D  Mon 7 10.00, ditanya 10.00, menjawab 15.30,
//	   selesai 15.45                                         0 00   0 15      5 45   0 15
//	E  Sat 12 9.00, by the person of A; open
//	F  Thu 10 10.00, ditolak Fri 11 10.00                    7 30   7 30: on the minute of the target
//	G  Fri 11 15.00, selesai Tue 15 10.00: after the period
//	H  Sun 13 23.59, open
//	I  Mon 7 8.00, selesai 9.00; again Tue 8 8.00,           1 00   1 00      1 00   1 00
//	   selesai 8.30                                          0 30   8 00     24 30   0 30
//	J  Mon 7 11.00, by the person of B; digabung 11.30       0 30
//	K  Thu 10 8.00, open; due Fri 11 8.00
//	L  Sat 5 9.00, selesai Mon 7 18.00                     7 30   7 30     57 00  57 00  late: due Mon 16.00
//
// Each fault of helpdesk.md §4.3 would show: B, K and L missed their target and
// count, L although after hours no working time went by; C was filed before the period and counts; A has no whole hour, D no
// whole day; of D and I the first answer counts, and for I from when it was
// opened again; J was merged and counts as filed.
var paper = []string{
	"2026-12-04 16.00 C open", "2026-12-04 16.00 C ask",
	"2026-12-05 09.00 L open", "2026-12-07 08.00 C reply", "2026-12-07 08.00 I open", "2026-12-07 09.00 I resolve",
	"2026-12-07 10.00 A open", "2026-12-07 10.00 B open", "2026-12-07 10.00 D open", "2026-12-07 10.00 D ask", "2026-12-07 10.10 A resolve",
	"2026-12-07 11.00 J open", "2026-12-07 11.30 J merge",
	"2026-12-07 15.30 D reply", "2026-12-07 15.45 D resolve", "2026-12-07 16.30 C resolve", "2026-12-07 18.00 L resolve",
	"2026-12-08 08.00 I reopen", "2026-12-08 08.30 I resolve", "2026-12-09 10.00 B resolve",
	"2026-12-10 08.00 K open", "2026-12-10 10.00 F open", "2026-12-11 10.00 F refuse", "2026-12-11 15.00 G open",
	"2026-12-12 09.00 E open", "2026-12-13 23.59 H open", "2026-12-15 10.00 G resolve",
}

var week = [2]string{"2026-12-07 00.00", "2026-12-14 00.00"}

// written walks the paper with the desk's own verbs at the paper's instants.
func written(w *ticketstest.World, t *testing.T) map[string]string { return walkedOn(w, t, paper) }

func walkedOn(w *ticketstest.World, t *testing.T, lines []string) map[string]string {
	stories, names := map[string]*ticketstest.Story{}, map[string]string{}
	for _, line := range lines {
		name, verb := line[17:18], line[19:]
		w.Clock.Advance(local(t, line[:16]).Sub(w.DB.Now()))
		if verb == "open" {
			stories[name] = filedAs(w, name)
			names[stories[name].Number] = name
			continue
		}
		act(stories[name], verb, stories["B"])
	}
	return names
}

// filedAs has whoever the paper names file a request: E is of the person of A,
// J of the person of B, and none of them is in the roster.
func filedAs(w *ticketstest.World, name string) *ticketstest.Story {
	w.Helper()
	who := strings.NewReplacer("E", "A", "J", "B").Replace(name)
	nip := secret.NIP(fmt.Sprintf("198609262011011%03d", who[0]))
	r, err := w.Desk.Open(w.Context(), tickets.Filing{NIP: nip, Name: name, Problem: "Tanya", Kind: tickets.Other, Channel: tickets.Remote}, ticketstest.Stranger)
	if err != nil {
		w.Fatal(err)
	}
	return &ticketstest.Story{World: w, Number: r.Number, Secret: r.Secret}
}

func act(s *ticketstest.Story, verb string, into *ticketstest.Story) {
	s.Helper()
	ctx, at := s.Context(), s.Version()
	var err error
	switch verb {
	case "ask":
		_, err = s.Desk.Ask(ctx, s.Checker, s.Number, at, "Ya?")
	case "reply":
		err = s.Desk.Reply(ctx, s.Number, s.Secret, "Ya", ticketstest.Stranger)
	case "resolve":
		_, err = s.Desk.Resolve(ctx, s.Checker, s.Number, at, tickets.ByAnswer, "")
	case "refuse":
		_, err = s.Desk.Refuse(ctx, s.Checker, s.Number, at, tickets.NotOurs)
	case "reopen":
		_, err = s.Desk.Reopen(ctx, s.Checker, s.Number, at, "Belum selesai")
	case "merge":
		_, err = s.Desk.Merge(ctx, s.Checker, s.Number, at, into.Number)
	}
	if err != nil {
		s.Fatal(verb, err)
	}
}

func period(t *testing.T, from, until string) tickets.Period {
	return tickets.Period{From: local(t, from), Until: local(t, until)}
}

// midnights are the edges of a period's days.
func midnights(p tickets.Period) (edges []db.Time) {
	for at := p.From; at < p.Until; at = at.Add(24 * time.Hour) {
		edges = append(edges, at)
	}
	return edges
}

func read(w *ticketstest.World, by tickets.By, p tickets.Period, f tickets.ReportFilter) tickets.Report {
	w.Helper()
	r, err := w.Desk.Report(w.Context(), by, p, f, midnights(p))
	if err != nil {
		w.Fatal(err)
	}
	return r
}

func TestTheReportAgreesWithThePaper(t *testing.T) {
	each(t, func(w *ticketstest.World) {
		names := written(w, t)
		p := period(t, week[0], week[1])
		r := read(w, w.Supervisor, p, tickets.ReportFilter{})
		for f, want := range map[tickets.Figure]string{
			tickets.Arrived: "ABDEFGHIJK", tickets.Reopenings: "I", tickets.Resolved: "ABCDIIL", tickets.Declined: "F", tickets.Dropped: "J",
			tickets.Decided: "ABCDFIIL", tickets.Judged: "ABCDFIIKL", tickets.Kept: "ACDFII", tickets.Missed: "BKL",
			tickets.Invited: "ABCDFIIL", tickets.Settled: "ACDIIL", // B has two days to go
			tickets.Reopened: "I", tickets.OneTouch: "CDL", // A filed again as E
			tickets.Repeat: "EJ", tickets.Unsure: "", // E and J by whom A and B had filed for; F was not ours
			tickets.Backlog: "EGHK", // at Monday 00.00: E and H have no working time, G 1.5 hours, K 14.5
			tickets.Age4h:   "EGH", tickets.Age8h: "", tickets.Age2d: "K", tickets.Age5d: "", tickets.AgeOver: "",
			tickets.Response: "ABDFIIJL", tickets.FullWork: "ABCDIL", tickets.FirstWork: "ABCDIL", tickets.AtDesk: "ABCDIIL",
			tickets.AnswerJudged: "ABDFIJKL", tickets.AnswerKept: "ADIJ", // B, F, K and L were due Mon 15.00, Thu 15.00, Thu 12.00 and Mon 11.30
			tickets.Identity: "", tickets.WrongItems: "", tickets.NotMine: "",
		} {
			agrees(w, tickets.Behind{Figure: f}, p, r.Sums[f].N, names, want)
		}
		hm := func(h, m int) time.Duration { return time.Duration(h)*time.Hour + time.Duration(m)*time.Minute }
		for f, want := range map[tickets.Figure]tickets.Spread{
			tickets.Response: {N: 8, Median: hm(0, 45), P90: hm(15, 0)}, tickets.FullWork: {N: 6, Median: hm(7, 15), P90: hm(15, 0)},
			tickets.FullWall: {N: 6, Median: hm(36, 15), P90: hm(72, 30)}, tickets.FirstWork: {N: 6, Median: hm(4, 0), P90: hm(15, 0)},
			tickets.FirstWall: {N: 6, Median: hm(26, 52) + 30*time.Second, P90: hm(72, 30)}, tickets.AtDesk: {N: 7, Median: hm(1, 0), P90: hm(57, 0)},
		} {
			if r.Sums[f].Spread != want {
				w.Errorf("%s: %+v, paper %+v", f, r.Sums[f].Spread, want)
			}
		}
		if r.Oldest != local(t, "2026-12-10 08.00") { // K
			w.Error("the oldest: ", r.Oldest.Short(db.WITA))
		}
		if was := r.Was; was[tickets.Arrived].N != 2 || was[tickets.Backlog].N != 2 || was[tickets.Resolved].N != 0 || was[tickets.Response].N != 1 {
			w.Errorf("the week before: %+v", was)
		}
	})
}

// agrees tells whether a figure, its list and the paper are the same.
func agrees(w *ticketstest.World, b tickets.Behind, p tickets.Period, n int, names map[string]string, want string) {
	w.Helper()
	page, err := w.Desk.ReportList(w.Context(), w.Supervisor, b, p, "")
	if err != nil {
		w.Fatal(err)
	}
	got := ""
	for _, t := range page.Rows {
		got += names[t.Number]
	}
	if n != len(want) || page.Total != n || sorted(got) != want {
		w.Errorf("%v: %d, list %q of %d, paper %q", b, n, got, page.Total, want)
	}
}

func sorted(text string) string {
	letters := []byte(text)
	slices.Sort(letters)
	return string(letters)
}

// The parts of a figure add up to it, and each lists exactly what it counts.
func TestThePartsAddUpToTheWhole(t *testing.T) {
	each(t, func(w *ticketstest.World) {
		written(w, t)
		p := period(t, week[0], week[1])
		if n := addsUp(w, p); n != [2]int{10, 7} {
			w.Error("arrived and resolved: ", n)
		}
		addsUp(w, tickets.Period{From: p.From, Until: p.Until.Add(72 * time.Hour)}) // G ends this very moment
	})
}

func addsUp(w *ticketstest.World, p tickets.Period) [2]int {
	w.Helper()
	r := addsUpFor(w, w.Supervisor, p, tickets.ReportFilter{})
	return [2]int{r.Sums[tickets.Arrived].N, r.Sums[tickets.Resolved].N}
}

// addsUpFor holds a report against itself: the parts of each figure, the lists
// behind them, and what came and went.
func addsUpFor(w *ticketstest.World, by tickets.By, p tickets.Period, f tickets.ReportFilter) tickets.Report {
	w.Helper()
	r := read(w, by, p, f)
	for figure, sum := range r.Sums {
		lists(w, by, p, tickets.Behind{Figure: figure, Filter: f}, sum.N)
		for d, groups := range sum.Groups {
			n := 0
			for _, g := range groups {
				n += g.N
				lists(w, by, p, tickets.Behind{Figure: figure, Dimension: d, Value: g.Value, Filter: f}, g.N)
			}
			if n != sum.N {
				w.Errorf("%s by %s: %d, in all %d", figure, d, n, sum.N)
			}
		}
	}
	balances(w, r)
	return r
}
