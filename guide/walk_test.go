package guide

import (
	"context"
	"sync"
	"testing"
	"time"

	"pulih/audit"
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
		f(&walker{T: t, Guide: New(Config{DB: database, Keys: keys, Agency: "BKPSDM Contoh", Zone: db.WITA}), db: database, clock: clock})
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

// The rows are gone after 180 days, and nothing younger.
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
	w.counted()
	if err := audit.Purge(context.Background(), w.db, Rules(), somebody); err != nil {
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
