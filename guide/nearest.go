package guide

import "slices"

// nearest finds the known word that a typed one means, and how surely: 1 when spelled right, 0 for a word that the catalogue
// does not know. It is "" where an ignored word was meant.
func (x *index) nearest(word string) (known string, sure float64) {
	if x.isKnown(word) {
		return word, 1
	}
	letters := []rune(word)
	for _, s := range x.spelled {
		if l := likeness(letters, s.letters); l > sure {
			known, sure = s.word, l
		}
	}
	return known, sure
}

// A text may be cut off: these many letters at the start of a word, or most of a short one, stand for it.
const (
	leastStart = 5
	shortStart = 3
	// Longer words are no misspelt ones.
	longestWord = 24
)

// likeness is 1 for equal words and 0 for words further apart than typing errors: none in three letters, one in up to
// five, two in up to eight, else three. The start of a word stands for the word.
func likeness(a, b []rune) float64 {
	if starts(a, b) {
		return (1 + float64(len(a))/float64(len(b))) / 2
	}
	allowed := errorsIn(min(len(a), len(b)))
	if max(len(a), len(b)) > longestWord || max(len(a), len(b))-min(len(a), len(b)) > allowed {
		return 0
	}
	d := distance(a, b)
	if d > allowed {
		return 0
	}
	right := 1 - float64(d)/float64(max(len(a), len(b)))
	return right * right
}

func starts(a, b []rune) bool {
	long := len(a) >= leastStart || len(a) >= shortStart && len(a) == len(b)-1
	return long && len(a) < len(b) && slices.Equal(a, b[:len(a)])
}

func errorsIn(letters int) int {
	switch {
	case letters <= 3:
		return 0
	case letters <= 5:
		return 1
	case letters <= 8:
		return 2
	}
	return 3
}

// distance counts the letters to add, drop, change or swap with the next one (optimal string alignment).
func distance(a, b []rune) int {
	var rows [3][longestWord + 1]int
	before, above, row := rows[0][:len(b)+1], rows[1][:len(b)+1], rows[2][:len(b)+1]
	for j := range above {
		above[j] = j
	}
	for i := range a {
		row[0] = i + 1
		for j := range b {
			row[j+1] = min(above[j+1]+1, row[j]+1, above[j]+differ(a[i], b[j]))
			if i > 0 && j > 0 && a[i] == b[j-1] && a[i-1] == b[j] {
				row[j+1] = min(row[j+1], before[j-1]+1)
			}
		}
		before, above, row = above, row, before
	}
	return above[len(b)]
}

func differ(a, b rune) int {
	if a == b {
		return 0
	}
	return 1
}
