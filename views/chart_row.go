package views

import "math"

// Rows are drawn without a viewBox: lengths are shares of the width, text has
// its own size at every width.
const (
	rowHeight  = 50.0
	rowBar     = 16.0
	rowLongest = 78.0 // percent of the width; the rest is for the number
)

// rowLine is one line of a chart of lying bars.
type rowLine struct {
	name, number, note string
	y                  float64
	share              string // of the width: "62.5%"
}

// rowLines has a line for each label of the first series.
func (c Chart) rowLines() []rowLine {
	var all []rowLine
	for i, label := range c.Labels {
		all = append(all, rowLine{
			name: label, number: c.say(c.value(0, i)),
			y: rowHeight * float64(i), share: c.rowShare(i),
		})
	}
	return all
}

func (c Chart) rowShare(i int) string {
	return svg(rowLongest*c.drawn(0, i)/max(c.highest(), math.SmallestNonzeroFloat64)) + "%"
}

// funnelLines say beside each number what part is left.
func (c Chart) funnelLines() []rowLine {
	all := c.rowLines()
	for i := range all {
		if i > 0 {
			all[i].y += chartLine * float64(i-1)
			all[i].note = share(c.value(0, i), c.value(0, 0)) + " dari awal · " +
				share(c.value(0, i), c.value(0, i-1)) + " dari sebelumnya"
		}
	}
	return all
}

// funnelTable has the shares too.
func (c Chart) funnelTable() Table {
	t := c.table()
	t.Head = append(t.Head, Column{Text: "Dari awal", Number: true}, Column{Text: "Dari sebelumnya", Number: true})
	for i := range t.Rows {
		t.Rows[i] = append(t.Rows[i], Cell{Text: share(c.value(0, i), c.value(0, 0))},
			Cell{Text: share(c.value(0, i), c.value(0, max(0, i-1)))})
	}
	return t
}

// rowClass says when a name may be wider than a phone.
func (c Chart) rowClass() string {
	if c.widest() > 34*chartLetter {
		return "rowed long"
	}
	return "rowed"
}

func rowsHeight(lines []rowLine) string {
	last := lines[len(lines)-1]
	if last.note != "" {
		last.y += chartLine
	}
	return svg(last.y + rowHeight)
}

// share is a part of a whole: "82,4%", or a dash where there is no whole.
func share(part, whole float64) string {
	if percent := part * 100 / whole; !math.IsNaN(percent) && !math.IsInf(percent, 0) {
		return figure(math.Round(percent*10)/10) + "%"
	}
	return "–"
}
