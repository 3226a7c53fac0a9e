package views_test

import (
	"fmt"
	"math"
	"math/rand/v2"
	"strconv"
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/PuerkitoBio/goquery"
	"github.com/a-h/templ"

	"pulih/views"
)

// kinds are the pictures of a chart.
var kinds = map[string]func(views.Chart) templ.Component{
	"bars": views.BarChart, "stack": views.StackedChart, "lines": views.LineChart,
	"histogram": views.Histogram, "rows": views.RowChart, "funnel": views.FunnelChart,
}

// anyChart is a chart of a random shape: from one label to a year of weeks,
// with zeros, values that are not told, and long names.
func anyChart(r *rand.Rand, id string) views.Chart {
	c := views.Chart{ID: id, Title: "Judul " + id, Desc: "Isi.", Axis: "Minggu", Unit: "tiket", Spans: r.IntN(4) == 0}
	for i := range 1 + r.IntN(53) {
		c.Labels = append(c.Labels, strings.Repeat("x", r.IntN(12))+strconv.Itoa(i))
	}
	scale := math.Pow(10, float64(r.IntN(7)))
	for s := range 1 + r.IntN(5) {
		one := views.Series{Name: "Seri " + strconv.Itoa(s)}
		for range len(c.Labels) - r.IntN(2) {
			one.Values = append(one.Values, []float64{0, views.Untold(), math.Floor(r.Float64() * scale), r.Float64()}[r.IntN(4)])
		}
		c.Series = append(c.Series, one)
	}
	c.Series[0].Values = append([]float64{1}, c.Series[0].Values...)[:len(c.Labels)]
	return c
}

func eachChart(t *testing.T, check func(t *testing.T, name string, drawn *goquery.Document, c views.Chart)) {
	r := rand.New(rand.NewPCG(6, 2026))
	for range 60 {
		c := anyChart(r, "acak")
		for kind, draw := range kinds {
			check(t, fmt.Sprintf("%s of %d × %d", kind, len(c.Series), len(c.Labels)), render(t, draw(c)), c)
		}
	}
}

func TestNoCoordinateLeavesTheBox(t *testing.T) {
	eachChart(t, func(t *testing.T, name string, drawn *goquery.Document, _ views.Chart) {
		if html, _ := drawn.Html(); strings.Contains(html, "NaN") || strings.Contains(html, "Inf") {
			t.Errorf("%s writes what is no number", name)
		}
		drawn.Find(".plot svg[viewBox] > g rect").Each(func(_ int, s *goquery.Selection) {
			x, y, w, h := number(t, s, "x"), number(t, s, "y"), number(t, s, "width"), number(t, s, "height")
			if x < 0 || y < 0 || w <= 0 || h < 0 || x+w > 640.2 || y+h > 260 {
				t.Errorf("%s: bar %v %v %v %v", name, x, y, w, h)
			}
		})
		drawn.Find(".plot svg[viewBox] text").Each(func(_ int, s *goquery.Selection) {
			left, right := reach(t, s)
			if y := number(t, s, "y"); left < -0.2 || right > 640.2 || y < 0 || y > 260 {
				t.Errorf("%s: text %q from %v to %v at %v", name, s.Text(), left, right, y)
			}
		})
	})
}

func TestLabelsNeverOverlap(t *testing.T) {
	eachChart(t, func(t *testing.T, name string, drawn *goquery.Document, _ views.Chart) {
		ends := map[float64]float64{} // by line
		drawn.Find(".axes text[text-anchor=middle]").Each(func(_ int, s *goquery.Selection) {
			left, right := reach(t, s)
			y := number(t, s, "y")
			if left < ends[y]-0.2 {
				t.Errorf("%s: %q begins at %v, before %v", name, s.Text(), left, ends[y])
			}
			ends[y] = right
		})
	})
}

// reach is from where to where a text goes, in a wide font.
func reach(t *testing.T, s *goquery.Selection) (left, right float64) {
	x, w := number(t, s, "x"), 8*float64(utf8.RuneCountInString(s.Text()))
	switch s.AttrOr("text-anchor", "start") {
	case "middle":
		return x - w/2, x + w/2
	case "end":
		return x - w, x
	}
	return x, x + w
}

