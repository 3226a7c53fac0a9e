package tickets_test

import (
	"errors"
	"os"
	"slices"
	"strings"
	"testing"

	"pulih/audit"
	"pulih/tickets"
	"pulih/tickets/ticketstest"
)

// Worked out by hand. 7 surveys, so that no mean is a round number:
//
//	           answers         sum  mean
//	element 1  4 4 3 4 3 4 2    24  3.428571
//	element 2  3 3 3 4 2 4 3    22  3.142857
//	element 3  4 2 3 3 1 4 2    19  2.714286
//	element 4  4 4 4 4 4 4 3    27  3.857143
//	element 5  3 4 3 4 3 3 4    24  3.428571
//	element 6  4 4 3 3 3 4 4    25  3.571429
//	element 7  4 4 4 4 3 4 4    27  3.857143
//	element 8  2 3 3 3 2 4 3    20  2.857143
//	element 9  3 3 3 4 3 3 2    21  3
//
// The sums make 209, the means 29.857143. With a ninth: 29.857143 / 9 × 25 =
// 82.936508, "82,94", B. With the rounded 0.11 it were 82.11.
var nine = [7]tickets.Survey{
	{4, 3, 4, 4, 3, 4, 4, 2, 3}, {4, 3, 2, 4, 4, 4, 4, 3, 3}, {3, 3, 3, 4, 3, 3, 4, 3, 3}, {4, 4, 3, 4, 4, 3, 4, 3, 4},
	{3, 2, 1, 4, 3, 3, 3, 2, 3}, {4, 4, 4, 4, 3, 4, 4, 4, 3}, {2, 3, 2, 3, 4, 4, 4, 3, 2},
}

func TestTheIndexAgreesWithThePaper(t *testing.T) {
	eachOpinion(t, func(w opinions) {
		for _, s := range nine {
			w.surveyed(s)
		}
		for _, incomplete := range []tickets.Survey{{1}, {1, 1, 1, 1, 1, 1, 1, 1, 0}} {
			w.surveyed(incomplete) // kept, and in no mean
		}
		s := w.saidIn(w.Supervisor)
		got, ok := s.Index()
		letter, words := got.Grade()
		if !ok || got.String() != "82,94" || letter != "B" || words != "baik" || s.Complete != 7 || s.Skipped != 2 {
			w.Errorf("%s %s %s, %+v", got, letter, words, s)
		}
		if means := s.Means(); !slices.Equal(means, []float64{3.4, 3.1, 2.7, 3.9, 3.4, 3.6, 3.9, 2.9, 3}) {
			w.Error(means)
		}
	})
}

func TestTheBordersOfTheLetters(t *testing.T) {
	for h, want := range map[tickets.Hundredths]string{10000: "A", 8831: "A", 8830: "B", 7661: "B", 7660: "C", 6500: "C", 6499: "D", 2500: "D"} {
		if letter, _ := h.Grade(); letter != want {
			t.Errorf("%s: %s, want %s", h, letter, want)
		}
	}
	if got := tickets.Hundredths(6405).String(); got != "64,05" {
		t.Error(got)
	}
}

// The borders lie between hundredths, so the rounding decides: of a thousand
// surveys 31.790 points are 88,305555…, the better letter.
func TestTheIndexIsRoundedToTwoDecimalsOnce(t *testing.T) {
	for total, want := range map[int]string{31790: "88,31 A", 31789: "88,30 B", 31788: "88,30 B", 27578: "76,61 B", 27577: "76,60 C",
		23400: "65,00 C", 23398: "64,99 D", 36000: "100,00 A", 9000: "25,00 D"} {
		s := tickets.Surveys{Complete: 1000, Sums: [9]int{total}, Most: [9]int{1}}
		got, _ := s.Index()
		if letter, _ := got.Grade(); got.String()+" "+letter != want {
			t.Errorf("%d points: %s %s, want %s", total, got, letter, want)
		}
	}
}

// The sizes are those of the table that the regulation prints.
func TestTheSampleIsTheRegulations(t *testing.T) {
	for served, want := range map[int]int{0: 0, 10: 10, 15: 14, 50: 44, 100: 80, 200: 132, 420: 201, 1000: 278, 1600: 310, 10000: 370, 1000000: 384} {
		if got := tickets.Sample(served); got != want {
			t.Errorf("%d people: %d answers, want %d", served, got, want)
		}
	}
}

