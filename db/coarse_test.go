package db

import (
	"cmp"
	"math/rand/v2"
	"slices"
	"testing"
)

func TestCoarseKeepsTwoDigits(t *testing.T) {
	for size, want := range map[int64]int64{0: 0, 9: 9, 99: 99, 100: 100, 109: 100, 110: 110, 299: 290, 300: 300, 1299: 1200, 86_400: 86_000,
		-299: -290, -300: -300, -7: -7} {
		if got := Coarse(size); got != want {
			t.Errorf("%d became %d, want %d", size, got, want)
		}
	}
}

// A band that begins at a whole number of two digits counts what it would
// count of the exact sizes.
func TestBandsStayExact(t *testing.T) {
	for size := int64(-400); size < 400; size++ {
		for _, edge := range []int64{30, 90, 300} {
			if (Coarse(size) >= edge) != (size >= edge) || (Coarse(size) <= -edge) != (size <= -edge) {
				t.Fatalf("%d changed its side of %d", size, edge)
			}
		}
	}
}

// Whatever the sizes: median and p90 of the counts are within 5 % of those of
// the sizes themselves.
func TestSpreadIsWithin5Percent(t *testing.T) {
	r := rand.New(rand.NewPCG(1, 2))
	for range 2000 {
		var sizes []int64
		for range 1 + r.IntN(40) {
			sizes = append(sizes, 100+r.Int64N(1<<(7+r.IntN(20))))
		}
		slices.Sort(sizes)
		n := len(sizes)
		gotN, median, p90 := Spread(counted(sizes))
		if gotN != int64(n) || !near(median, (sizes[(n-1)/2]+sizes[n/2])/2) || !near(p90, sizes[(9*n+9)/10-1]) {
			t.Fatalf("%v: n %d, median %d, p90 %d", sizes, gotN, median, p90)
		}
	}
	if n, median, p90 := Spread(nil); n+median+p90 != 0 {
		t.Error("nothing has a median")
	}
}

func counted(sizes []int64) (all []Counted) {
	n := map[int64]int64{}
	for _, s := range sizes {
		n[Coarse(s)]++
	}
	for size, n := range n {
		all = append(all, Counted{size, n})
	}
	slices.SortFunc(all, func(a, b Counted) int { return cmp.Compare(a.Size, b.Size) })
	return all
}

func near(got, want int64) bool { return 100*max(got-want, want-got) <= 5*want }
