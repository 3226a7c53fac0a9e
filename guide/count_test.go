package guide

import (
	"cmp"
	"context"
	"maps"
	"slices"
	"sync"
	"testing"
	"time"

	"pulih/audit"
	"pulih/db"
	"pulih/secret"
)

// met answers one step of a symptom, in a walk of its own.
func (w *walker) met(symptom string) secret.Token {
	w.Helper()
	token, err := w.Answer(context.Background(), "", Answer{Place: Place{symptom, "langkah"}, Outcome: Failed})
	if err != nil {
		w.Fatal(err)
	}
	return token
}

func (w *walker) measure(from From, f Finding) {
	w.Helper()
	if _, err := w.Conclude(context.Background(), f, from, somebody); err != nil {
		w.Fatal(err)
	}
}

// rows reads two columns and a number of each row.
func (w *walker) rows(query string) (all []string) {
	w.Helper()
	err := w.db.Read(context.Background(), func(tx *db.Tx) (err error) {
		all, err = db.All(context.Background(), tx, scanText, query)
		return err
	})
	if err != nil {
		w.Fatal(err)
	}
	return all
}

const (
	walkDays  = `SELECT day || ' ' || ending || ' ' || cause || ' ' || n FROM walk_days ORDER BY 1`
	clockDays = `SELECT day || ' ' || drift || ' ' || n FROM clock_days ORDER BY 1`
)

// busy makes three days of walks and measurements of every kind.
func (w *walker) busy() {
	w.Helper()
	for range 3 {
		for symptom := range symptomCause {
			w.met(symptom)
		}
		w.met("lupa-sandi")
		w.token = ""
		w.answer("kode-baru", Worked, true)
		w.measure(From{Walk: w.token}, Finding{Method: ByBrowser, Drift: exactly(-4 * time.Minute)})
		w.measure(From{}, Finding{Method: ByEye, Drift: exactly(2 * time.Hour)})
		w.clock.Advance(day)
	}
	w.clock.Advance(WalkLife)
}

// A restart counts nothing twice, nor does another process.
func TestADayIsCountedOnce(t *testing.T) {
	eachWalk(t, func(w *walker) {
		w.busy()
		var wg sync.WaitGroup
		for range 6 {
			wg.Go(func() {
				if err := w.CountEnded(context.Background()); err != nil {
					t.Error(err)
				}
			})
		}
		wg.Wait()
		first := append(w.rows(walkDays), w.rows(clockDays)...)
		if s := w.counted(); s.Walks.Decided() != 3*(len(symptomCause)+2) || s.Pending != 0 {
			t.Errorf("%+v", s)
		}
		if again := append(w.rows(walkDays), w.rows(clockDays)...); !slices.Equal(first, again) {
			t.Errorf("%v, then %v", first, again)
		}
	})
}

// A process that dies in a batch has counted all of it or nothing.
func TestARestartInTheMiddleLosesNothing(t *testing.T) {
	eachWalk(t, func(w *walker) {
		w.busy()
		err := w.db.Write(context.Background(), func(tx *db.Tx) error {
			return cmp.Or(failure(w.countWalks(context.Background(), tx)), failure(w.countClocks(context.Background(), tx)), context.Canceled)
		})
		if err == nil || len(w.rows(walkDays))+len(w.rows(clockDays)) != 0 {
			t.Fatal("half a batch was kept", err)
		}
		if s := w.counted(); s.Walks.Decided() != 3*(len(symptomCause)+2) {
			t.Errorf("%+v", s)
		}
	})
}

// Two processes read the same rows; the second one counts nothing.
func TestASecondProcessCountsNothing(t *testing.T) {
	eachWalk(t, func(w *walker) {
		w.busy()
		ctx := context.Background()
		var walks []ended
		var checks []measure
		err := w.db.Read(ctx, func(tx *db.Tx) (err error) {
			if walks, err = db.All(ctx, tx, scanEnded, selectEnded, tx.Now, countBatch); err != nil {
				return err
			}
			checks, err = db.All(ctx, tx, scanMeasure, selectUncountedChecks, countBatch)
			return err
		})
		if err != nil || len(walks) == 0 || len(checks) == 0 {
			t.Fatal(err)
		}
		before, drifts := w.counted(), w.drift()
		err = w.db.Write(ctx, func(tx *db.Tx) error {
			return cmp.Or(w.addWalks(ctx, tx, walks), w.addChecks(ctx, tx, checks))
		})
		if after := w.counted(); err != nil || !maps.Equal(before.Walks, after.Walks) || w.drift().N != drifts.N {
			t.Errorf("%+v, then %+v, %v", before, after, err)
		}
	})
}

func failure(_ int, err error) error { return err }

