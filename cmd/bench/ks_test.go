package main

import (
	"math"
	"testing"
	"time"

	"pulih/accounts"
	"pulih/cmd/rig"
)

// The values are those of the tables of the two-sample test: at n = m = 500,
// D = 1.358·√(2/500) is p = 0.05 and D = 1.628·√(2/500) is p = 0.01.
func TestKolmogorovSmirnov_EN04(t *testing.T) {
	for d, want := range map[float64]float64{1.358 * math.Sqrt(2.0/500): 0.05, 1.628 * math.Sqrt(2.0/500): 0.01, 0.001: 1, 1: 0} {
		a, b := make([]time.Duration, 500), make([]time.Duration, 500)
		moved := int(math.Round(d * 500))
		for i := range a {
			a[i], b[i] = time.Duration(i), time.Duration(i+moved)
		}
		if p := sameDistribution(a, b); math.Abs(p-want) > 0.006 {
			t.Errorf("D = %.3f: p = %.4f, not %.2f", float64(moved)/500, p, want)
		}
	}
}

// Known and unknown numbers are of one make, and no number is both.
func TestTheCrowdHasNumbers(t *testing.T) {
	seen := map[string]bool{}
	for i := range rig.Crowd {
		for _, p := range []rig.Person{rig.Known(i), rig.Unknown(i)} {
			if _, _, err := accounts.ParseNIP(p.NIP); err != nil || seen[p.NIP] {
				t.Errorf("%s: %v, seen %v", p.NIP, err, seen[p.NIP])
			}
			seen[p.NIP] = true
		}
	}
}
