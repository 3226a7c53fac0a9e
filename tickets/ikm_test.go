package tickets_test

import (
	"errors"
	"fmt"
	"slices"
	"testing"
	"time"

	"pulih/db"
	"pulih/tickets"
)

// surveyedIn has people say what they think in a month of 2026.
func (w opinions) surveyedIn(month time.Month, answers ...tickets.Survey) {
	w.Helper()
	for _, a := range answers {
		w.surveyed(a)
	}
	day := db.At(time.Date(2026, month, 15, 0, 0, 0, 0, db.WITA.Location))
	exec(w.World, fmt.Sprintf(`UPDATE ticket_surveys SET at = %d, ended_at = %d WHERE at >= %d`, day, day, w.begun))
}

// year has 2026 end before it is told.
func (w opinions) year(half int) tickets.IKM {
	w.Helper()
	now, _, err := w.Desk.IKM(w.Context(), w.Supervisor, 2026, half)
	if err != nil {
		w.Fatal(err)
	}
	return now
}

// The seven surveys of the paper, in three months of five or more together,
// and the same with months that alone are too small.
func TestTheIndexOfAHalfYear(t *testing.T) {
	eachOpinion(t, func(w opinions) {
		w.surveyedIn(time.July, nine[:]...)
		w.surveyedIn(time.August, nine[0], nine[1])
		w.Clock.Advance(60 * 24 * time.Hour)
		if k := w.year(2); k.Index.String() != "82,94" || k.Complete != 7 || k.Apart != 2 || !slices.Equal(k.Means, []float64{3.4, 3.1, 2.7, 3.9, 3.4, 3.6, 3.9, 2.9, 3}) {
			w.Errorf("two of August are told by the difference to July: %+v", k)
		}
		w.surveyedIn(time.October, nine[2], nine[4], nine[6])
		// 209 points and those of 1, 2, 3, 5 and 7: 32 + 31 + 28 + 24 + 27 = 142;
		// 351 of 12 surveys: 25 × 351 / 108 = 81.25
		if k := w.year(2); k.Index.String() != "81,25" || k.Complete != 12 || k.Apart != 0 || k.Means == nil {
			w.Errorf("the five of August and October can be told together: %+v", k)
		}
		if k := w.year(1); k.Complete != 0 || k.Index != 0 || k.Means != nil {
			w.Errorf("%+v", k)
		}
	})
}

// A year is told beside its halves: what is left of it then is five or more.
func TestAYearTellsNoHalf_ST08(t *testing.T) {
	eachOpinion(t, func(w opinions) {
		w.surveyedIn(time.November, nine[:]...)
		w.surveyedIn(time.March, nine[0], nine[1], nine[2])
		w.Clock.Advance(60 * 24 * time.Hour)
		if k := w.year(0); k.Complete != 7 || k.Apart != 3 || w.year(1).Complete != 0 {
			w.Errorf("three of March: %+v", k)
		}
		w.surveyedIn(time.August, nine[3], nine[4])
		if k := w.year(0); k.Complete != 12 || k.Apart != 0 || w.year(2).Complete != 7 {
			w.Errorf("three of March and two of August: %+v", k)
		}
	})
}

// Where a month is all alike in some element, the means of the other months
// and of the half-year would tell it.
func TestMeansTellNoMonthThatIsAlike_ST08(t *testing.T) {
	eachOpinion(t, func(w opinions) {
		alike := slices.Clone(nine[:])
		for i := range alike {
			alike[i][3] = 4
		}
		w.surveyedIn(time.July, nine[:]...)
		w.surveyedIn(time.August, alike...)
		w.Clock.Advance(60 * 24 * time.Hour)
		if k := w.year(2); k.Complete != 14 || k.Index == 0 || k.Means != nil {
			w.Errorf("%+v", k)
		}
	})
}

func TestTheIndexIsOfWholePeriodsThatAreOver(t *testing.T) {
	eachOpinion(t, func(w opinions) {
		for name, c := range map[string]struct {
			by         tickets.By
			year, half int
			want       error
		}{
			"running year": {w.Supervisor, 2026, 0, tickets.ErrPeriod}, "running half": {w.Supervisor, 2026, 2, tickets.ErrPeriod},
			"over": {w.Supervisor, 2026, 1, nil}, "last year": {w.Supervisor, 2025, 0, nil},
			"an agent": {w.Checker, 2025, 0, tickets.ErrRole}, "an approver": {w.Approver, 2025, 0, tickets.ErrRole},
		} {
			now, before, err := w.Desk.IKM(w.Context(), c.by, c.year, c.half)
			if !errors.Is(err, c.want) || err == nil && before.Period.Until != now.Period.From {
				w.Errorf("%s: %v, %+v", name, err, before)
			}
		}
	})
}

func TestTheIndexStaysWithinAgencyAndUnits_ST04(t *testing.T) {
	eachOpinion(t, func(w opinions) {
		w.surveyedIn(time.March, nine[:]...)
		bound, elsewhere := w.Supervisor, w.Supervisor
		bound.Staff.Units, elsewhere.Staff.Agency = []string{"RSUD Contoh"}, "BKPSDM Kota Lain"
		for want, by := range map[int]tickets.By{7: w.Supervisor, 0: bound} {
			if now, _, err := w.Desk.IKM(w.Context(), by, 2026, 1); err != nil || now.Complete != want || now.Responded != want {
				w.Errorf("%v: %+v, %v", by.Staff.Units, now, err)
			}
		}
		if now, _, err := w.Desk.IKM(w.Context(), elsewhere, 2026, 1); err != nil || now.Complete+now.Invited+now.Responded != 0 {
			w.Errorf("elsewhere: %+v, %v", now, err)
		}
	})
}
