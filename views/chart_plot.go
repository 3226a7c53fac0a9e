package views

import (
	"math"
	"unicode/utf8"
)

// The drawing area in SVG units; text is about as large as on the page.
const (
	chartWidth  = 640.0
	chartHeight = 260.0
	chartTop    = 12.0
	chartLetter = 8.0  // a letter of the widest font that system-ui may be
	chartLine   = 17.0 // from one line of labels to the next
)

// plot is a chart with its axes: where each value and each label falls.
type plot struct {
	Chart
	top         float64 // the value at the upper end of the axis
	left, right float64 // what the axis and the names at the ends take
	tiers       int     // lines of labels
	labels      []label // those that fit
}

// plot lays out a chart whose tallest mark stands for highest.
func (c Chart) plot(highest, right float64) plot {
	p := plot{Chart: c, top: c.end(highest), right: right, tiers: 1}
	for _, v := range p.ticks() {
		p.left = max(p.left, textWidth(c.say(v))+12)
	}
	p.label()
	return p
}

// end is the rounded end of the axis, chosen so that its quarters are whole.
func (c Chart) end(highest float64) float64 {
	highest = max(highest, 4)
	if c.Spans {
		return spanEnd(highest)
	}
	power := math.Pow(10, math.Floor(math.Log10(highest)))
	for _, step := range []float64{1, 1.2, 1.6, 2, 2.4, 3.2, 4, 6, 8, 10} {
		end := math.Round(step * power)
		if highest <= end && math.Mod(end, 4) == 0 {
			return end
		}
	}
	return 12 * power
}

// spanEnd makes quarters of whole minutes, hours or days.
func spanEnd(highest float64) float64 {
	const hour, day = 60, 24 * 60
	for _, quarter := range []float64{1, 2, 5, 10, 15, 30, hour, 2 * hour, 3 * hour, 6 * hour, 12 * hour, day, 2 * day, 3 * day, 5 * day, 7 * day} {
		if highest <= 4*quarter {
			return 4 * quarter
		}
	}
	return 40 * day * math.Ceil(highest/(40*day))
}

// ticks are the values that get a line across the picture.
func (p plot) ticks() []float64 {
	return []float64{0, p.top / 4, p.top / 2, p.top * 3 / 4, p.top}
}

// floor is where the axis of labels runs.
func (p plot) floor() float64 { return chartHeight - 11 - chartLine*float64(p.tiers) }

func (p plot) y(value float64) float64 {
	return p.floor() - (p.floor()-chartTop)*value/p.top
}

// slot is the width that belongs to one label.
func (p plot) slot() float64 {
	return (chartWidth - p.left - p.right) / float64(max(1, len(p.Labels)))
}

func (p plot) middle(i int) float64 { return p.left + p.slot()*(float64(i)+0.5) }

// label is a text under the axis.
type label struct {
	text string
	x, y float64 // its middle, its foot
}

// label writes the labels that fit: all of them, on two lines if need be, or
// every second, third and so on.
func (p *plot) label() {
	step := max(1, int(math.Ceil((p.widest()+10)/p.slot())))
	if all := p.placed(1, 2); step == 2 && len(p.Labels) <= 16 && len(all) == len(p.Labels) {
		p.labels, p.tiers = all, 2
		return
	}
	p.labels = p.placed(step, 1)
}

// placed is every step-th label on so many lines, without those that would
// touch the one before.
func (p *plot) placed(step, tiers int) []label {
	var all []label
	end := make([]float64, tiers)
	for i := 0; i < len(p.Labels); i += step {
		tier, half := i%tiers, textWidth(p.Labels[i])/2
		x := max(half, min(p.middle(i), chartWidth-half)) // inside the picture
		if x-half < end[tier] {
			continue
		}
		end[tier] = x + half + 4
		all = append(all, label{p.Labels[i], x, chartHeight - 6 - chartLine*float64(tiers-1-tier)})
	}
	return all
}

func (c Chart) widest() float64 {
	widest := 0.0
	for _, label := range c.Labels {
		widest = max(widest, textWidth(label))
	}
	return widest
}

// textWidth is at least what a text takes.
func textWidth(text string) float64 {
	return chartLetter * float64(utf8.RuneCountInString(text))
}
