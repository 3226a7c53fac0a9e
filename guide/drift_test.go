package guide

import (
	"context"
	"testing"
	"time"
)

func (w *walker) drift() Drifts {
	w.Helper()
	d, err := w.Drift(context.Background(), 0, w.db.Now()+1)
	if err != nil {
		w.Fatal(err)
	}
	return d
}

// Each edge of the bands from both sides; sizes worked out by hand.
func TestDriftsFallIntoTheirBands(t *testing.T) {
	eachWalk(t, func(w *walker) {
		const ms = time.Millisecond
		for _, d := range []time.Duration{-301 * time.Second, -300 * time.Second, // slowest
			-300*time.Second + ms, -90 * time.Second, -89 * time.Second, -30 * time.Second,
			-30*time.Second + ms, 0, 29*time.Second + 999*ms,
			30 * time.Second, 90*time.Second - ms, 90 * time.Second, 299 * time.Second, 5 * time.Minute, 400 * day} {
			w.measure(From{}, Finding{Method: ByBrowser, Drift: exactly(d)})
		}
		w.counted()
		d := w.drift()
		for i, want := range []int{2, 2, 2, 3, 2, 2, 2} {
			if d.Bands[i].N != want {
				t.Errorf("band %d: %+v, want %d", i, d.Bands[i], want)
			}
		}
		if d.N != 15 || d.Median < 86*time.Second || d.Median > 95*time.Second { // the eighth of fifteen: 90 s
			t.Errorf("n %d, median %v", d.N, d.Median)
		}
	})
}

// The first measurement of a walk and of a practice counts, and never a
// computer's own clock.
func TestADriftCountsOnce(t *testing.T) {
	eachWalk(t, func(w *walker) {
		token := w.met("otp-tidak-valid")
		for _, d := range []time.Duration{-2 * time.Minute, -time.Second} {
			w.measure(From{Walk: token}, Finding{Method: ByBrowser, Drift: exactly(d)})
			w.clock.Advance(time.Minute)
		}
		w.measure(From{}, Finding{Method: ByBrowser, Computer: true, Drift: exactly(time.Hour)})
		practice, err := w.Practise(context.Background(), "", somebody)
		if err != nil {
			t.Fatal(err)
		}
		for range 2 {
			w.measure(From{Practice: practice}, Finding{Method: ByCode, Drift: exactly(40 * time.Second)})
			w.clock.Advance(time.Minute)
		}
		w.counted()
		if d := w.drift(); d.N != 2 || d.Bands[1].N != 1 || d.Bands[4].N != 1 {
			t.Errorf("%+v", d)
		}
	})
}

func TestNothingMeasured(t *testing.T) {
	eachWalk(t, func(w *walker) {
		if d := w.drift(); d.N != 0 || d.Median != 0 || len(d.Bands) != 7 {
			t.Errorf("%+v", d)
		}
	})
}
