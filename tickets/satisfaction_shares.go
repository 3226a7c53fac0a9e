package tickets

import "slices"

// HelpedShares are per cent of Asked, in the order of the scale; nil where
// they would tell single answers.
func (s Satisfaction) HelpedShares() []int { return shares(s.Helped[:]) }

// SolvedShares are per cent of Answered, in the order of Solveds; nil as
// HelpedShares.
func (s Satisfaction) SolvedShares() []int { return shares(s.Solved[:]) }

// shares are whole per cent, which need not make a hundred.
func shares(counts []int) (percent []int) {
	whole := 0
	for _, n := range counts {
		whole += n
	}
	if whole < FewestAnswers || slices.Max(counts) == whole {
		return nil
	}
	for _, n := range counts {
		percent = append(percent, percentOf(n, whole))
	}
	return percent
}

func percentOf(part, whole int) int { return (200*part + whole) / (2 * whole) }

// CSAT is how many per cent of Asked were helped or very much helped; false
// where HelpedShares is nil.
func (s Satisfaction) CSAT() (percent int, ok bool) {
	if s.HelpedShares() == nil {
		return 0, false
	}
	return percentOf(s.Helped[2]+s.Helped[3], s.Asked), true
}

// SolvedAll is how many per cent say that all is solved; false where
// SolvedShares is nil.
func (s Satisfaction) SolvedAll() (percent int, ok bool) {
	if s.SolvedShares() == nil {
		return 0, false
	}
	return s.SolvedShares()[0], true
}

// Response is how many per cent of Invited were rated; false of too few.
func (s Satisfaction) Response() (percent int, ok bool) {
	if s.Responded < FewestAnswers || s.Invited == 0 {
		return 0, false
	}
	return percentOf(s.Responded, s.Invited), true
}
