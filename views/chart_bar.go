package views

import "strconv"

// block is a filled part of a picture.
type block struct{ x, y, w, h float64 }

func (c Chart) bars() plot   { return c.plot(c.highest(), 0) }
func (c Chart) stacks() plot { return c.plot(c.tallest(), 0) }

// group is the place of one value; bars of a group touch, groups do not.
func (p plot) group(series, i int) block {
	all := min(p.slot()*0.76, 64)
	w := all / float64(len(p.Series))
	x := p.middle(i) - all/2 + float64(series)*w
	return p.standing(x, barWidth(w), 0, p.drawn(series, i))
}

// layer is the place of one value on those before it.
func (p plot) layer(series, i int) block {
	w := min(p.slot()*0.76, 56)
	return p.standing(p.middle(i)-w/2, barWidth(w), p.below(series, i), p.drawn(series, i))
}

// band is the place of one value among neighbours that it touches.
func (p plot) band(series, i int) block {
	return p.standing(p.middle(i)-p.slot()/2, p.slot(), 0, p.drawn(series, i))
}

func (p plot) standing(x, w, from, value float64) block {
	y := p.y(from + value)
	return block{x: x, y: y, w: w, h: p.y(from) - y}
}

// barWidth leaves room for the edge, which is drawn around the bar.
func barWidth(room float64) float64 { return max(1, room-1.5) }

func seriesClass(i int) string { return "s" + strconv.Itoa(i%5+1) }

// patternID is the pattern of a series; the first is solid, the fifth hollow.
func (c Chart) patternID(series int) string { return c.ID + "-pola-" + strconv.Itoa(series%5+1) }

// patterned are the series that need a pattern.
func (c Chart) patterned() []int {
	var all []int
	for s := 1; s < min(len(c.Series), 4); s++ {
		all = append(all, s)
	}
	return all
}

// fill is an attribute, not a style: the policy forbids inline styles, and a
// pattern's address is known only here.
func (c Chart) fill(series int) string {
	switch series % 5 {
	case 0:
		return "currentColor"
	case 4:
		return "none"
	}
	return "url(#" + c.patternID(series) + ")"
}
