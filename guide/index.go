package guide

import (
	"cmp"
	"math"
	"regexp"
	"slices"
	"strings"
	"unicode"
)

// index is the catalogue's wording, prepared for Match.
type index struct {
	phrases  [][]phrase         // by symptom
	weight   map[string]float64 // of every known word: the rarer, the heavier
	spelled  []spelling         // how those words may be written, sorted
	synonyms []synonym
	ignored  map[string]bool
}

// phrase is one message or wording, as a set of words. Of a message that several symptoms share, the one that names it
// earlier is meant: share is a little less for each place.
type phrase struct {
	words         []string
	weight, share float64
}

// spelling is a way to write a known word.
type spelling struct {
	letters []rune
	word    string
}

// synonym says that words, or several in a row, mean the same here. They are written with a space on either side.
type synonym struct{ said, meant string }

const (
	longestTyped = 4000 // characters that are read of a pasted page
	mostTyped    = 80   // different words
)

var (
	// A NIP or a phone number says nothing about a trouble, and is not looked at.
	number = regexp.MustCompile(`[0-9][0-9 .-]{7,}[0-9]`)
	// "5 kali", "10x": many tries.
	manyTimes = regexp.MustCompile(` ([3-9]|[0-9]{2,}) ?(x|kali) `)
)

func (c *Catalogue) prepare(w wording) {
	x := &index{weight: map[string]float64{}, ignored: map[string]bool{}}
	for _, word := range w.Ignored {
		x.ignored[word] = true
	}
	for _, same := range w.Synonyms {
		for _, said := range same[1:] {
			x.synonyms = append(x.synonyms, synonym{" " + said + " ", " " + same[0] + " "})
		}
	}
	slices.SortStableFunc(x.synonyms, func(a, b synonym) int { return cmp.Compare(len(b.said), len(a.said)) })
	for _, s := range c.symptoms {
		x.phrases = append(x.phrases, x.phrasesOf(c.wordings(s)))
	}
	x.weigh()
	x.spell()
	c.index = x
}

// wordings lists everything that means a symptom: its title, messages, wordings and the answers that lead to it.
func (c *Catalogue) wordings(s Symptom) []string {
	var all []string
	for _, m := range s.Messages {
		all = append(all, m.Text)
	}
	all = append(append(all, s.Title), s.Typed...)
	for _, q := range c.questions {
		for _, choice := range q.Choices {
			if choice.Symptom == s.Key {
				all = append(all, choice.Text)
			}
		}
	}
	return all
}

func (x *index) phrasesOf(wordings []string) []phrase {
	var all []phrase
	for i, text := range wordings {
		all = append(all, phrase{words: x.split(text), share: 1 - float64(i)/1000})
	}
	return all
}

// weigh gives a word the logarithm of how few symptoms use it.
func (x *index) weigh() {
	used := map[string]float64{}
	for _, phrases := range x.phrases {
		seen := map[string]bool{}
		for _, p := range phrases {
			for _, word := range p.words {
				if !seen[word] {
					seen[word] = true
					used[word]++
				}
			}
		}
	}
	for word, symptoms := range used {
		x.weight[word] = math.Log(1 + float64(len(x.phrases))/symptoms)
	}
	for _, phrases := range x.phrases {
		for i := range phrases {
			for _, word := range phrases[i].words {
				phrases[i].weight += x.weight[word]
			}
		}
	}
}

// spell lists the known words and, of one word, their synonyms.
func (x *index) spell() {
	for word := range x.weight {
		x.spelled = append(x.spelled, spelling{[]rune(word), word})
	}
	for _, s := range x.synonyms {
		said, meant := strings.TrimSpace(s.said), strings.TrimSpace(s.meant)
		if x.isKnown(meant) && !strings.Contains(said, " ") {
			x.spelled = append(x.spelled, spelling{[]rune(said), meant})
		}
	}
	slices.SortFunc(x.spelled, func(a, b spelling) int { return slices.Compare(a.letters, b.letters) })
}

// split turns a text into its different words: lower case, no punctuation, one word for all that mean the same.
func (x *index) split(text string) []string {
	if len(text) > longestTyped {
		text = strings.ToValidUTF8(text[:longestTyped], "")
	}
	text = " " + strings.Join(strings.FieldsFunc(number.ReplaceAllString(strings.ToLower(text), " "), notOfAWord), " ") + " "
	text = manyTimes.ReplaceAllString(strings.ReplaceAll(text, "'", ""), " berkali ")
	text = x.unify(text)
	var words []string
	for _, word := range strings.Fields(text) {
		if word = x.stem(word); !x.ignored[word] && !slices.Contains(words, word) && len(words) < mostTyped {
			words = append(words, word)
		}
	}
	return words
}

func notOfAWord(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsDigit(r) && r != '\'' }

// unify runs twice: a synonym may hold another ("gak cocok"), and words in a row share the space between them.
func (x *index) unify(text string) string {
	for range 2 {
		for _, s := range x.synonyms {
			text = strings.ReplaceAll(text, s.said, s.meant)
		}
	}
	return text
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
