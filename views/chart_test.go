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
	for highest, want := range map[float64]string{1: "4", 5: "8", 9: "12", 46: "60", 100: "100", 101: "120", 999: "1.000", 1300: "1.600", 0.5: "4"} {
		c := views.Chart{ID: "x", Labels: []string{"a"}, Series: []views.Series{{Values: []float64{highest}}}}
		if got := render(t, views.LineChart(c)).Find(".axes text[text-anchor=end]").Last().Text(); got != want {
			t.Errorf("highest %v: axis ends at %s, want %s", highest, got, want)
		}
	}
}

func TestAnAxisOfSpansIsCutAtWholeHoursAndDays(t *testing.T) {
	for minutes, want := range map[float64]string{3: "4", 61: "120", 700: "720", 1800: "2.880", 60000: "115.200"} {
		c := views.Chart{ID: "x", Spans: true, Labels: []string{"a"}, Series: []views.Series{{Values: []float64{minutes}}}}
		if got := render(t, views.LineChart(c)).Find(".axes text[text-anchor=end]").Last().Text(); got != want {
			t.Errorf("%v minutes: axis ends at %s, want %s", minutes, got, want)
		}
	}
}

func TestAChartOfNothingSaysSo(t *testing.T) {
	empty := views.Chart{ID: "x", Title: "Kosong", Labels: []string{"a"}, Series: []views.Series{{Name: "a", Values: []float64{0}}, {Name: "b", Values: []float64{views.Untold()}}}}
	for kind, draw := range kinds {
		for says, c := range map[string]views.Chart{"Belum ada data pada periode ini": {ID: "x", Series: []views.Series{{Name: "a"}}}, "0 pada seluruh periode ini": empty,
			"Kurang dari 5": {ID: "x", None: "Kurang dari 5.", Labels: []string{"a"}, Series: []views.Series{{Values: []float64{views.Untold()}}}}} {
			figure := render(t, draw(c)).Find("figure")
			if !strings.Contains(figure.Text(), says) || figure.Find("svg, details").Length() > 0 {
				t.Errorf("%s of %v draws something", kind, c.Labels)
			}
		}
	}
	if figure := render(t, views.HeatMap(views.Heat{ID: "x", Rows: []string{"Senin"}})).Find("figure"); figure.Find("svg").Length() > 0 {
		t.Error("an empty map is drawn")
	}
}

func TestEachNumberOfTheTableLeadsToItsList(t *testing.T) {
	c := twoSeries()
	c.Hrefs = [][]string{{"/a", "/b"}, {"", "/d"}}
	c.Say = func(v float64) string { return strconv.Itoa(int(v)) + " m" }
	chart := render(t, views.BarChart(c))
	var got []string
	chart.Find("details td a").Each(func(_ int, a *goquery.Selection) { got = append(got, a.Text()+a.AttrOr("href", "")) })
	if strings.Join(got, " ") != "20 m/a 1234 m/b 0 m/d" {
		t.Errorf("links %v", got)
	}
	if chart.Find("svg a").Length() > 0 {
		t.Error("the picture itself has links, which nobody can see")
	}
}

// TestNamedBandsKeepTheirLabels: a few long ones stand on two lines, a year of
// weeks is thinned.
func TestNamedBandsKeepTheirLabels(t *testing.T) {
	for n, want := range map[int]int{9: 9, 53: 5} {
		c := views.Chart{ID: "x", Series: []views.Series{{Values: []float64{1}}}}
		for i := range n {
			c.Labels = append(c.Labels, "lambat 5–"+strconv.Itoa(10+i))
		}
		if got := render(t, views.Histogram(c)).Find(".axes text[text-anchor=middle]").Length(); got != want {
			t.Errorf("%d of %d bands have their label, want %d", got, n, want)
		}
	}
}
