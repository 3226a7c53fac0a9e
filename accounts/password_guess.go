package accounts

import (
	_ "embed"
	"strings"
	"unicode/utf8"
)

// commonWords are what people make passwords of, in Indonesian and English.
// We wrote the list ourselves: greetings, faith, places, months, family,
// football, offices, the keyboard's rows, and "password" in all its forms. A
// list of ready-made passwords would be longer and miss next year's.
//
//go:embed common.txt
var commonWordsText string

var commonWords = strings.Fields(commonWordsText)

// pieces is how many independent choices a password must show at least. A
// common word, a year, a run like "12345" or "qwerty" and a repeated
// character are one choice each, and so is every other character: thus
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
	if year(lower) {
		starts = append(starts, len(lower)-4)
	}
	for i := len(lower) - 3; i >= 0 && regular(lower[i:]); i-- {
		starts = append(starts, i)
	}
	return append(starts, repeats(lower)...)
}

func year(text string) bool {
	if len(text) < 4 {
		return false
	}
	last := text[len(text)-4:]
	return (last[:2] == "19" || last[:2] == "20") && strings.Trim(last, "0123456789") == ""
}

// regular tells whether each character follows the one before by the same
// small step: "1111", "3456", "fedc".
func regular(text string) bool {
	step := int(text[1]) - int(text[0])
	for i := 1; i < len(text); i++ {
		if int(text[i])-int(text[i-1]) != step {
			return false
		}
	}
	return step >= -1 && step <= 1
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
