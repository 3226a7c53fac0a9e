package accounts

import (
	_ "embed"
	"slices"
	"strings"
	"time"
	"unicode/utf8"
)

// commonWords are what people make passwords of, in Indonesian and English.
// We wrote the list ourselves: greetings, faith, places, months, names,
// family, football, offices, food, brands, the keyboard's rows, and "password"
// in all its forms. A list of ready-made passwords would be longer and miss
// next year's.
//
//go:embed common.txt
var commonWordsText string

var commonWords = strings.Fields(commonWordsText)

// pieces is how many independent choices a password must show at least. A
// common word, a year, a date, a run like "12345" or "a1b2c3" and what is
// repeated are one choice each, and so is every other character: thus
// "Indonesia2026!" is three and four words with signs between them are ten.
const pieces = 7

// guessable tells whether a password is made of what is tried first (PW-03).
func guessable(text string) bool { return choices(text) < pieces }

// choices is the smallest number of pieces that text can be cut into.
func choices(text string) int {
	lower, plain := strings.ToLower(text), unleet(text)
	if len(lower) != len(plain) || utf8.RuneCountInString(lower) != len(lower) {
		plain = lower // other scripts: no sign stands in for a letter
	}
	least := make([]int, len(lower)+1)
	for i := 1; i <= len(lower); i++ {
		least[i] = least[i-1] + 1
		for _, start := range pieceStarts(lower[:i], plain[:i]) {
			least[i] = min(least[i], least[start]+1)
		}
	}
	return least[len(lower)]
}

// pieceStarts lists where a piece may begin that ends where the text ends.
func pieceStarts(lower, plain string) (starts []int) {
	for _, word := range commonWords {
		if strings.HasSuffix(lower, word) || strings.HasSuffix(plain, word) {
			starts = append(starts, len(lower)-len(word))
		}
	}
	for _, n := range []int{4, 6, 8} {
		if cut := len(lower) - n; cut >= 0 && calendrical(lower[cut:]) {
			starts = append(starts, cut)
		}
	}
	for stride := 1; stride <= 2; stride++ {
		for i := len(lower) - 3*stride; i >= 0 && regular(lower[i:], stride); i-- {
			starts = append(starts, i)
		}
	}
	return append(starts, repeats(lower)...)
}

// calendrical tells whether digits are a year, or a date as people write it.
func calendrical(digits string) bool {
	layouts := map[int][]string{4: {"2006"}, 6: {"020106", "060102"}, 8: {"02012006", "20060102"}}[len(digits)]
	return slices.ContainsFunc(layouts, func(layout string) bool {
		day, err := time.Parse(layout, digits)
		return err == nil && day.Year() >= 1800 && day.Year() < 2100
	})
}

// regular tells whether each character follows the one before, or the one
// before that, by the same small step: "1111", "3456", "fedc", "a1b2c3".
func regular(text string, stride int) bool {
	for i := stride; i < len(text); i++ {
		step := int(text[i]) - int(text[i-stride])
		if step < -1 || step > 1 || i >= 2*stride && step != int(text[i-stride])-int(text[i-2*stride]) {
			return false
		}
	}
	return true
}

// repeats finds the end of text once more right before it: "Abc1!Abc1!" is
// "Abc1!" and one piece.
func repeats(text string) (starts []int) {
	for n := 2; 2*n <= len(text); n++ {
		cut := len(text) - n
		if text[cut-n:cut] == text[cut:] {
			starts = append(starts, cut)
		}
	}
	return starts
}