func TestASurveyComesAfterTheRatingAndOnce(t *testing.T) {
	eachOpinion(t, func(w opinions) {
		s, good := w.finished(), tickets.Survey{4, 3, 2, 4, 3, 2, 1, 0, 4}
		survey := func(answers tickets.Survey) error {
			return w.Desk.Survey(w.Context(), s.Number, s.Secret, answers, ticketstest.Stranger)
		}
		if err := survey(good); !errors.Is(err, tickets.ErrState) || s.Status().CanSurvey {
			w.Error("before the rating: ", err)
		}
		w.rate(s, "ya", 4)
		for _, bad := range []tickets.Survey{{}, {5}, {-1, 3}} {
			if err := survey(bad); !errors.Is(err, tickets.ErrMissing) || !s.Status().CanSurvey {
				w.Errorf("%v: %v", bad, err)
			}
		}
		if err := w.Desk.Survey(w.Context(), s.Number, "0000000000000000", good, ticketstest.Stranger); !errors.Is(err, tickets.ErrNoTicket) {
			w.Error("a wrong secret: ", err)
		}
		won := at(w.World, 4, func(int) error { return survey(good) }, tickets.ErrSurveyed)
		if won != 1 || s.Status().CanSurvey || scan[int](w.World, `SELECT count(*) FROM ticket_surveys`) != 1 || audited(w.World, audit.Surveyed, audit.OK) != 1 {
			w.Errorf("%d surveys", won)
		}
		if n := scan[int](w.World, `SELECT count(*) FROM audit_events WHERE action IN ('ticket.rate', 'ticket.survey') AND detail NOT LIKE '{"number":"%"}'`); n != 0 {
			w.Error("the log tells what was said")
		}
	})
}

// What is asked belongs to a cycle: who reopens is asked again, and each cycle
// counts as one that ended and was answered.
func TestAReopenedRequestIsAskedAgain(t *testing.T) {
	eachOpinion(t, func(w opinions) {
		s := w.finished()
		for range 2 {
			w.rate(s, "tidak", 1)
			if err := w.Desk.Survey(w.Context(), s.Number, s.Secret, nine[0], ticketstest.Stranger); err != nil {
				w.Fatal(err)
			}
			if err := w.Desk.ReopenByPerson(w.Context(), s.Number, s.Secret, "Belum bisa", ticketstest.Stranger); err != nil {
				w.Fatal(err)
			}
			if st := s.Status(); st.CanRate || st.CanSurvey {
				w.Error("asked while it is open")
			}
			w.solve(s)
		}
		asked := s.Status().CanRate
		if got := w.saidIn(w.Supervisor); got.Invited != 3 || got.Responded != 2 || got.Answered != 2 || got.Complete != 2 || !asked {
			w.Errorf("%+v", got)
		}
	})
}

// The form once asked about ease, 1 to 5. What was said then is kept as it is,
// with the request's dimensions beside it, and counts as nothing else.
func TestOldRatingsKeepTheirEase(t *testing.T) {
	eachOpinion(t, func(w opinions) {
		exec(w.World, `DROP TABLE ticket_ratings`)
		exec(w.World, `DROP TABLE ticket_surveys`)
		w.migrate("095_ratings")
		for range 3 {
			w.finished()
		}
		exec(w.World, `INSERT INTO ticket_ratings (ticket, cycle, agency, kind, solved, ease, at) SELECT id, cycle, agency, kind, 'ya', 5, closed_at + 7 FROM tickets`)
		w.migrate("126_satisfaction")
		for i := range 5 {
			w.rate(w.finished(), tickets.Solveds[i%2], 3+i%2)
		}
		if s := w.saidIn(w.Supervisor); s.Answered != 8 || s.Asked != 5 || s.Responded != 8 || s.Solved != [3]int{6, 2, 0} || s.Helped != [4]int{0, 0, 3, 2} {
			w.Errorf("%+v", s)
		}
		if n := scan[int](w.World, `SELECT count(*) FROM ticket_ratings r JOIN tickets t ON t.id = r.ticket WHERE ease = 5 AND helped = 0 AND ended_at = closed_at AND at = closed_at + 7`); n != 3 {
			w.Errorf("%d old ones", n)
		}
	})
}

func (w opinions) migrate(name string) {
	w.Helper()
	text, err := os.ReadFile("../db/migrations/" + name + ".sql")
	if err != nil {
		w.Fatal(err)
	}
	for statement := range strings.SplitSeq(string(text), ";\n") {
		if strings.Contains(statement, "ticket_") && !strings.Contains(statement, "ticket_events") {
			exec(w.World, statement)
		}
	}
}

func (w opinions) surveyed(answers tickets.Survey) {
	w.Helper()
	s := w.finished()
	w.rate(s, "ya", 4)
	if err := w.Desk.Survey(w.Context(), s.Number, s.Secret, answers, ticketstest.Stranger); err != nil {
		w.Fatal(err)
	}
}
