package tickets

import (
	"cmp"
	"slices"
	"time"

	"pulih/db"
)

// census counts measures for a report. It keeps a duration as seconds: a year
// of a province is half a million of them.
type census struct {
	frame
	values values // nil where nothing is taken apart
	lines  []line
	marked []*line // those of lines that count marks
	hours  [hoursOfWeek]int
	oldest db.Time // of what is open
}

// line is a figure that is being counted, with its parts by dimension.
type line struct {
	figure
	n    int
	took []int32
	by   []split
}

// split takes a line apart by one dimension: how many have each value, by its
// number, and, where they took time, which value each had.
type split struct {
	dimension int
	counts    []int
	of        []int32
}

func newCensus(f frame) *census {
	c := &census{frame: f, values: newValues()}
	for _, l := range sheet {
		c.lines = append(c.lines, line{figure: l, took: l.list(), by: splitsBy(l)})
	}
	for i := range c.lines {
		if c.lines[i].each != nil {
			c.marked = append(c.marked, &c.lines[i])
		}
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
	c.countMarks(m)
	if m.openAt(c.asOf) {
		c.oldest = cmp.Or(min(c.oldest, m.Opened), m.Opened)
		c.add(c.line(Backlog), m)
		c.add(c.line(c.age(m)), m)
	}
}

// countMarks counts what may happen several times in a cycle.
func (c *census) countMarks(m *Measure) {
	for i := range m.Marks {
		if c.mark = &m.Marks[i]; !c.during(c.mark.At) {
			continue
		}
		if c.values != nil {
			c.values[byDoer].now = -1 // another mark, of the same cycle
		}
		for _, l := range c.marked {
			if l.each(c.mark) {
				c.add(l, m)
			}
		}
	}
}

func (c *census) line(f Figure) *line {
	return &c.lines[slices.IndexFunc(c.lines, func(l line) bool { return l.Name == f })]
}

func (c *census) n(f Figure) int { return c.line(f).n }

func (c *census) add(l *line, m *Measure) {
	l.n++
	timed := l.figure.took != nil
	if timed {
		l.took = push(l.took, int32(min(l.figure.took(m)/time.Second, 1<<31-1)))
	}
	if c.values == nil {
		return
	}
	for i := range l.by {
		s := &l.by[i]
		s.add(c.values.of(s.dimension, m, &c.frame), timed)
	}
}

func (s *split) add(value int, timed bool) {
	for value >= len(s.counts) {
		s.counts = append(s.counts, 0)
	}
	s.counts[value]++
	if timed {
		s.of = push(s.of, int32(value))
	}
}

func (c *census) sums() map[Figure]Sum {
	sums := map[Figure]Sum{}
	for _, l := range c.lines {
		s := Sum{N: l.n, Groups: map[Dimension][]Group{}}
		for i, d := range l.figure.by {
			if len(l.by[i].counts) > 0 {
				s.Groups[d] = l.by[i].groups(l.took, c.values[l.by[i].dimension].names)
			}
		}
		s.Spread = spread(l.took, time.Second) // which puts them in another order
		sums[l.Name] = s
	}
	return sums
}

// groups are in order of size.
func (s *split) groups(took []int32, names []string) (all []Group) {
	parts := s.parts(took)
	for i, n := range s.counts {
		if n > 0 {
			all = append(all, Group{Value: names[i], N: n, Spread: spread(parts[i], time.Second)})
		}
	}
	slices.SortFunc(all, func(a, b Group) int { return cmp.Or(b.N-a.N, cmp.Compare(a.Value, b.Value)) })
	return all
}

// parts puts what each took to those of the same value.
func (s *split) parts(took []int32) [][]int32 {
	parts, sorted := make([][]int32, len(s.counts)), make([]int32, len(s.of))
	for i, n := range s.counts {
		if len(s.of) > 0 {
			parts[i], sorted = sorted[:0:n], sorted[n:]
		}
	}
	for i, value := range s.of {
		parts[value] = append(parts[value], took[i])
	}
	return parts
}
