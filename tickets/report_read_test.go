package tickets_test

import (
	"errors"
	"testing"
	"time"

	"pulih/db"
	"pulih/tickets"
	"pulih/tickets/ticketstest"
)

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