func TestAStackIsAsHighAsItsParts(t *testing.T) {
	c := views.Chart{ID: "x", Labels: []string{"a", "b"}, Series: []views.Series{
		{Values: []float64{10, 5}}, {Values: []float64{20, 5}}, {Values: []float64{30, 5}}, {Values: []float64{20, 5}}, {Values: []float64{20, 5}}}}
	drawn := render(t, views.StackedChart(c))
	var tops, heights []float64
	drawn.Find(".plot svg > g rect").Each(func(_ int, s *goquery.Selection) {
		tops, heights = append(tops, number(t, s, "y")), append(heights, number(t, s, "height"))
	})
	floor := tops[0] + heights[0]
	for s, sum := 0, 0.0; s < 5; s++ {
		value := c.Series[s].Values[0]
		sum += value
		if got, want := heights[2*s], value*(floor-12)/100; math.Abs(got-want) > 0.2 {
			t.Errorf("part %d is %v high, want %v", s, got, want)
		}
		if got, want := floor-tops[2*s], sum*(floor-12)/100; math.Abs(got-want) > 0.2 {
			t.Errorf("part %d ends %v above the floor, want %v", s, got, want)
		}
	}
	if drawn.Find("pattern").Length() != 3 || drawn.Find(".plot .s1 rect[fill=currentColor], .plot .s5 rect[fill=none]").Length() != 4 {
		t.Error("five series need a solid, three patterns and a hollow")
	}
}

func TestLyingBarsAreSharesOfTheLongest(t *testing.T) {
	c := views.Chart{ID: "x", Labels: []string{"a", "b", "c"}, Series: []views.Series{{Values: []float64{200, 100, 0}}}}
	var got []string
	render(t, views.FunnelChart(c)).Find(".plot rect, .plot .number, .note").Each(func(_ int, s *goquery.Selection) {
		got = append(got, s.AttrOr("width", strings.TrimSpace(s.Text())))
	})
	want := "78%|200|39%|100|50% dari awal · 50% dari sebelumnya|0%|0|0% dari awal · 0% dari sebelumnya"
	if strings.Join(got, "|") != want {
		t.Errorf("got %v", got)
	}
}

func TestAValueThatIsNotToldIsAGap(t *testing.T) {
	c := views.Chart{ID: "x", Labels: []string{"a", "b", "c"}, Series: []views.Series{{Name: "Median", Values: []float64{3, views.Untold(), 4}}}}
	drawn := render(t, views.LineChart(c))
	if path := drawn.Find(".plot .line").AttrOr("d", ""); strings.Count(path, "M") != 2 || strings.Contains(path, "L") {
		t.Errorf("the line goes through the gap: %s", path)
	}
	if got := strings.Join(strings.Fields(drawn.Find("details td").Text()), " "); got != "3 – 4" {
		t.Errorf("table says %q", got)
	}
}

func TestTenChartsShareNoID(t *testing.T) {
	var all []templ.Component
	for i := range 10 {
		c := twoSeries()
		c.ID, c.Title = fmt.Sprintf("grafik-%d", i), fmt.Sprintf("Grafik %d", i)
		for _, kind := range []string{"bars", "stack", "lines", "histogram", "rows", "funnel"}[i%6:][:1] {
			all = append(all, kinds[kind](c))
		}
	}
	page := render(t, templ.Join(append(all, views.HeatMap(sampleHeat()))...))
	seen := map[string]bool{}
	page.Find("[id]").Each(func(_ int, s *goquery.Selection) {
		if id := s.AttrOr("id", ""); seen[id] {
			t.Errorf("id %s twice", id)
		} else {
			seen[id] = true
		}
	})
	page.Find("[fill^='url(#']").Each(func(_ int, s *goquery.Selection) {
		if id := strings.TrimSuffix(strings.TrimPrefix(s.AttrOr("fill", ""), "url(#"), ")"); !seen[id] {
			t.Errorf("pattern %s is not there", id)
		}
	})
	if page.Find("[style], style, figure[role]").Length() > 0 {
		t.Error("something inline, or a role on a figure")
	}
}

func number(t *testing.T, s *goquery.Selection, name string) float64 {
	t.Helper()
	v, err := strconv.ParseFloat(s.AttrOr(name, "none"), 64)
	if err != nil {
		t.Fatalf("%s of %s: %v", name, goquery.NodeName(s), err)
	}
	return v
}
