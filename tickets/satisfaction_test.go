package tickets_test

import (
	"errors"
	"slices"
	"strings"
	"testing"
	"time"

	"pulih/db"
	"pulih/db/dbtest"
	"pulih/tickets"
	"pulih/tickets/ticketstest"
)

// opinions is a world whose people say what they think.
type opinions struct {
	*ticketstest.World
	who   ticketstest.Someone
	begun db.Time
}

func eachOpinion(t *testing.T, f func(opinions)) {
	t.Helper()
	dbtest.Each(t, func(t *testing.T, d *db.DB, clock *dbtest.Clock) {
		w := ticketstest.New(t, d, clock)
		f(opinions{w, w.Person(budi, "Budi Santoso"), w.DB.Now()})
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

// saidIn lets the running month end, and reads what a supervisor is told of
// it.
func (w opinions) saidIn(by tickets.By) tickets.Satisfaction {
	w.Helper()
	w.Clock.Advance(31 * 24 * time.Hour)
	return w.told(by, w.DB.Now())
}

func (w opinions) told(by tickets.By, until db.Time) tickets.Satisfaction {
	w.Helper()
	s, _, err := w.Desk.Satisfaction(w.Context(), by, until)
	if err != nil {
		w.Fatal(err)
	}
	return s
}

func TestWhatPeopleSayAddsUp(t *testing.T) {
	eachOpinion(t, func(w opinions) {
		for i, said := range []tickets.Rating{{"ya", 4}, {"ya", 4}, {"ya", 3}, {"sebagian", 3}, {"tidak", 2}, {"tidak", 1}, {"ya", 3}} {
			if w.rate(w.finished(), said.Solved, said.Helped); i == 0 {
				w.finished() // and says nothing
			}
		}
		s := w.saidIn(w.Supervisor)
		if s.Helped != [4]int{1, 1, 3, 2} || s.Asked != 7 || s.Answered != 7 || s.Solved != [3]int{4, 1, 2} || s.Invited != 8 || s.Responded != 7 {
			w.Errorf("%+v", s)
		}
		if !slices.Equal(s.HelpedShares(), []int{14, 14, 43, 29}) || !slices.Equal(s.SolvedShares(), []int{57, 14, 29}) {
			w.Error(s.HelpedShares(), s.SolvedShares())
		}
		for want, got := range map[int]func() (int, bool){71: s.CSAT, 88: s.Response, 57: s.SolvedAll} { // 5 of 7, 7 of 8, 4 of 7
			if percent, ok := got(); !ok || percent != want {
				w.Errorf("%d, want %d", percent, want)
			}
		}
	})
}

// Of four people nothing is told; the fifth opens what he answered.
func TestFewerThanFiveAnswersAreNotTold(t *testing.T) {
	eachOpinion(t, func(w opinions) {
		for i := range 4 {
			w.surveyed(nine[i])
		}
		w.rate(w.finished(), "tidak", 1)
		exec(w.World, `UPDATE ticket_ratings SET at = at - 40 * 86400000000 WHERE helped = 1`) // in October
		s := w.saidIn(w.Supervisor)
		_, index := s.Index()
		_, response := s.Response()
		if s.HelpedShares() != nil || s.SolvedShares() != nil || index || s.Means() != nil || s.Helped != [4]int{} || s.Solved != [3]int{} || s.Sums != [9]int{} || s.Answered != 4 || s.Complete != 4 {
			w.Errorf("%+v", s)
		}
		if !response {
			w.Error("five of five ended in this month")
		}
		exec(w.World, `UPDATE ticket_ratings SET at = at + 40 * 86400000000 WHERE helped = 1`)
		s = w.told(w.Supervisor, w.DB.Now())
		if percent, ok := s.CSAT(); !ok || percent != 80 || s.Sums != [9]int{} {
			w.Errorf("%+v", s)
		}
	})
}

// Where all say the same, a joined answer is each single one.
func TestWhatAllSayIsNotTold_ST08(t *testing.T) {
	eachOpinion(t, func(w opinions) {
		for range 5 {
			w.surveyed(nine[0])
		}
		s := w.saidIn(w.Supervisor)
		_, csat := s.CSAT()
		_, solved := s.SolvedAll()
		_, index := s.Index()
		if csat || solved || index || s.HelpedShares() != nil || s.SolvedShares() != nil || s.Means() != nil ||
			s.Helped != [4]int{} || s.Solved != [3]int{} || s.Sums != [9]int{} || s.Asked != 5 || s.Complete != 5 {
			w.Errorf("%+v", s)
		}
		exec(w.World, `UPDATE ticket_surveys SET requirements = 1 WHERE ticket = (SELECT min(ticket) FROM ticket_surveys)`)
		if s = w.told(w.Supervisor, w.DB.Now()); s.Means() != nil { // with the index they would tell the eight that are alike
			w.Error(s.Means())
		}
		if _, ok := s.Index(); !ok {
			w.Error("surveys that differ have no index")
		}
	})
}

// Two periods that differ by the day of one answer are told the same: months
// that are over, whatever days are asked for.
func TestOverlappingPeriodsTellNoSingleAnswer_ST08(t *testing.T) {
	eachOpinion(t, func(w opinions) {
		for i := range 6 {
			w.rate(w.finished(), tickets.Solveds[i%3], 1+i%4)
			w.Clock.Advance(24 * time.Hour) // 23 to 28 November
		}
		monday := w.DB.Now()
		if s := w.told(w.Supervisor, monday); s.Answered != 0 || !strings.Contains(s.Month.From.Date(db.WITA), "1 Oktober") {
			w.Errorf("a running month is told: %+v", s)
		}
		w.Clock.Advance(7 * 24 * time.Hour)
		friday, saturday := w.told(w.Supervisor, monday.Add(-48*time.Hour)), w.told(w.Supervisor, monday.Add(-24*time.Hour))
		if friday != saturday || friday.Answered != 6 || friday != w.told(w.Supervisor, w.DB.Now()) || friday != w.told(w.Supervisor, w.DB.Now().Add(1000*time.Hour)) {
			w.Errorf("%+v\n%+v", friday, saturday)
		}
	})
}

// Answers count by when they were given, and the rate by when the request
// ended: it is never more than all.
func TestAnswersCountByTheirOwnTime(t *testing.T) {
	eachOpinion(t, func(w opinions) {
		var ended []*ticketstest.Story
		for range 6 {
			ended = append(ended, w.finished())
		}
		w.Clock.Advance(10 * 24 * time.Hour) // to December
		for i, s := range ended {
			w.rate(s, "ya", 3+i%2)
		}
		w.Clock.Advance(31 * 24 * time.Hour)
		december, november, err := w.Desk.Satisfaction(w.Context(), w.Supervisor, w.DB.Now())
		if err != nil {
			w.Fatal(err)
		}
		if percent, ok := november.Response(); november.Answered != 0 || november.Invited != 6 || november.Responded != 6 || percent != 100 || !ok {
			w.Errorf("%+v", november)
		}
		if _, ok := december.Response(); december.Answered != 6 || december.Invited != 0 || ok {
			w.Errorf("%+v", december)
		}
	})
}

// Who stopped himself was not served, and is not asked.
func TestOnlyTheServedAreInvited(t *testing.T) {
	invited := map[tickets.State]int{tickets.Done: 1, tickets.Refused: 1}
	for _, state := range []tickets.State{tickets.Open, tickets.Waiting, tickets.Checked, tickets.Done, tickets.Refused, tickets.Expired, tickets.Cancelled} {
		eachOpinion(t, func(w opinions) {
			w.File(w.who, tickets.Remote).To(state)
			if s := w.saidIn(w.Supervisor); s.Invited != invited[state] {
				w.Errorf("%s: %+v", state, s)
			}
		})
	}
}

func TestSatisfactionStaysWithinAgencyAndUnits_ST04(t *testing.T) {
	eachOpinion(t, func(w opinions) {
		theirs := w.Person(dewi, "Dewi Lestari")
		exec(w.World, `UPDATE people SET unit = 'RSUD Contoh' WHERE id = $1`, theirs.ID)
		for i := range 6 {
			w.surveyed(nine[i])
			w.rate(w.finishedOf(theirs), tickets.Solveds[i%3], 1+i%2)
		}
		bound, elsewhere := w.Supervisor, w.Supervisor
		bound.Staff.Units, elsewhere.Staff.Agency = []string{"RSUD Contoh"}, "BKPSDM Kota Lain"
		if s := w.saidIn(bound); s.Invited != 6 || s.Helped != [4]int{3, 3} || s.Complete != 0 {
			w.Errorf("bound: %+v", s)
		}
		s := w.told(elsewhere, w.DB.Now())
		if s.Month = (tickets.Period{}); s != (tickets.Satisfaction{}) {
			w.Errorf("elsewhere: %+v", s)
		}
		for name, by := range map[string]tickets.By{"an agent": w.Checker, "an approver": w.Approver} {
			if _, _, err := w.Desk.Satisfaction(w.Context(), by, w.DB.Now()); !errors.Is(err, tickets.ErrRole) {
				w.Errorf("%s: %v", name, err)
			}
		}
	})
}

// Months are those of the agency's zone; one that is not over is not told.
func TestOnlyMonthsThatAreOverAreTold(t *testing.T) {
	eachOpinion(t, func(w opinions) {
		day := func(month time.Month, day int) db.Time {
			return db.At(time.Date(2026, month, day, 0, 0, 0, 0, db.WITA.Location))
		}
		for until, want := range map[db.Time]db.Time{day(11, 30): day(10, 1), day(12, 31): day(10, 1), day(11, 2): day(10, 1), day(11, 1): day(10, 1),
			day(10, 31): day(10, 1), day(10, 2): day(10, 1), day(10, 1): day(9, 1), day(3, 15): day(3, 1)} {
			s := w.told(w.Supervisor, until)
			if s.Month.From != want || s.Month.Until != db.At(want.Time().In(db.WITA.Location).AddDate(0, 1, 0)) {
				w.Errorf("until %s: %s", until.Date(db.WITA), s.Month.From.Exact(db.WITA))
			}
		}
	})
}
