package guide

import (
	"context"
	"sync"
	"testing"
	"time"

	"pulih/db"
	"pulih/db/dbtest"
	"pulih/secret"
)

// walker is somebody in the troubleshooter.
type walker struct {
	*testing.T
	*Guide
	db    *db.DB
	clock *dbtest.Clock
	token secret.Token
}

func eachWalk(t *testing.T, f func(w *walker)) {
	dbtest.Each(t, func(t *testing.T, database *db.DB, clock *dbtest.Clock) {
		keys, err := secret.ParseKeys("1:"+secret.NewKey(), secret.NewKey())
		if err != nil {
			t.Fatal(err)
		}
		f(&walker{T: t, Guide: New(Config{DB: database, Keys: keys, Agency: "BKPSDM Contoh"}), db: database, clock: clock})
	})
}

func (w *walker) answer(step string, o Outcome, solved bool) {
	w.Helper()
	var err error
	w.token, err = w.Answer(context.Background(), w.token, Answer{Place: Place{"otp-tidak-valid", step}, Outcome: o, Solved: solved})
	if err != nil {
		w.Fatal(err)
	}
}

func (w *walker) carry() (l Learned) {
	w.Helper()
	err := w.db.Write(context.Background(), func(tx *db.Tx) (err error) {
		l, err = Carry(context.Background(), tx, w.token)
		return err
	})
	if err != nil {
		w.Fatal(err)
	}
	return l
}

func (w *walker) tally() Tally {
	w.Helper()
	t, err := w.Deflection(context.Background(), 0, w.db.Now()+1)
	if err != nil {
		w.Fatal(err)
	}
	return t
}

func (w *walker) only(want Ending) {
	w.Helper()
	if t := w.tally(); len(t) != 1 || t[want] != 1 {
		w.Errorf("%v, want one %s", t, want)
	}
}

func TestAWalkIsHandedOverOnce(t *testing.T) {
	eachWalk(t, func(w *walker) {
		w.answer("cek-jam", Failed, false)
		w.answer("cek-jam", Cannot, false)
		w.answer("jam-otomatis", Failed, false)
		var wg sync.WaitGroup
		var mu sync.Mutex
		carried := 0
		for range 8 {
			wg.Go(func() {
				l := w.carry()
				mu.Lock()
				defer mu.Unlock()
				if carried += len(l.Steps); len(l.Steps) > 0 && l.Steps[0].Outcome != Cannot {
					t.Errorf("the newest word does not count: %v", l.Steps)
				}
			})
		}
		wg.Wait()
		if carried != 2 {
			t.Errorf("%d steps carried, want 2 once", carried)
		}
	})
}

func TestAWalkEndsAfter72Hours(t *testing.T) {
	eachWalk(t, func(w *walker) {
		w.answer("cek-jam", Failed, false)
		first := w.token
		w.clock.Advance(WalkLife - time.Second)
		if w.answer("kode-baru", Failed, false); w.token != first {
			t.Error("ended too early")
		}
		w.clock.Advance(WalkLife)
		if w.answer("kode-baru", Failed, false); w.token == first {
			t.Error("still going on")
		}
	})
}

// Deflection and containment, as helpdesk.md §6.3 has them.
func TestASolvedWalkWithoutARequestIsDeflected(t *testing.T) {
	eachWalk(t, func(w *walker) {
		w.answer("kode-baru", Worked, true)
		w.only(Pending)
		w.clock.Advance(WalkLife - time.Second)
		w.only(Pending)
		if n := w.tally().Decided(); n != 0 {
			t.Errorf("%d decided before the 72 hours are over", n)
		}
		w.clock.Advance(time.Second)
		w.only(Deflected)
	})
}

// The 72 hours run from the first solution: a later answer does not begin
// them anew.
func TestALaterAnswerKeepsTheSolution(t *testing.T) {
	eachWalk(t, func(w *walker) {
		w.answer("kode-baru", Worked, true)
		w.clock.Advance(10 * time.Hour)
		w.answer("uji-lagi", Worked, true)
		w.clock.Advance(WalkLife - 10*time.Hour)
		w.only(Deflected)
	})
}

