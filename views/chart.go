package views

import (
	"cmp"
	"math"
	"strconv"
	"strings"
)

// Chart is a picture of numbers that also stands as a table beneath it.
type Chart struct {
	ID     string // unique on the page
	Title  string // unique on the page, too
	Desc   string // what the picture shows, in a sentence, for those who do not see it
	Axis   string // head of the table's first column: "Minggu"
	Unit   string // "tiket"; "" writes none
	Labels []string
	Series []Series
	Hrefs  [][]string // series × label: the list behind each number; nil and "" link none

	None   string // what stands in place of an empty picture; "" says it in general
	Unsaid string // what an Untold value says; "" is a dash

	Spans bool                 // the values are minutes: the axis is cut at whole hours and days
	Say   func(float64) string // writes values on the axis and in the table; nil writes numbers
}

// Series is one line, or one bar of each group, told apart by pattern and mark
// as well as by colour: at most five in a stack, three elsewhere. A value that
// is missing is 0; one that must not be told is Untold.
type Series struct {
	Name   string
	Values []float64 // none below 0
}

// Untold is a value that has no number to show, as of a group under five: a
// gap in the picture, a dash in the table.
func Untold() float64 { return math.NaN() }

func (c Chart) value(series, i int) float64 {
	if series < len(c.Series) && i < len(c.Series[series].Values) {
		return c.Series[series].Values[i]
	}
	return 0
}

// drawn is the value as a length: what is not told has none.
func (c Chart) drawn(series, i int) float64 {
	if v := c.value(series, i); v > 0 && !math.IsInf(v, 0) {
		return v
	}
	return 0
}

func (c Chart) untold(series, i int) bool {
	v := c.value(series, i)
	return math.IsNaN(v) || math.IsInf(v, 0)
}

// nothing says that there is nothing to draw.
func (c Chart) nothing() bool { return c.highest() == 0 }

// none says why: what is known to be none is not what nobody knows.
func (c Chart) none() string {
	for s := range c.Series {
		for i := range c.Labels {
			if !c.untold(s, i) {
				return cmp.Or(c.None, "0 pada seluruh periode ini.")
			}
		}
	}
	return cmp.Or(c.None, nothingYet)
}

const nothingYet = "Belum ada data pada periode ini."

func (c Chart) highest() float64 {
	highest := 0.0
	for s := range c.Series {
		for i := range c.Labels {
			highest = max(highest, c.drawn(s, i))
		}
	}
	return highest
}

// tallest is the highest stack.
func (c Chart) tallest() float64 {
	tallest := 0.0
	for i := range c.Labels {
		tallest = max(tallest, c.below(len(c.Series), i))
	}
	return tallest
}

// below is how high a series begins in its stack.
func (c Chart) below(series, i int) float64 {
	sum := 0.0
	for s := range series {
		sum += c.drawn(s, i)
	}
	return sum
}

// say writes a value on the axis, in the picture and in the table.
func (c Chart) say(v float64) string {
	switch {
	case math.IsNaN(v) || math.IsInf(v, 0):
		return cmp.Or(c.Unsaid, "–")
	case c.Say != nil:
		return c.Say(v)
	}
	return figure(v)
}

// table is the same numbers for those who read rather than look.
func (c Chart) table() Table {
	t := Table{Caption: c.Title, Quiet: true, Head: []Column{{Text: c.Axis}}}
	for _, s := range c.Series {
		t.Head = append(t.Head, Column{Text: s.Name, Number: true})
	}
	for i, label := range c.Labels {
		row := []Cell{{Text: label}}
		for s := range c.Series {
			row = append(row, Cell{Text: c.say(c.value(s, i)), Href: at(c.Hrefs, s, i)})
		}
		t.Rows = append(t.Rows, row)
	}
	return t
}

// at is an element of a table that may be smaller than asked for, or nil.
func at[V any](table [][]V, row, column int) (none V) {
	if row < len(table) && column < len(table[row]) {
		return table[row][column]
	}
	return none
}

// figure writes a number as Indonesians do: 1.234,5.
func figure(v float64) string {
	whole, fraction, _ := strings.Cut(strconv.FormatFloat(math.Abs(v), 'f', -1, 64), ".")
	for i := len(whole) - 3; i > 0; i -= 3 {
		whole = whole[:i] + "." + whole[i:]
	}
	if fraction != "" {
		whole += "," + fraction
	}
	if v < 0 {
		return "-" + whole
	}
	return whole
}

// svg writes a coordinate with one decimal, which is finer than a screen.
func svg(v float64) string {
	return strconv.FormatFloat(math.Round(v*10)/10, 'f', -1, 64)
}
