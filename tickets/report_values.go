package tickets

import (
	"slices"
	"strings"
)

// allDimensions lists them all; a census knows each by its place here.
var allDimensions = []Dimension{ByKind, ByChannel, ByLevel, ByUnit, ByCause, ByOutcome, ByAgent, ByEnd, ByBand, ByHour, ByUnitCause, ByDoer}

// byDoer is the only dimension of which a cycle has several values.
var byDoer = slices.Index(allDimensions, ByDoer)

func splitsBy(f figure) (all []split) {
	for _, d := range f.by {
		all = append(all, split{dimension: slices.Index(allDimensions, d), of: f.list()})
	}
	return all
}

// values numbers the values of each dimension in the order in which they come,
// and looks each up once for a cycle, which many figures count.
type values []valuesOf

// valuesOf are those of one dimension. now is the number of the value of the
// cycle that is counted, -1 until it was looked up.
type valuesOf struct {
	names   []string
	numbers map[string]int
	now     int
}

func newValues() values {
	v := make(values, len(allDimensions))
	for i := range v {
		v[i].numbers = map[string]int{}
	}
	return v
}

// forget begins another cycle.
func (v values) forget() {
	for i := range v {
		v[i].now = -1
	}
}

// of is the number of a cycle's value.
func (v values) of(dimension int, m *Measure, f *frame) int {
	of := &v[dimension]
	if of.now < 0 {
		of.now = of.number(allDimensions[dimension].value(m, f))
	}
	return of.now
}

// few are found quicker by looking at each than in a map.
const few = 8

func (v *valuesOf) number(value string) int {
	if len(v.names) <= few {
		if n := slices.Index(v.names, value); n >= 0 {
			return n
		}
	} else if n, known := v.numbers[value]; known {
		return n
	}
	n := len(v.names)
	v.names = append(v.names, strings.Clone(value)) // which is a part of a pack
	v.numbers[v.names[n]] = n
	return n
}