func TestARequestWithin72HoursUndoesIt(t *testing.T) {
	eachWalk(t, func(w *walker) {
		w.answer("kode-baru", Worked, true)
		w.clock.Advance(WalkLife - time.Second)
		w.carry()
		w.only(Filed)
		w.clock.Advance(100 * day)
		w.only(Filed)
	})
}

func TestAnUnknownEndIsContainedAndNeverMixed(t *testing.T) {
	eachWalk(t, func(w *walker) {
		w.answer("cek-jam", Failed, false)
		w.clock.Advance(WalkLife)
		w.only(Contained)
		w.token, _ = w.Help(context.Background(), "", true)
		if t := w.tally(); t[NoIntent] != 1 || t.Decided() != 1 {
			w.Errorf("%v: a switch is no intent", t)
		}
	})
}

func TestEndings(t *testing.T) {
	const hour = db.Time(3600e6)
	for name, c := range map[string]struct {
		walk Walked
		asOf db.Time
		want Ending
	}{
		"nothing answered":            {Walked{LastAt: 1}, 100 * hour, NoIntent},
		"solved by a reset alone":     {Walked{LastAt: 1, SolvedAt: 1}, 100 * hour, Deflected},
		"filed before it was solved":  {Walked{LastAt: 3 * hour, SolvedAt: 2 * hour, FiledAt: hour, Steps: 1}, 100 * hour, Filed},
		"solved, and filed far later": {Walked{LastAt: 70 * hour, SolvedAt: hour, FiledAt: 80 * hour, Steps: 2}, 100 * hour, Deflected},
		"exactly 72 hours":            {Walked{LastAt: 1, SolvedAt: 1, FiledAt: 1 + 72*hour, Steps: 1}, 100 * hour, Filed},
		"contained, not yet known":    {Walked{LastAt: 50 * hour, Steps: 3}, 100 * hour, Pending},
	} {
		if got := c.walk.Ending(c.asOf); got != c.want {
			t.Errorf("%s: %s, want %s", name, got, c.want)
		}
	}
}

// What no report asks for is gone after 180 days, and nothing younger.
func TestWalksAreForgottenAfter180Days(t *testing.T) {
	eachWalk(t, func(w *walker) {
		w.answer("cek-jam", Failed, false)
		if _, err := w.Conclude(context.Background(), Finding{Method: ByBrowser, Drift: exactly(-4 * time.Minute)}, From{Walk: w.token}, somebody); err != nil {
			t.Fatal(err)
		}
		w.clock.Advance(walkKept - time.Second)
		w.pruned(3)
		w.clock.Advance(time.Second)
		w.pruned(0)
	})
}

func (w *walker) pruned(want int) {
	w.Helper()
	if err := w.Prune(context.Background()); err != nil {
		w.Fatal(err)
	}
	rows := 0
	err := w.db.Read(context.Background(), func(tx *db.Tx) error {
		const query = `SELECT (SELECT count(*) FROM walks) + (SELECT count(*) FROM walk_outcomes) + (SELECT count(*) FROM clock_checks)`
		return tx.Row(context.Background(), query).Scan(&rows)
	})
	if err != nil || rows != want {
		w.Errorf("%d rows, %v, want %d", rows, err, want)
	}
}

// The walk keeps the verdict with its method, its drift and its uncertainty.
func TestAWalkKeepsItsVerdict(t *testing.T) {
	eachWalk(t, func(w *walker) {
		w.answer("cek-jam", Failed, false)
		system := exactly(0)
		want := Finding{Method: ByCode, Drift: driftOf(-120_000, 9_000), System: &system}
		if _, err := w.Conclude(context.Background(), want, From{Walk: w.token}, somebody); err != nil {
			t.Fatal(err)
		}
		walk, err := w.Walk(context.Background(), w.token)
		if err != nil || walk.Clock() == nil {
			t.Fatal(walk, err)
		}
		v := *walk.Clock()
		if v.Cause != Leftover || v.Drift != want.Drift || *v.System != system || v.Method != ByCode || v.Light != Red {
			t.Errorf("kept %+v", v)
		}
	})
}
