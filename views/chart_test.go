package views_test

import (
	"strconv"
	"strings"
	"testing"

	"github.com/PuerkitoBio/goquery"

	"pulih/views"
)

func twoSeries() views.Chart {
	return views.Chart{
		ID: "masuk", Title: "Tiket", Desc: "Naik.", Axis: "Minggu", Unit: "tiket",
		Labels: []string{"1 Nov", "8 Nov"},
		Series: []views.Series{{Name: "Masuk", Values: []float64{20, 1234.5}}, {Name: "Selesai", Values: []float64{10}}},
	}
}

func TestAChartSaysInATableWhatItDraws_wcag111(t *testing.T) {
	chart := render(t, views.BarChart(twoSeries()))
	if got := chart.Find("svg[role=img] title").Text(); got != "Tiket" {
		t.Errorf("title %q", got)
	}
	var cells []string
	chart.Find("details td").Each(func(_ int, s *goquery.Selection) { cells = append(cells, strings.TrimSpace(s.Text())) })
	if got := strings.Join(cells, " "); got != "20 10 1.234,5 0" {
		t.Errorf("table says %q; a missing value is 0, numbers are written as Indonesians do", got)
	}
}

func TestBarsStandInProportion(t *testing.T) {
	c := twoSeries()
	c.Series = []views.Series{{Name: "Masuk", Values: []float64{20, 40}}}
	var heights []float64
	render(t, views.BarChart(c)).Find(".plot rect").Each(func(_ int, s *goquery.Selection) {
		height, err := strconv.ParseFloat(s.AttrOr("height", ""), 64)
		if err != nil {
			t.Fatal(err)
		}
		heights = append(heights, height)
	})
	if len(heights) != 2 || heights[0]*2 != heights[1] {
		t.Errorf("heights %v", heights)
	}
}

func TestTheAxisEndsAboveTheHighestValueOnARoundNumber(t *testing.T) {
	for highest, want := range map[float64]string{0: "4", 1: "4", 5: "8", 9: "12", 46: "60", 100: "120", 101: "120", 999: "1.200", 1300: "1.600", 0.5: "4"} {
		c := views.Chart{ID: "x", Labels: []string{"a"}, Series: []views.Series{{Values: []float64{highest}}}}
		if got := render(t, views.LineChart(c)).Find(".axes text[text-anchor=end]").Last().Text(); got != want {
			t.Errorf("highest %v: axis ends at %s, want %s", highest, got, want)
		}
	}
}

func TestAnEmptyChartIsDrawn(t *testing.T) {
	render(t, views.BarChart(views.Chart{ID: "x"}))
	render(t, views.LineChart(views.Chart{ID: "x", Series: []views.Series{{Name: "a"}}}))
}
