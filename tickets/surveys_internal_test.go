package tickets

import (
	"math/rand/v2"
	"testing"
)

// Whatever people say, what a period tells beyond its parts rests on five
// surveys or more that are not all alike.
func TestNoDifferenceOfPeriodsTellsAFew_ST08(t *testing.T) {
	r := rand.New(rand.NewPCG(6, 2026))
	for range 20_000 {
		var parts []layers
		told, left := 0, Surveys{}
		for range 6 {
			s := someSurveys(r, r.IntN(8))
			part := together(layers{nothing: s})
			told, left = told+part.told().Complete, left.with(part.nothing)
			parts = append(parts, part)
		}
		whole := together(parts...)
		more := whole.told().Complete - told
		if _, ok := left.Index(); more != 0 && (more != left.Complete || !ok) || more == 0 && ok {
			t.Fatalf("%d more are told of %+v", more, left)
		}
		if whole.told().Complete+whole.nothing.Complete != told+left.Complete {
			t.Fatal("surveys are lost")
		}
	}
}

func someSurveys(r *rand.Rand, n int) (s Surveys) {
	for range n {
		one := Surveys{Complete: 1}
		for i := range one.Sums {
			one.Sums[i] = 3 + r.IntN(2)
		}
		one.Least, one.Most = one.Sums, one.Sums
		s = s.with(one)
	}
	return s
}
