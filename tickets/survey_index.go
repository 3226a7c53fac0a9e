package tickets

import (
	"fmt"
	"math"
)

// Hundredths is a number with two decimals, exactly.
type Hundredths int

// String writes it as Indonesians do: "88,31".
func (h Hundredths) String() string { return fmt.Sprintf("%d,%02d", h/100, h%100) }

// ratio is part of whole in hundredths, rounded half up.
func ratio(part, whole int) Hundredths {
	return Hundredths((200*part + whole) / (2 * whole))
}

// index is the IKM of the sums of n complete surveys: the mean of each
// element, each with a ninth of the weight, times 25. The ninth is not rounded
// to the 0.11 of the regulation's example, with which nobody reaches 100, nor
// is any mean on the way.
func index(sums [len(Elements)]int, n int) Hundredths {
	total := 0
	for _, sum := range sums {
		total += sum
	}
	return ratio(25*total, len(sums)*n)
}

// Grade is the letter of PermenPANRB 14/2017 for an index, and what it says
// of the service. Its borders are in hundredths as the index is: nothing lies
// between 88,30 and 88,31.
func (h Hundredths) Grade() (letter, words string) {
	switch {
	case h >= 8831:
		return "A", "sangat baik"
	case h >= 7661:
		return "B", "baik"
	case h >= 6500:
		return "C", "kurang baik"
	}
	return "D", "tidak baik"
}

// Sample is how many answers the regulation wants of so many people served:
// its table is that of Krejcie and Morgan (1970), with an error of 5 per cent
// in 95 of 100 samples.
func Sample(served int) int {
	const chi2, variance, error2 = 3.841, 0.25, 0.0025
	n := float64(served)
	return int(math.Round(chi2 * n * variance / (error2*(n-1) + chi2*variance)))
}
