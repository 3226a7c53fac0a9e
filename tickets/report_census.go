package tickets

import (
	"cmp"
	"slices"
	"time"
)

// census counts measures for a report. It keeps a duration as seconds: a year
// of a province is half a million of them.
type census struct {
	frame
	values values // nil where nothing is taken apart
	lines  []line
	hours  [hoursOfWeek]int
}

// line is a figure that is being counted. Its parts are by dimension and by
// the number of the value.
type line struct {
	figure
	n     int
	took  []int32
	by    []int // numbers of dimensions
	parts [][]part
}

type part struct {
	n    int
	took []int32
}

func newCensus(f frame) *census {
	c := &census{frame: f, values: newValues()}
	for _, l := range sheet {
		c.lines = append(c.lines, line{figure: l, by: numbersOf(l.by), parts: make([][]part, len(l.by))})
	}
	return c
}

// whole takes nothing apart.
func (c *census) whole() *census {
	c.values = nil
	return c
}

// count passes over what ended before the period or began after it.
func (c *census) count(m *Measure) {
	if m.Opened >= c.period.Until || m.last() < c.period.From {
		return
	}
	if c.values != nil {
		c.values.forget()
	}
	for i := range c.lines {
		l := &c.lines[i]
		if l.when == nil {
			continue
		}
		if at := c.counts(&l.figure, m); at != 0 {
			c.add(l, m)
			if l.Name == Arrived {
				c.hours[c.hourOfWeek(at)]++
			}
		}
	}
	if m.openAt(c.asOf) {
		c.add(c.line(Backlog), m)
		c.add(c.line(c.age(m)), m)
	}
}

func (c *census) line(f Figure) *line {
	return &c.lines[slices.IndexFunc(c.lines, func(l line) bool { return l.Name == f })]
}

func (c *census) n(f Figure) int { return c.line(f).n }

func (c *census) add(l *line, m *Measure) {
	l.n++
	seconds := int32(-1)
	if l.figure.took != nil {
		seconds = int32(min(l.figure.took(m)/time.Second, 1<<31-1))
		l.took = append(l.took, seconds)
	}
	if c.values == nil {
		return
	}
	for i, d := range l.by {
		n := c.values.of(d, m, &c.frame)
		for n >= len(l.parts[i]) {
			l.parts[i] = append(l.parts[i], part{})
		}
		l.parts[i][n].add(seconds)
	}
}

func (p *part) add(seconds int32) {
	p.n++
	if seconds >= 0 {
		p.took = append(p.took, seconds)
	}
}

func (c *census) sums() map[Figure]Sum {
	sums := map[Figure]Sum{}
	for _, l := range c.lines {
		s := Sum{N: l.n, Spread: spread(l.took, time.Second), Groups: map[Dimension][]Group{}}
		for i, d := range l.figure.by {
			if len(l.parts[i]) > 0 {
				s.Groups[d] = inOrderOfSize(l.parts[i], c.values[l.by[i]].names)
			}
		}
		sums[l.Name] = s
	}
	return sums
}

func inOrderOfSize(parts []part, names []string) (all []Group) {
	for i, p := range parts {
		if p.n > 0 {
			all = append(all, Group{Value: names[i], N: p.n, Spread: spread(p.took, time.Second)})
		}
	}
	slices.SortFunc(all, func(a, b Group) int { return cmp.Or(b.N-a.N, cmp.Compare(a.Value, b.Value)) })
	return all
}
