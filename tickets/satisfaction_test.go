package tickets_test

import (
	"errors"
	"slices"
	"strconv"
	"testing"
	"time"

	"pulih/audit"
	"pulih/db"
	"pulih/db/dbtest"
	"pulih/tickets"
	"pulih/tickets/ticketstest"
)

// opinions is a world whose people say what they think.
type opinions struct {
	*ticketstest.World
	who ticketstest.Someone
}

func eachOpinion(t *testing.T, f func(opinions)) {
	t.Helper()
	dbtest.Each(t, func(t *testing.T, d *db.DB, clock *dbtest.Clock) {
		w := ticketstest.New(t, d, clock)
		f(opinions{w, w.Person(budi, "Budi Santoso")})
	})
}

// finished is a request that ended a minute after the last.
func (w opinions) finished() *ticketstest.Story { return w.finishedOf(w.who) }

func (w opinions) finishedOf(p ticketstest.Someone) *ticketstest.Story {
	w.Helper()
	w.Clock.Advance(time.Minute)
	s := w.FileAs(p, tickets.Filing{NIP: p.NIP, Name: p.Name, Unit: p.Unit, Kind: tickets.Other, Channel: tickets.Remote, Problem: "?"})
	w.solve(s)
	return s
}

func (w opinions) solve(s *ticketstest.Story) {
	w.Helper()
	if _, err := w.Desk.Resolve(w.Context(), w.Checker, s.Number, s.Version(), tickets.ByAnswer, ""); err != nil {
		w.Fatal(err)
	}
}

func (w opinions) rate(s *ticketstest.Story, solved string, helped int) {
	w.Helper()
	if err := w.Desk.Rate(w.Context(), s.Number, s.Secret, tickets.Rating{Solved: solved, Helped: helped}, ticketstest.Stranger); err != nil {
		w.Fatal(err)
	}
}

// till is from an instant until just behind now.
func (w opinions) till(since db.Time) tickets.Period {
	return tickets.Period{From: since, Until: w.DB.Now().Add(time.Second)}
}

func satisfied(w opinions, since db.Time, f tickets.ReportFilter) tickets.Satisfaction {
	w.Helper()
	return w.satisfaction(w.Supervisor, since, f)
}

func (w opinions) satisfaction(by tickets.By, since db.Time, f tickets.ReportFilter) tickets.Satisfaction {
	w.Helper()
	return w.said(by, w.till(since), f)
}

func (w opinions) said(by tickets.By, p tickets.Period, f tickets.ReportFilter) tickets.Satisfaction {
	w.Helper()
	invited := read(w.World, by, p, f).Sums[tickets.Invited].N
	s, err := w.Desk.Satisfaction(w.Context(), by, p, f, invited)
	if err != nil {
		w.Fatal(err)
	}
	return s
}

func (w opinions) answerers(by tickets.By, a tickets.Answers, p tickets.Period) (all []string) {
	w.Helper()
	for c := tickets.Cursor(""); ; {
		page, err := w.Desk.AnswersList(w.Context(), by, a, p, tickets.ReportFilter{}, c)
		if err != nil {
			w.Fatal(err)
		}
		for _, row := range page.Rows {
			all = append(all, row.Number)
		}
		if c = page.Next; c == "" {
			return all
		}
	}
}

func TestWhatPeopleSayAddsUp(t *testing.T) {
	eachOpinion(t, func(w opinions) {
		since := w.DB.Now()
		var newest []string
		for i, said := range []tickets.Rating{{"ya", 4}, {"ya", 4}, {"ya", 3}, {"sebagian", 3}, {"tidak", 2}, {"tidak", 1}, {"ya", 3}} {
			s := w.finished()
			if w.rate(s, said.Solved, said.Helped); i == 0 {
				w.finished() // and says nothing
			}
			newest = append([]string{s.Number}, newest...)
		}
		s := satisfied(w, since, tickets.ReportFilter{})
		if s.Helped != [4]int{1, 1, 3, 2} || s.Asked() != s.Answered || s.Solved != [3]int{4, 1, 2} || s.Invited != 8 || s.Responded != 7 {
			w.Errorf("%+v", s)
		}
		for want, got := range map[int]func() (int, bool){71: s.CSAT, 88: s.Response, 57: s.SolvedAll} { // 5 of 7, 7 of 8, 4 of 7
			if percent, ok := got(); !ok || percent != want {
				w.Errorf("%d, want %d", percent, want)
			}
		}
		if got := w.answerers(w.Supervisor, tickets.RatingAnswers, w.till(since)); !slices.Equal(got, newest) {
			w.Errorf("%v, want %v", got, newest)
		}
	})
}

