package views

import (
	"fmt"
	"math"
	"strconv"
	"strings"
)

// Chart is a picture of numbers that also stands as a table beneath it.
type Chart struct {
	ID     string // unique on the page
	Title  string
	Desc   string // what the picture shows, in a sentence, for those who do not see it
	Axis   string // head of the table's first column: "Minggu"
	Unit   string // "tiket"
	Labels []string
	Series []Series
}

// Series is one line, or one bar of each group. At most three, told apart by
// pattern and mark as well as by colour.
type Series struct {
	Name   string
	Values []float64
}

// The drawing area in SVG units; text is about as large as on the page.
const (
	chartWidth  = 640.0
	chartHeight = 260.0
	chartLeft   = 44.0
	chartBottom = 28.0
	chartTop    = 12.0
)

type chartBar struct{ x, y, w, h float64 }

// top is the rounded end of the axis, chosen so that its quarters are whole.
func (c Chart) top() float64 {
	highest := 4.0
	for _, s := range c.Series {
		for _, v := range s.Values {
			highest = max(highest, v)
		}
	}
	power := math.Pow(10, math.Floor(math.Log10(highest)))
	for _, step := range []float64{1.2, 1.6, 2, 2.4, 3.2, 4, 6, 8} {
		top := math.Round(step * power)
		if highest <= top && math.Mod(top, 4) == 0 {
			return top
		}
	}
	return 12 * power
}

// ticks are the values that get a line across the picture.
func (c Chart) ticks() []float64 {
	top := c.top()
	return []float64{0, top / 4, top / 2, top * 3 / 4, top}
}

func (c Chart) y(value float64) float64 {
	room := chartHeight - chartTop - chartBottom
	return chartTop + room*(1-value/c.top())
}

// slot is the width that belongs to one label.
func (c Chart) slot() float64 {
	return (chartWidth - chartLeft) / float64(max(1, len(c.Labels)))
}

func (c Chart) middle(i int) float64 {
	return chartLeft + c.slot()*(float64(i)+0.5)
}

// bar is the place of one value; bars of a group touch, groups do not.
func (c Chart) bar(series, i int) chartBar {
	group := min(c.slot()*0.72, 64)
	w := group / float64(len(c.Series))
	x := c.middle(i) - group/2 + float64(series)*w
	y := c.y(c.value(series, i))
	return chartBar{x: x, y: y, w: max(1, w-1), h: c.y(0) - y}
}

// line is the path of one series.
func (c Chart) line(series int) string {
	var path strings.Builder
	for i := range c.Labels {
		verb := "L"
		if i == 0 {
			verb = "M"
		}
		fmt.Fprintf(&path, "%s%s %s", verb, svg(c.middle(i)), svg(c.y(c.value(series, i))))
	}
	return path.String()
}

func (c Chart) value(series, i int) float64 {
	if i < len(c.Series[series].Values) {
		return c.Series[series].Values[i]
	}
	return 0
}

// labelled thins the labels so that about eight stand under the picture.
func (c Chart) labelled(i int) bool {
	return i%max(1, (len(c.Labels)+7)/8) == 0
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
			row = append(row, Cell{Text: figure(c.value(s, i))})
		}
		t.Rows = append(t.Rows, row)
	}
	return t
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

func seriesClass(i int) string {
	return "s" + strconv.Itoa(i+1)
}
