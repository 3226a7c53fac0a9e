package views

import (
	"fmt"
	"math"
	"strings"
	"unicode/utf8"
)

// manyPoints is from where marks would hide the line.
const manyPoints = 16

// point is a place on a line, and the name that stands beside it.
type point struct {
	x, y float64
	name string
}

// lines leaves room for the names at the ends, if they fit there.
func (c Chart) lines() plot {
	p := c.plot(c.highest(), 0)
	if named := c.plot(c.highest(), c.nameRoom()); named.apart() {
		return named
	}
	return p
}

func (c Chart) nameRoom() float64 {
	room := 0.0
	for _, s := range c.Series {
		room = max(room, textWidth(s.Name)+4)
	}
	return room
}

// apart says whether short names can stand at the ends of the lines.
func (p plot) apart() bool {
	for s, series := range p.Series {
		if len(p.Series) < 2 || utf8.RuneCountInString(series.Name) > 12 || p.untold(s, len(p.Labels)-1) {
			return false
		}
		for other := range s {
			if math.Abs(p.last(s).y-p.last(other).y) < 16 {
				return false
			}
		}
	}
	return true
}

// ends are the names that stand where the lines stop.
func (p plot) ends() []point {
	var all []point
	for s := range p.Series {
		if p.right > 0 {
			all = append(all, p.last(s))
		}
	}
	return all
}

func (p plot) last(series int) point {
	i := len(p.Labels) - 1
	return point{min(p.middle(i)+9, chartWidth-p.right+2), p.y(p.drawn(series, i)), p.Series[series].Name}
}

// line is the path of one series, broken where a value is not told.
func (p plot) line(series int) string {
	var path strings.Builder
	verb := "M"
	for i := range p.Labels {
		if p.untold(series, i) {
			verb = "M"
			continue
		}
		fmt.Fprintf(&path, "%s%s %s", verb, svg(p.middle(i)), svg(p.y(p.drawn(series, i))))
		verb = "L"
	}
	return path.String()
}

// marks are a circle, a square or a lozenge at each value, as long as there
// are few; a value alone between gaps always has one, for no line shows it.
func (p plot) marks(series int) string {
	var path strings.Builder
	for i := range p.Labels {
		if p.untold(series, i) || len(p.Labels) > manyPoints && !p.alone(series, i) {
			continue
		}
		fmt.Fprintf(&path, "M%s %s%s", svg(p.middle(i)), svg(p.y(p.drawn(series, i))), lineMark(series))
	}
	return path.String()
}

func (p plot) alone(series, i int) bool {
	before := i == 0 || p.untold(series, i-1)
	return before && (i+1 >= len(p.Labels) || p.untold(series, i+1))
}

// lineMark is drawn around the place where the path stands.
func lineMark(series int) string {
	return []string{
		"m-4.5 0a4.5 4.5 0 1 0 9 0a4.5 4.5 0 1 0-9 0z",
		"m-4 -4h8v8h-8z",
		"m0-6l6 6l-6 6l-6-6z",
	}[series%3]
}
