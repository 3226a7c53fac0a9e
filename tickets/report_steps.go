package tickets

import (
	"slices"

	"pulih/db"
)

// steps counts what came and went between edges.
type steps struct {
	period Period
	edges  []db.Time // where each begins
	all    []Step
}

func newSteps(p Period, edges []db.Time) *steps {
	s := &steps{period: p, edges: edges}
	for i, from := range edges {
		until := p.Until
		if i+1 < len(edges) {
			until = edges[i+1]
		}
		s.all = append(s.all, Step{Period: Period{from, until}})
	}
	return s
}

func (s *steps) count(m *Measure) {
	if in := s.at(m.Opened); in != nil {
		if m.Cycle == 1 {
			in.Arrived++
		} else {
			in.Reopened++
		}
	}
	if in := s.at(m.Ended); in != nil {
		in.Ended++
		switch m.End {
		case Done:
			in.Resolved++
		case Refused:
			in.Refused++
		}
	}
}

func (s *steps) at(t db.Time) *Step {
	if t < s.period.From || t >= s.period.Until {
		return nil
	}
	i, found := slices.BinarySearch(s.edges, t)
	if !found {
		i--
	}
	if i < 0 {
		return nil
	}
	return &s.all[i]
}

// done adds up what was open at the end of each.
func (s *steps) done(open int) []Step {
	for i := range s.all {
		open += s.all[i].Arrived + s.all[i].Reopened - s.all[i].Ended
		s.all[i].Open = open
	}
	return s.all
}
