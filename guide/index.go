package guide

import (
	"cmp"
	"math"
	"slices"
	"strings"
)

// index is the catalogue's wording, prepared for Match.
type index struct {
	phrases [][]phrase         // by symptom
	weight  map[string]float64 // of every known word: the rarer, the heavier
	spelled []spelling         // how those words may be written, sorted
	means   map[string]string  // of a word or words in a row: the one word that all of them mean
	vague   map[string]bool
	ignored map[string]bool
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

func (c *Catalogue) prepare(w wording) {
	x := &index{weight: map[string]float64{}, means: map[string]string{}, vague: map[string]bool{}, ignored: map[string]bool{}}
	for _, word := range w.Vague {
		x.vague[word] = true
	}
	for _, word := range w.Ignored {
		x.ignored[word] = true
	}
	for _, same := range w.Synonyms {
		for _, said := range same[1:] {
			x.means[said] = same[0]
		}
	}
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

// spell lists the known words, their synonyms of one word, and the ignored words, which stand for nothing.
func (x *index) spell() {
	for word := range x.ignored {
		x.spelled = append(x.spelled, spelling{letters: []rune(word)})
	}
	for word := range x.weight {
		x.spelled = append(x.spelled, spelling{[]rune(word), word})
	}
	for said, meant := range x.means {
		if x.isKnown(meant) && !strings.Contains(said, " ") {
			x.spelled = append(x.spelled, spelling{[]rune(said), meant})
		}
	}
	slices.SortFunc(x.spelled, func(a, b spelling) int {
		return cmp.Or(slices.Compare(a.letters, b.letters), cmp.Compare(a.word, b.word))
	})
}
