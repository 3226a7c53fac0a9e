package views

import "strconv"

// Heat is a map of whole numbers, as of arrivals by weekday and hour.
type Heat struct {
	ID, Title, Desc, Unit string
	Corner                string // head of the column of row names: "Hari"
	Rows, Columns         []string
	Values                [][]int    // rows × columns; 0 is left blank
	Hrefs                 [][]string // the list behind each number; nil and "" link none
}

// The drawing area in SVG units.
const (
	heatHead = 22.0
	heatCell = 28.0
	heatText = 7.6 // the width of a digit
)

// heatSteps is how many densities there are.
const heatSteps = 5

func (h Heat) highest() int {
	highest := 0
	for r := range h.Rows {
		for c := range h.Columns {
			highest = max(highest, at(h.Values, r, c))
		}
	}
	return highest
}

// step is the density of a number above 0: 1 to 5.
func (h Heat) step(value int) int {
	highest := h.highest()
	return (value*heatSteps + highest - 1) / highest
}

// heatStep is a line of the legend.
type heatStep struct {
	class, text string
}

// steps say which numbers each density means; a density that no number can
// have is left out.
func (h Heat) steps() []heatStep {
	var all []heatStep
	for s := 1; s <= heatSteps; s++ {
		low, high := (s-1)*h.highest()/heatSteps+1, s*h.highest()/heatSteps
		switch {
		case low == high:
			all = append(all, heatStep{densityClass(s), figure(float64(low))})
		case low < high:
			all = append(all, heatStep{densityClass(s), figure(float64(low)) + "–" + figure(float64(high))})
		}
	}
	return all
}

func densityClass(step int) string { return "heat" + strconv.Itoa(step) }

func (h Heat) left() float64 {
	left := 0.0
	for _, row := range h.Rows {
		left = max(left, textWidth(row)+10)
	}
	return left
}

func (h Heat) width() float64 {
	return (chartWidth - h.left()) / float64(max(1, len(h.Columns)))
}

func (h Heat) height() float64 { return heatHead + heatCell*float64(len(h.Rows)) + 1 }

// cell is a place with a hair of ground around it.
func (h Heat) cell(row, column int) block {
	return block{
		x: h.left() + h.width()*float64(column) + 0.5, y: heatHead + heatCell*float64(row) + 0.5,
		w: h.width() - 1, h: heatCell - 1,
	}
}

// fits says whether a number can stand in its cell.
func (h Heat) fits(value int) bool {
	return heatText*float64(len(figure(float64(value)))) <= h.width()-1
}

// labelled thins the heads of the columns to those that fit.
func (h Heat) labelled(column int) bool {
	step := 1
	for _, name := range h.Columns {
		for heatText*float64(len([]rune(name)))+4 > h.width()*float64(step) {
			step++
		}
	}
	return column%step == 0
}