// Of four people nothing is told, and nothing is listed; the fifth opens both.
func TestFewerThanFiveAnswersAreNotTold(t *testing.T) {
	eachOpinion(t, func(w opinions) {
		since := w.DB.Now()
		for range 4 {
			w.surveyed(nine[0])
		}
		s := satisfied(w, since, tickets.ReportFilter{})
		_, csat := s.CSAT()
		_, index := s.Index()
		_, mean := s.Mean(0)
		_, response := s.Response()
		_, solved := s.SolvedAll()
		if csat || index || mean || response || solved || s.Helped != [4]int{} || s.Solved != [3]int{} || s.Sums != [9]int{} || s.Answered != 4 || s.Complete != 4 {
			w.Errorf("%+v", s)
		}
		for _, a := range []tickets.Answers{tickets.RatingAnswers, tickets.SurveyAnswers} {
			if got := w.answerers(w.Supervisor, a, w.till(since)); got != nil {
				w.Errorf("%s: %v", a, got)
			}
		}
		w.surveyed(tickets.Survey{4}) // a fifth rating, and no complete survey
		s = satisfied(w, since, tickets.ReportFilter{})
		if _, ok := s.CSAT(); !ok || s.Helped[3] != 5 || s.Sums != [9]int{} {
			w.Errorf("%+v", s)
		}
		if rated, surveyed := w.answerers(w.Supervisor, tickets.RatingAnswers, w.till(since)), w.answerers(w.Supervisor, tickets.SurveyAnswers, w.till(since)); len(rated) != 5 || surveyed != nil {
			w.Errorf("%v, %v", rated, surveyed)
		}
	})
}

// Answers count by when they were given, and the rate by when the request
// ended: it is never more than all.
func TestAnswersCountByTheirOwnTime(t *testing.T) {
	eachOpinion(t, func(w opinions) {
		since := w.DB.Now()
		var ended []*ticketstest.Story
		for range 6 {
			ended = append(ended, w.finished())
		}
		later := w.DB.Now().Add(time.Second)
		w.Clock.Advance(time.Hour)
		for _, s := range ended {
			w.rate(s, "ya", 4)
		}
		first := w.said(w.Supervisor, tickets.Period{From: since, Until: later}, tickets.ReportFilter{})
		if percent, ok := first.Response(); first.Answered != 0 || first.Invited != 6 || first.Responded != 6 || percent != 100 || !ok {
			w.Errorf("%+v", first)
		}
		second := satisfied(w, later, tickets.ReportFilter{})
		if _, ok := second.Response(); second.Answered != 6 || second.Invited != 0 || ok {
			w.Errorf("%+v", second)
		}
	})
}

// Who stopped himself was not served, and is not asked.
func TestOnlyTheServedAreInvited(t *testing.T) {
	invited := map[tickets.State]int{tickets.Done: 1, tickets.Refused: 1, tickets.Expired: 1}
	for _, state := range []tickets.State{tickets.Open, tickets.Waiting, tickets.Checked, tickets.Done, tickets.Refused, tickets.Expired, tickets.Cancelled} {
		eachOpinion(t, func(w opinions) {
			since := w.DB.Now()
			w.File(w.who, tickets.Remote).To(state)
			if s := satisfied(w, since, tickets.ReportFilter{}); s.Invited != invited[state] {
				w.Errorf("%s: %+v", state, s)
			}
		})
	}
}

