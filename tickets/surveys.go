package tickets

// Surveys are complete surveys, added up. Least and Most are the lowest and
// the highest answer to each of Elements.
type Surveys struct {
	Complete          int
	Sums, Least, Most [len(Elements)]int
}

// finely is from how many surveys on a mean has two decimals: those of fewer
// would be the sum of what single people said.
const finely = 30

// Index is the IKM; false of too few, and where all are the same.
func (s Surveys) Index() (Hundredths, bool) {
	if s.Complete < FewestAnswers || s.Least == s.Most {
		return 0, false
	}
	return index(s.Sums, s.Complete), true
}

// Means are the NRR of Elements, 1 to 4; nil of too few, and where all say the
// same of some element: the index and the other eight would tell it.
func (s Surveys) Means() (means []float64) {
	unit := 10
	if s.Complete >= finely {
		unit = 100
	}
	for i, sum := range s.Sums {
		if s.Complete < FewestAnswers || s.Least[i] == s.Most[i] {
			return nil
		}
		means = append(means, float64((2*unit*sum+s.Complete)/(2*s.Complete))/float64(unit))
	}
	return means
}

// with adds others.
func (s Surveys) with(o Surveys) Surveys {
	switch {
	case s.Complete == 0:
		return o
	case o.Complete == 0:
		return s
	}
	s.Complete += o.Complete
	for i := range s.Sums {
		s.Sums[i] += o.Sums[i]
		s.Least[i], s.Most[i] = min(s.Least[i], o.Least[i]), max(s.Most[i], o.Most[i])
	}
	return s
}

// layers are the surveys of a period by what may be told of them together:
// index and means, the index alone, or nothing. Whoever takes months off a
// year, or half-years, is left with what they did not tell: that enters only
// where it could be told by itself (ST-08).
type layers struct{ means, index, nothing Surveys }

// together is what may be told of periods that do not overlap.
func together(parts ...layers) (l layers) {
	for _, p := range parts {
		l = layers{l.means.with(p.means), l.index.with(p.index), l.nothing.with(p.nothing)}
	}
	if _, ok := l.nothing.Index(); ok {
		l.index, l.nothing = l.index.with(l.nothing), Surveys{}
	}
	if l.index.Means() != nil || l.index.Complete >= finely {
		l.means, l.index = l.means.with(l.index), Surveys{}
	}
	return l
}

// told is what is counted.
func (l layers) told() Surveys { return l.means.with(l.index) }
