package otp

import (
	"crypto/subtle"
	"slices"
	"time"
)

// How far a practice code is searched, in steps each way (clock.md §4.3). Within Window lie a wrong zone, AM for PM and
// the date of yesterday; one random code hits somewhere in it in 0.62 % of cases, so that a drift above SingleLimit takes
// two codes. The wider ones are for a phone whose date is wrong, after a pair of codes failed, and always take two.
const (
	Window     = 3120       // 26 hours
	WindowWeek = 7 * 2880   // one random code in 25
	WindowYear = 400 * 2880 // each random code twice
)

// SingleLimit is the largest offset, in steps, that one code alone may establish: five minutes. Beyond it the code of a
// wrong entry would too often look like a drift.
const SingleLimit = 10

// Typed is a cleaned code and the instant it reached the server.
type Typed struct {
	Code string
	At   time.Time
}

// Pair is one explanation of two codes: the offset of each, in steps.
type Pair struct{ First, Second int }

// Search lists the offsets k in [-window, window] at which the code is right, in rising order. It always computes the
// whole window: about 1.5 ms for Window and half a second for WindowYear. Only for practice secrets and Near; it signs nobody in.
func Search(s Secret, code string, at time.Time, window int) []int {
	if !sixDigits.MatchString(code) || len(s) < minSecretBytes {
		return nil
	}
	var hits []int
	wanted, row := number(code), newRow(s)
	for k := -window; k <= window; k++ {
		if subtle.ConstantTimeEq(wanted, row.code(Step(at)+int64(k))) == 1 {
			hits = append(hits, k)
		}
	}
	return hits
}

// SearchPair lists the explanations of two codes of one phone, typed one after the other.
func SearchPair(s Secret, first, second Typed, window int) []Pair {
	return Join(
		Search(s, first.Code, first.At, window), first.At,
		Search(s, second.Code, second.At, window), second.At)
}

// Join is SearchPair for a caller who kept the offsets of the first code and not the code. The second code must be of a
// later step, and its offset may differ by one, because reading and typing take time (clock.md §4.3).
func Join(first []int, firstAt time.Time, second []int, secondAt time.Time) []Pair {
	passed := int(Step(secondAt) - Step(firstAt))
	var pairs []Pair
	for _, a := range first {
		for _, b := range second {
			if abs(b-a) <= 1 && passed+b > a {
				pairs = append(pairs, Pair{a, b})
			}
		}
	}
	return pairs
}

// Repeats tells whether the second code is the first one once more: the person did not wait for the next.
func Repeats(first []int, firstAt time.Time, second []int, secondAt time.Time) bool {
	passed := int(Step(secondAt) - Step(firstAt))
	for _, a := range first {
		if slices.Contains(second, a-passed) {
			return true
		}
	}
	return false
}
