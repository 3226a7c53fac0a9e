package guide

import (
	"cmp"
	"slices"
)

// Matched is a symptom that a typed text may mean.
type Matched struct {
	Symptom Symptom
	Score   float64 // 0 to 1, to compare the matches of one text
}

const (
	mostMatched = 5
	leastScore  = 0.38 // below this, what is shared is chance
	// A phrase of the catalogue found whole counts more than a text used whole: people paste what stands around a message.
	recallShare = 0.65
	// Evidence of this weight, about one rare word, is worth half of much evidence.
	scarce = 1.0
	// What a word that the catalogue does not know takes from a text.
	unknownWeight = 0.5
	mostUnknown   = 6
)

// Match finds the symptoms that a typed or pasted text means, best first, at most 5. Each phrase of the catalogue, message
// or wording, is compared word by word: rare words weigh more, a typing error costs a little, the order is free.
func (c *Catalogue) Match(typed string) []Matched {
	heard := c.index.hear(typed)
	if !heard.telling {
		return nil
	}
	var found []Matched
	for i, s := range c.symptoms {
		best := 0.0
		for _, p := range c.index.phrases[i] {
			best = max(best, c.index.score(p, heard))
		}
		if best >= leastScore {
			found = append(found, Matched{s, best})
		}
	}
	slices.SortStableFunc(found, func(a, b Matched) int { return cmp.Compare(b.Score, a.Score) })
	return found[:min(len(found), mostMatched)]
}

// heard is a typed text in the words of the catalogue: how surely each was meant, and the weight of all.
type heard struct {
	sure   map[string]float64
	weight float64
	words  int
	// One word at least names a trouble: of "tidak bisa masuk" there are too many to guess.
	telling bool
}

func (x *index) hear(typed string) heard {
	h := heard{sure: map[string]float64{}}
	unknown := 0
	for _, word := range x.split(typed) {
		known, sure := x.nearest(word)
		if sure > 0 && known == "" {
			continue // an ignored word, misspelt
		}
		h.words++
		if sure == 0 {
			unknown++
			continue
		}
		if h.sure[known] == 0 {
			h.weight += x.weight[known]
		}
		h.sure[known] = max(h.sure[known], sure)
		h.telling = h.telling || !x.vague[known]
	}
	h.weight += unknownWeight * float64(min(unknown, mostUnknown))
	return h
}

func (x *index) score(p phrase, h heard) float64 {
	evidence, shared := 0.0, 0
	for _, word := range p.words {
		if h.sure[word] > 0 {
			evidence += x.weight[word] * h.sure[word]
			shared++
		}
	}
	if shared == 0 || shared == 1 && len(p.words) > 1 && h.words > 2 {
		return 0 // one word of many is chance
	}
	recall, precision := evidence/p.weight, evidence/h.weight
	return p.share * (recallShare*recall + (1-recallShare)*precision) * evidence / (evidence + scarce)
}
