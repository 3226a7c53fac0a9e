package tickets_test

import (
	"errors"
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

func lists(w *ticketstest.World, by tickets.By, p tickets.Period, b tickets.Behind, n int) {
	w.Helper()
	page, err := w.Desk.ReportList(w.Context(), by, b, p, "")
	if err != nil || page.Total != n || len(page.Rows) != min(n, tickets.PageSize) {
		w.Errorf("%+v: %d, list of %d, %d shown, %v", b, n, page.Total, len(page.Rows), err)
	}
}

func balances(w *ticketstest.World, r tickets.Report) {
	w.Helper()
	sums := func(all ...tickets.Figure) (n int) {
		for _, f := range all {
			n += r.Sums[f].N
		}
		return n
	}
	hours := 0
	for _, n := range r.Hours {
		hours += n
	}
	var steps tickets.Step
	for _, s := range r.Steps {
		steps.Arrived, steps.Reopened, steps.Resolved, steps.Ended = steps.Arrived+s.Arrived, steps.Reopened+s.Reopened, steps.Resolved+s.Resolved, steps.Ended+s.Ended
	}
	came, went := sums(tickets.Arrived, tickets.Reopenings), sums(tickets.Resolved, tickets.Declined, tickets.Dropped)
	for what, same := range map[string][2]int{
		"the ages, what is open":        {sums(tickets.Ages...), sums(tickets.Backlog)},
		"the hours, what arrived":       {hours, sums(tickets.Arrived)},
		"the days, what arrived":        {steps.Arrived, sums(tickets.Arrived)},
		"the days, what was reopened":   {steps.Reopened, sums(tickets.Reopenings)},
		"the days, what was resolved":   {steps.Resolved, sums(tickets.Resolved)},
		"the days, what ended":          {steps.Ended, went},
		"the last day, what is open":    {r.Steps[len(r.Steps)-1].Open, sums(tickets.Backlog)},
		"what came and went, is open":   {r.Was[tickets.Backlog].N + came - went, sums(tickets.Backlog)},
		"kept and missed, judged":       {sums(tickets.Kept, tickets.Missed), sums(tickets.Judged)},
		"resolved and refused, decided": {sums(tickets.Resolved, tickets.Declined), sums(tickets.Decided)},
	} {
		if same[0] != same[1] {
			w.Errorf("%s: %d and %d", what, same[0], same[1])
		}
	}
}

func TestArrivalsStandAtTheirHourOfTheWeek(t *testing.T) {
	each(t, func(w *ticketstest.World) {
		written(w, t)
		hours := read(w, w.Supervisor, period(t, week[0], week[1]), tickets.ReportFilter{}).Hours
		if hours[0*24+23] != 1 || hours[1*24+10] != 3 || hours[6*24+9] != 1 {
			w.Error("hours of the week: ", hours)
		}
	})
}

// A filter narrows every figure and its list alike.
func TestAFilterNarrowsAll(t *testing.T) {
	each(t, func(w *ticketstest.World) {
		names := written(w, t)
		exec(w, `UPDATE tickets SET home_unit = 'RSUD Contoh', level = 'L2' WHERE name IN ('A', 'B')`)
		rebuild(w)
		p := period(t, week[0], week[1])
		for _, f := range []tickets.ReportFilter{{Unit: "RSUD Contoh"}, {Level: tickets.L2}, {Unit: "RSUD Contoh", Kind: tickets.Other, Channel: tickets.Remote}} {
			r := read(w, w.Supervisor, p, f)
			for figure, want := range map[tickets.Figure]string{tickets.Arrived: "AB", tickets.Missed: "B"} {
				agrees(w, tickets.Behind{Figure: figure, Filter: f}, p, r.Sums[figure].N, names, want)
			}
		}
		unknown := tickets.ReportFilter{Unit: tickets.UnknownUnit}
		if r := read(w, w.Supervisor, p, unknown); r.Sums[tickets.Arrived].N != 8 {
			w.Error("of nobody in the roster: ", r.Sums[tickets.Arrived].N)
		}
		if r := read(w, w.Supervisor, p, tickets.ReportFilter{Kind: tickets.MFA}); r.Sums[tickets.Arrived].N != 0 {
			w.Error(r.Sums)
		}
	})
}

// rebuild forgets every measure and derives them from ticket_events again.
func rebuild(w *ticketstest.World) {
	w.Helper()
	exec(w, `DELETE FROM measures`)
	exec(w, `INSERT INTO measure_queue (event, ticket) SELECT 'again' || id, id FROM tickets`)
	for done := false; !done; {
		var err error
		if done, err = w.Desk.Fold(w.Context()); err != nil {
			w.Fatal(err)
		}
	}
}

func TestTheBandsAddUpToTheBacklog(t *testing.T) {
	each(t, func(w *ticketstest.World) {
		now := local(t, "2026-12-11 16.30") // the end of a working week
		for i, working := range []time.Duration{400 * time.Hour, 37*time.Hour + 30*time.Minute, 37*time.Hour + 29*time.Minute, 15 * time.Hour,
			15*time.Hour - time.Minute, 8 * time.Hour, 479 * time.Minute, 4 * time.Hour, 239 * time.Minute, time.Minute} {
			if at := tickets.Office(db.WITA).Back(now, working); at > w.DB.Now() {
				w.Clock.Advance(at.Sub(w.DB.Now()))
			}
			filedAs(w, string(rune('a'+i)))
		}
		w.Clock.Advance(now.Sub(w.DB.Now()))
		exec(w, `UPDATE ticket_events SET at = $1 WHERE at = (SELECT min(at) FROM ticket_events)`, tickets.Office(db.WITA).Back(now, 400*time.Hour))
		rebuild(w)
		r := read(w, w.Supervisor, tickets.Period{From: now.Add(-time.Hour), Until: now}, tickets.ReportFilter{})
		for f, n := range map[tickets.Figure]int{tickets.Backlog: 10, tickets.Age4h: 2, tickets.Age8h: 2, tickets.Age2d: 2, tickets.Age5d: 2, tickets.AgeOver: 2} {
			if r.Sums[f].N != n {
				w.Errorf("%s: %d, want %d", f, r.Sums[f].N, n)
			}
		}
	})
}

// Whoever drills down is written down, page by page (design: "drill down;
// audit"); nothing that was only typed into an address is.
func TestTheListsBehindAReportAreAudited_AU03(t *testing.T) {
	each(t, func(w *ticketstest.World) {
		since := w.DB.Now()
		decide(w, "Dinas Kesehatan", time.Minute, true)
		p := tickets.Period{From: since, Until: w.DB.Now().Add(time.Minute)}
		pair := w.Checker.Staff.ID + " " + w.Approver.Staff.ID
		read := func(detail string) int {
			return scan[int](w, `SELECT count(*) FROM audit_events WHERE action = 'report.read' AND actor = $1 AND detail LIKE '%' || $2 || '%'`, w.Supervisor.Staff.ID, detail)
		}
		_, err := w.Desk.ReportList(w.Context(), w.Supervisor, tickets.Behind{Figure: tickets.Arrived}, p, "")
		_, err2 := w.Desk.PairList(w.Context(), w.Supervisor, w.Checker.Staff.ID, w.Approver.Staff.ID, p, "")
		_, err3 := w.Desk.PairList(w.Context(), w.Supervisor, "typed", "197001012000011001", p, "")
		if err != nil || err2 != nil || err3 != nil || read(`"figure":"masuk"`) != 1 || read(`"pair":"`+pair+`"`) != 1 || read(`"pair":""`) != 1 || read("1970") != 0 {
			w.Error(err, err2, err3, read(""), read("figure"), read("pair"))
		}
	})
}

func TestAReportIsForSupervisorsOfTheAgency_ST04(t *testing.T) {
	each(t, func(w *ticketstest.World) {
		written(w, t)
		w.Clock.Advance(30 * 24 * time.Hour)
		p := period(t, week[0], week[1])
		if _, err := w.Desk.Report(w.Context(), w.Checker, p, tickets.ReportFilter{}, nil); !errors.Is(err, tickets.ErrRole) {
			w.Error(err)
		}
		if _, err := w.Desk.ReportList(w.Context(), w.Checker, tickets.Behind{Figure: tickets.Arrived}, p, ""); !errors.Is(err, tickets.ErrRole) {
			w.Error(err)
		}
		far := w.Supervisor
		far.Staff.Agency = "BKPSDM Kota Lain"
		r, err := w.Desk.Report(w.Context(), far, p, tickets.ReportFilter{}, nil)
		page, err2 := w.Desk.ReportList(w.Context(), far, tickets.Behind{Figure: tickets.Arrived}, p, "")
		if err != nil || err2 != nil || r.Sums[tickets.Arrived].N != 0 || r.Sums[tickets.FullWall].N != 0 || page.Total != 0 {
			w.Error(r.Sums, page.Rows, err, err2)
		}
		for _, bad := range []tickets.Period{{}, {From: 5, Until: 5}, {From: 6, Until: 5}, {From: 0, Until: db.At(time.Date(2026, 1, 1, 0, 0, 0, 0, time.UTC))}} {
			if _, err := w.Desk.Report(w.Context(), w.Supervisor, bad, tickets.ReportFilter{}, nil); !errors.Is(err, tickets.ErrPeriod) {
				w.Error(bad, err)
			}
		}
		if n := scan[int](w, `SELECT count(*) FROM audit_events WHERE action = 'report.read' AND detail LIKE '%"of":"all"%'`); n != 1 {
			w.Error("reports read and audited: ", n)
		}
	})
}

// A supervisor of some units counts and lists theirs only, whatever the figure.
func TestAReportIsOfTheSupervisorsUnits_ST04(t *testing.T) {
	each(t, func(w *ticketstest.World) {
		names := written(w, t)
		exec(w, `UPDATE tickets SET home_unit = 'Dinas Kesehatan' WHERE name IN ('A', 'D', 'E')`)
		rebuild(w)
		p := period(t, week[0], week[1])
		bound := *w
		bound.Supervisor.Staff.Units = []string{"Dinas Kesehatan"}
		r := read(w, bound.Supervisor, p, tickets.ReportFilter{})
		for f, list := range map[tickets.Figure]string{tickets.Arrived: "ADE", tickets.Resolved: "AD", tickets.Backlog: "E", tickets.Age4h: "E"} {
			agrees(&bound, tickets.Behind{Figure: f}, p, r.Sums[f].N, names, list)
		}
		var days, hours int
		for _, s := range r.Steps {
			days += s.Arrived + s.Resolved
		}
		for _, n := range r.Hours {
			hours += n
		}
		if full := r.Sums[tickets.FullWork].Spread; full.N != 2 || full.P90 != 15*time.Minute || days != 5 || hours != 3 || r.Was[tickets.Arrived].N != 0 {
			w.Errorf("%+v, %d in the days, %d in the hours", full, days, hours)
		}
	})
}

func TestWhatWasDisownedWasNoSolution(t *testing.T) {
	each(t, func(w *ticketstest.World) {
		w.File(w.Person(budi, "Budi Santoso"), tickets.Counter).To(tickets.Done)
		p := tickets.Period{From: w.DB.Now().Add(-time.Hour), Until: w.DB.Now().Add(time.Hour)}
		sums := func() map[tickets.Figure]tickets.Sum { return read(w, w.Supervisor, p, tickets.ReportFilter{}).Sums }
		s := sums()
		if s[tickets.Resolved].N != 1 || s[tickets.Identity].N != 1 || s[tickets.Approval].N != 1 || s[tickets.Reissue].N != 1 {
			w.Error(s)
		}
		notMe(w, "notice.device.added") // opens a fraud case, which is in no figure
		if s := sums(); s[tickets.Resolved].N != 0 || s[tickets.Arrived].N != 1 || s[tickets.Backlog].N != 0 || s[tickets.NotMine].N != 1 || s[tickets.Dropped].N != 1 {
			w.Error(s)
		}
	})
}

func TestEveryFigureIsDefined(t *testing.T) {
	for _, f := range tickets.Figures {
		if f.Label() == "" || f.Sheet().Set == "" || f.Timed() && (f.Sheet().Clock == "" || f.Sheet().Start == "" || f.Sheet().End == "") {
			t.Error(f)
		}
		if of := f.Of(); of != "" && of.Label() == "" {
			t.Error(f, " is of ", of)
		}
	}
}