func TestSatisfactionStaysWithinAgencyAndUnits_ST04(t *testing.T) {
	eachOpinion(t, func(w opinions) {
		since, theirs := w.DB.Now(), w.Person(dewi, "Dewi Lestari")
		exec(w.World, `UPDATE people SET unit = 'RSUD Contoh' WHERE id = $1`, theirs.ID)
		for i := range 6 {
			w.surveyed(nine[i])
			s := w.finishedOf(theirs)
			w.rate(s, "tidak", 1)
		}
		bound, elsewhere := w.Supervisor, w.Supervisor
		bound.Staff.Units, elsewhere.Staff.Agency = []string{"RSUD Contoh"}, "BKPSDM Kota Lain"
		if s := w.satisfaction(bound, since, tickets.ReportFilter{}); s.Invited != 6 || s.Helped != [4]int{6} || s.Complete != 0 || len(w.answerers(bound, tickets.RatingAnswers, w.till(since))) != 6 {
			w.Errorf("bound: %+v", s)
		}
		if s := w.satisfaction(elsewhere, since, tickets.ReportFilter{}); s != (tickets.Satisfaction{}) || w.answerers(elsewhere, tickets.RatingAnswers, w.till(since)) != nil {
			w.Errorf("elsewhere: %+v", s)
		}
		for name, by := range map[string]tickets.By{"an agent": w.Checker, "an approver": w.Approver} {
			_, err := w.Desk.Satisfaction(w.Context(), by, w.till(since), tickets.ReportFilter{}, 0)
			_, err2 := w.Desk.AnswersList(w.Context(), by, tickets.RatingAnswers, w.till(since), tickets.ReportFilter{}, "")
			if !errors.Is(err, tickets.ErrRole) || !errors.Is(err2, tickets.ErrRole) {
				w.Errorf("%s: %v %v", name, err, err2)
			}
		}
	})
}

// A report is narrowed by what the request was when it was answered.
func TestSatisfactionIsNarrowed(t *testing.T) {
	eachOpinion(t, func(w opinions) {
		since, theirs := w.DB.Now(), w.Person(dewi, "Dewi Lestari")
		theirs.Unit = "RSUD Contoh"
		for i := range 5 {
			w.surveyed(nine[i])
			s := w.finishedOf(theirs)
			w.rate(s, "tidak", 2)
		}
		exec(w.World, `UPDATE ticket_ratings SET level = 'L2', channel = 'counter' WHERE helped = 2`)
		for f, want := range map[tickets.ReportFilter][2]int{ // rated, surveyed
			{}: {10, 5}, {Kind: tickets.Other}: {10, 5}, {Kind: tickets.MFA}: {}, {Unit: "RSUD Contoh"}: {5, 0}, {Unit: "RSUD"}: {},
			{Level: tickets.L2}: {5, 0}, {Channel: tickets.Remote}: {5, 5}, {Channel: tickets.Counter, Unit: "Dinas Pendidikan"}: {}} {
			if s := satisfied(w, since, f); [2]int{s.Answered, s.Complete} != want {
				w.Errorf("%+v: %+v, want %v", f, s, want)
			}
		}
	})
}

// The list behind the answers shows no answer, tells whoever answered twice
// twice, goes on over its pages and is audited.
func TestTheListOfAnswersIsWholeAndAudited_AU03(t *testing.T) {
	eachOpinion(t, func(w opinions) {
		since := w.DB.Now()
		s := w.finished()
		w.rate(s, "ya", 4)
		exec(w.World, `INSERT INTO ticket_ratings (ticket, cycle, agency, home_unit, unit, kind, level, channel, ended_at, solved, ease, helped, at)
			SELECT ticket, 100 + n.value, agency, home_unit, unit, kind, level, channel, ended_at, solved, ease, helped, at + n.value
			FROM ticket_ratings, (`+counted(tickets.PageSize+9)+`) AS n`)
		if got := w.answerers(w.Supervisor, tickets.RatingAnswers, w.till(since)); len(got) != tickets.PageSize+10 {
			w.Errorf("%d of %d", len(got), tickets.PageSize+10)
		}
		if n := audited(w.World, audit.ReportRead, audit.OK); n != 2 {
			w.Errorf("%d pages audited", n)
		}
		if _, err := w.Desk.AnswersList(w.Context(), w.Supervisor, "gaji", w.till(since), tickets.ReportFilter{}, ""); !errors.Is(err, tickets.ErrPeriod) {
			w.Error("a list that is not: ", err)
		}
	})
}

// counted is a query of 1 to n in a column "value".
func counted(n int) string {
	query := "SELECT 1 AS value"
	for i := 2; i <= n; i++ {
		query += " UNION ALL SELECT " + strconv.Itoa(i)
	}
	return query
}