// The counts are what the rows say that are still there.
func TestCountsEqualTheRows(t *testing.T) {
	eachWalk(t, func(w *walker) {
		w.busy()
		w.counted()
		walks, clocks := w.rows(walkDays), w.rows(clockDays)
		err := w.db.Write(context.Background(), func(tx *db.Tx) error {
			for _, statement := range []string{`DELETE FROM walk_days`, `DELETE FROM clock_days`,
				`UPDATE walks SET counted = FALSE`, `UPDATE clock_checks SET counted = FALSE`} {
				if _, err := tx.Exec(context.Background(), statement); err != nil {
					return err
				}
			}
			return nil
		})
		if err != nil {
			t.Fatal(err)
		}
		w.counted()
		if !slices.Equal(walks, w.rows(walkDays)) || !slices.Equal(clocks, w.rows(clockDays)) {
			t.Error("counted anew, the numbers are others")
		}
	})
}

func TestThePurgeLosesNoCount(t *testing.T) {
	eachWalk(t, func(w *walker) {
		w.busy()
		before := w.counted()
		w.clock.Advance(walkKept + day)
		w.pruned(0)
		if after := w.counted(); !maps.Equal(before.Walks, after.Walks) || !maps.Equal(before.Causes, after.Causes) {
			t.Errorf("%+v, after the purge %+v", before, after)
		}
		if d := w.drift(); d.N != 6 {
			t.Errorf("%+v", d)
		}
	})
}

// Nobody counted for half a year: nothing goes before it is counted.
func TestNothingGoesUncounted(t *testing.T) {
	eachWalk(t, func(w *walker) {
		w.busy()
		w.clock.Advance(walkKept + day)
		if err := audit.Purge(context.Background(), w.db, Rules(), somebody); err != nil {
			t.Fatal(err)
		}
		if s := w.counted(); s.Walks.Decided() != 3*(len(symptomCause)+2) {
			t.Errorf("%+v", s)
		}
	})
}

// A day is the installation's: 15.59 UTC is still 23.59 WITA.
func TestDaysAreTheInstallations(t *testing.T) {
	eachWalk(t, func(w *walker) {
		midnight := w.db.Now().Midnight(db.WITA).Add(day)
		w.clock.Advance(midnight.Sub(w.db.Now()) - time.Minute)
		w.met("salah-entri")
		w.clock.Advance(2 * time.Minute)
		w.met("salah-entri")
		w.clock.Advance(WalkLife)
		w.counted()
		for from, want := range map[db.Time]int{midnight.Add(-day): 1, midnight: 1, midnight.Add(day): 0} {
			s, err := w.SelfService(context.Background(), from, from.Add(day))
			if err != nil || s.Walks.Decided() != want {
				t.Errorf("%v: %+v, %v", from.Time(), s, err)
			}
		}
	})
}

func TestCausesOfRefusedCodes(t *testing.T) {
	eachWalk(t, func(w *walker) {
		for symptom, n := range map[string]int{"autentikator-hilang": 4, "salah-entri": 3, "akun-nonaktif": 2, "otp-kosong": 1, "lupa-sandi": 5} {
			for range n {
				w.met(symptom)
			}
		}
		off, right := w.met("salah-entri"), w.met("otp-kosong")
		w.measure(From{Walk: off}, Finding{Method: ByBrowser, Drift: exactly(-2 * time.Minute)})
		w.measure(From{Walk: right}, Finding{Method: ByBrowser, Drift: exactly(time.Second)})
		idle, err := w.CheckClockFrom(context.Background(), "", Place{"salah-entri", "langkah"}) // no intent, no cause
		if err != nil {
			t.Fatal(err)
		}
		w.measure(From{Walk: idle}, Finding{Method: ByBrowser, Drift: exactly(-2 * time.Minute)})
		w.clock.Advance(WalkLife)
		want := map[OTPCause]int{ClockOff: 1, DeviceLost: 4, WrongEntry: 3, LockedOut: 2, OtherwiseOTP: 2}
		if s := w.counted(); !maps.Equal(s.Causes, want) {
			t.Errorf("%v, want %v", s.Causes, want)
		}
	})
}

// What the counts know of symptoms, the catalogue has.
func TestSymptomsOfCausesAreThere(t *testing.T) {
	c, err := LoadCatalogue(Builtin(), Words{Portal: "ASN Digital", Address: "asn.example.go.id", Entry: "ASN"})
	if err != nil {
		t.Fatal(err)
	}
	for symptom := range symptomCause {
		if _, ok := c.Symptom(symptom); !ok {
			t.Error(symptom)
		}
	}
	for _, s := range c.Symptoms() {
		if _, ok := symptomCause[s.Key]; s.Kind == "mfa" && !ok {
			t.Errorf("%s is about codes and is not counted", s.Key)
		}
	}
}
