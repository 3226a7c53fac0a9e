package views_test

import (
	"strconv"
	"strings"
	"testing"

	"github.com/PuerkitoBio/goquery"

	"pulih/views"
)

func sampleHeat() views.Heat {
	h := views.Heat{ID: "jam", Title: "Masuk menurut jam", Desc: "Pagi ramai.", Unit: "tiket", Corner: "Hari",
		Rows: []string{"Senin", "Minggu"}, Values: [][]int{make([]int, 24), make([]int, 24)}, Hrefs: [][]string{make([]string, 24)}}
	for hour := range 24 {
		h.Columns = append(h.Columns, strconv.Itoa(hour/10)+strconv.Itoa(hour%10))
		h.Values[0][hour] = hour
	}
	h.Values[1][8], h.Hrefs[0][23] = 12345, "/daftar"
	return h
}

func TestAHeatMapAndItsTableSayTheSame(t *testing.T) {
	h := sampleHeat()
	drawn := render(t, views.HeatMap(h))
	cells := drawn.Find("td")
	if cells.Length() != 48 || drawn.Find(".plot svg rect").Length() != 24 {
		t.Fatalf("%d cells, %d drawn", cells.Length(), drawn.Find(".plot svg rect").Length())
	}
	var table, picture []string
	cells.Each(func(_ int, s *goquery.Selection) { table = append(table, strings.TrimSpace(s.Text())) })
	drawn.Find("svg g text").Each(func(_ int, s *goquery.Selection) { picture = append(picture, s.Text()) })
	if table[0] != "" || table[23] != "23" || table[32] != "12.345" {
		t.Errorf("table %v", table)
	}
	if got := strings.Join(picture, " "); !strings.HasPrefix(got, "1 2 3 ") || strings.Contains(got, "12.345") {
		t.Errorf("numbers in cells: %s; one that does not fit stays out", got)
	}
	if drawn.Find("td a[href='/daftar']").Text() != "23" {
		t.Error("the number does not lead to its list")
	}
}

func TestTheLegendOfAHeatMapSaysWhatEachDensityMeans(t *testing.T) {
	for highest, want := range map[int]string{47: "1–9|10–18|19–28|29–37|38–47", 5: "1|2|3|4|5", 3: "1|2|3", 1: "1"} {
		h := views.Heat{ID: "x", Rows: []string{"Senin"}, Values: [][]int{nil}}
		for v := range highest + 1 {
			h.Columns, h.Values[0] = append(h.Columns, strconv.Itoa(v)), append(h.Values[0], v)
		}
		drawn := render(t, views.HeatMap(h))
		var legend []string
		meant := map[string]string{}
		drawn.Find(".legend li:not(.muted)").Each(func(_ int, s *goquery.Selection) {
			legend = append(legend, strings.TrimSpace(s.Text()))
			meant[s.Find("rect").AttrOr("class", "")] = strings.TrimSpace(s.Text())
		})
		if strings.Join(legend, "|") != want {
			t.Errorf("up to %d: legend %v", highest, legend)
		}
		drawn.Find(".plot svg g").Each(func(i int, s *goquery.Selection) {
			low, high, _ := strings.Cut(meant[s.AttrOr("class", "")], "–")
			from, _ := strconv.Atoi(low)
			to, _ := strconv.Atoi(max(high, low))
			if high == "" {
				to = from
			}
			if v := i + 1; v < from || v > to {
				t.Errorf("up to %d: %d is drawn as %s", highest, v, meant[s.AttrOr("class", "")])
			}
		})
	}
}
