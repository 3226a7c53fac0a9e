package guide

import (
	"context"
	"testing"
	"time"

	"pulih/db"
)

// counted lets the clock count, and reads what came of all walks.
func (w *walker) counted() SelfService {
	w.Helper()
	if err := w.CountEnded(context.Background()); err != nil {
		w.Fatal(err)
	}
	s, err := w.SelfService(context.Background(), 0, w.db.Now()+1)
	if err != nil {
		w.Fatal(err)
	}
	return s
}

func (w *walker) only(want Ending) {
	w.Helper()
	if s := w.counted(); len(s.Walks) != 1 || s.Walks[want] != 1 || s.Pending != 0 {
		w.Errorf("%+v, want one %s", s, want)
	}
}

func (w *walker) pending() {
	w.Helper()
	if s := w.counted(); len(s.Walks) != 0 || s.Pending != 1 {
		w.Errorf("%+v, want one that is not known yet", s)
	}
}

// Deflection and containment, as helpdesk.md §6.3 has them.
func TestASolvedWalkWithoutARequestIsDeflected(t *testing.T) {
	eachWalk(t, func(w *walker) {
		w.answer("kode-baru", Worked, true)
		w.pending()
		w.clock.Advance(WalkLife - time.Second)
		w.pending()
		w.clock.Advance(time.Second)
		w.only(Deflected)
	})
}

// Who files is known at once, who solved it only after 72 hours: counting the
// first at once would darken the rate of the last days.
func TestNobodyIsJudgedBeforeHisHoursAreOver(t *testing.T) {
	eachWalk(t, func(w *walker) {
		w.answer("cek-jam", Failed, false)
		w.carry()
		w.pending()
		w.clock.Advance(WalkLife)
		w.only(Filed)
	})
}

// The 72 hours run from the first solution: a later answer does not begin
// them anew.
func TestALaterAnswerKeepsTheSolution(t *testing.T) {
	eachWalk(t, func(w *walker) {
		w.answer("kode-baru", Worked, true)
		w.clock.Advance(10 * time.Hour)
		w.answer("uji-lagi", Worked, true)
		w.clock.Advance(WalkLife - 9*time.Hour)
		w.carry()
		w.clock.Advance(WalkLife)
		w.only(Deflected)
	})
}

// A password set by mail solves a walk as its last answer would, however long
// ago that was.
func TestARequestAfterASolutionByMail(t *testing.T) {
	for wait, want := range map[time.Duration]Ending{71*time.Hour + 59*time.Minute: Filed, 72*time.Hour + time.Minute: Deflected} {
		eachWalk(t, func(w *walker) {
			w.answer("cek-jam", Failed, false)
			w.clock.Advance(70 * time.Hour)
			if err := w.Solve(context.Background(), w.token, ByReset); err != nil {
				t.Fatal(err)
			}
			w.clock.Advance(wait)
			w.carry()
			w.clock.Advance(WalkLife)
			w.only(want)
		})
	}
}

func TestTheNewestWordDecides(t *testing.T) {
	eachWalk(t, func(w *walker) {
		w.answer("kode-baru", Failed, false)
		w.clock.Advance(time.Hour)
		w.answer("kode-baru", Worked, true)
		w.clock.Advance(WalkLife)
		w.only(Deflected)
		w.token = ""
		w.answer("kode-baru", Worked, true)
		w.answer("kode-baru", Failed, false)
		w.clock.Advance(WalkLife)
		if s := w.counted(); s.Walks[Deflected] != 1 || s.Walks[Contained] != 1 || s.Walks.Decided() != 2 {
			t.Errorf("%+v", s)
		}
	})
}

func TestASwitchIsNoIntent(t *testing.T) {
	eachWalk(t, func(w *walker) {
		w.token, _ = w.Help(context.Background(), "", true)
		if s := w.counted(); s.Pending != 0 {
			t.Errorf("%+v: a switch is no intent", s)
		}
		w.carry()
		w.clock.Advance(WalkLife)
		w.only(NoIntent)
	})
}

func TestEndings(t *testing.T) {
	const hour = db.Time(3600e6)
	for name, c := range map[string]struct {
		walk Walked
		want Ending
	}{
		"nothing answered":            {Walked{LastAt: 1}, NoIntent},
		"filed without an answer":     {Walked{LastAt: 1, FiledAt: 2}, NoIntent},
		"solved by a reset alone":     {Walked{LastAt: 1, SolvedAt: 1}, Deflected},
		"answered, nothing known":     {Walked{LastAt: 1, Steps: 3}, Contained},
		"filed before it was solved":  {Walked{LastAt: 3 * hour, SolvedAt: 2 * hour, FiledAt: hour, Steps: 1}, Filed},
		"solved, and filed far later": {Walked{LastAt: 70 * hour, SolvedAt: hour, FiledAt: 80 * hour, Steps: 2}, Deflected},
		"exactly 72 hours":            {Walked{LastAt: 1, SolvedAt: 1, FiledAt: 1 + 72*hour, Steps: 1}, Filed},
	} {
		if got := c.walk.Ending(); got != c.want {
			t.Errorf("%s: %s, want %s", name, got, c.want)
		}
	}
}
