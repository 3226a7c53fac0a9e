package guide

import (
	"regexp"
	"slices"
	"strings"
	"unicode"
)

const (
	longestTyped = 4000 // bytes that are read of a pasted page
	wordsTyped   = 80   // different words that are read of it
	longestSaid  = 3    // words in a row that mean one
)

var (
	// A NIP or a phone number says nothing about a trouble, and is not looked at.
	number = regexp.MustCompile(`[0-9][0-9 .-]{7,}[0-9]`)
	// "5 kali", "10x": many tries.
	manyTimes = regexp.MustCompile(`\b([3-9]|[0-9]{2,}) ?(x|kali)\b`)
)

// split turns a text into its different words: lower case, no punctuation, one word for all that mean the same.
func (x *index) split(text string) []string {
	if len(text) > longestTyped {
		text = strings.ToValidUTF8(text[:longestTyped], "")
	}
	text = number.ReplaceAllString(strings.ReplaceAll(strings.ToLower(text), "'", ""), " ")
	text = strings.Join(strings.FieldsFunc(text, notOfAWord), " ")
	text = manyTimes.ReplaceAllString(text, "berkali")
	var words []string
	// Twice, because one synonym may hold another: "gak cocok".
	for _, word := range x.unify(x.unify(strings.Fields(text))) {
		if word = x.stem(word); !x.ignored[word] && !slices.Contains(words, word) && len(words) < wordsTyped {
			words = append(words, word)
		}
	}
	return words
}

func notOfAWord(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsDigit(r) }

// unify replaces words by the one that all of them mean, the longest row of words first.
func (x *index) unify(words []string) []string {
	var unified []string
	for len(words) > 0 {
		word, used := x.mean(words)
		unified, words = append(unified, word), words[used:]
	}
	return unified
}

func (x *index) mean(words []string) (word string, used int) {
	for n := min(longestSaid, len(words)); n > 0; n-- {
		if meant, ok := x.means[strings.Join(words[:n], " ")]; ok {
			return meant, n
		}
	}
	return words[0], 1
}

// stem cuts the endings that hang on any word: kodenya, hpku.
func (x *index) stem(word string) string {
	for _, ending := range []string{"nya", "ku"} {
		if short, ok := strings.CutSuffix(word, ending); ok && x.isKnown(short) {
			return short
		}
	}
	return word
}

func (x *index) isKnown(word string) bool {
	_, ok := x.weight[word]
	return ok
}
