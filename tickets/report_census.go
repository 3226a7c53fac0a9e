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
	lines []line
	hours [hoursOfWeek]int
}

// line is a figure that is being counted.
type line struct {
	figure
	n      int
	took   []int32
	groups map[Dimension]map[string]*part
}

type part struct {
	n    int
	took []int32
}

func newCensus(f frame) *census {
	c := &census{frame: f}
	for _, l := range sheet {
		c.lines = append(c.lines, line{figure: l, groups: map[Dimension]map[string]*part{}})
	}
	return c
}

func (c *census) count(m *Measure) {
	for i := range c.lines {
		l := &c.lines[i]
		if l.when == nil {
			continue
		}
		if at := c.counts(&l.figure, m); at != 0 {
			l.add(m, c.frame)
			if l.Name == Arrived {
				c.hours[c.hourOfWeek(at)]++
			}
		}
	}
	if m.openAt(c.asOf) {
		c.line(Backlog).add(m, c.frame)
		c.line(c.age(m)).add(m, c.frame)
	}
}

func (c *census) line(f Figure) *line {
	return &c.lines[slices.IndexFunc(c.lines, func(l line) bool { return l.Name == f })]
}

func (c *census) n(f Figure) int { return c.line(f).n }

func (l *line) add(m *Measure, f frame) {
	l.n++
	seconds := int32(-1)
	if l.figure.took != nil {
		seconds = int32(min(l.figure.took(m)/time.Second, 1<<31-1))
		l.took = append(l.took, seconds)
	}
	for _, d := range l.by {
		l.part(d, d.value(m, f)).add(seconds)
	}
}

func (l *line) part(d Dimension, value string) *part {
	if l.groups[d] == nil {
		l.groups[d] = map[string]*part{}
	}
	p := l.groups[d][value]
	if p == nil {
		p = &part{}
		l.groups[d][value] = p
	}
	return p
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
		for d, parts := range l.groups {
			s.Groups[d] = inOrderOfSize(parts)
		}
		sums[l.Name] = s
	}
	return sums
}

func inOrderOfSize(parts map[string]*part) (all []Group) {
	for value, p := range parts {
		all = append(all, Group{Value: value, N: p.n, Spread: spread(p.took, time.Second)})
	}
	slices.SortFunc(all, func(a, b Group) int { return cmp.Or(b.N-a.N, cmp.Compare(a.Value, b.Value)) })
	return all
}
