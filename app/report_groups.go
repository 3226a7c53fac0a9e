package app

import (
	"fmt"
	"slices"
	"strings"

	"github.com/a-h/templ"

	"pulih/tickets"
	"pulih/views"
)

// rhythm shows when requests arrive.
func (g grouped) rhythm() views.ReportSection {
	h := views.Heat{ID: "jam-masuk", Title: "Permohonan masuk menurut hari dan jam", Unit: "permohonan", Corner: "Hari",
		Desc: "Jumlah permohonan yang masuk, menurut hari dalam minggu dan jam, " + g.Zone.Name + "."}
	for hour := range 24 {
		h.Columns = append(h.Columns, fmt.Sprintf("%02d", hour))
	}
	for _, day := range []int{1, 2, 3, 4, 5, 6, 0} {
		values, links := g.Hours[day*24:day*24+24], make([]string, 24)
		for hour := range links {
			links[hour] = g.group(tickets.Arrived, tickets.ByHour, fmt.Sprintf("%d-%02d", day, hour))
		}
		h.Rows, h.Values, h.Hrefs = append(h.Rows, weekdays[day]), append(h.Values, values), append(h.Hrefs, links)
	}
	return views.ReportSection{ID: "irama", Title: "Kapan permohonan masuk?",
		Pictures: []templ.Component{views.HeatMap(h), views.RowChart(g.rows("sebab", "Yang terjadi, menurut pemohon", tickets.Arrived, tickets.ByCause))}}
}

// parts compares kinds, channels and levels.
func (g grouped) parts() views.ReportSection {
	s := views.ReportSection{ID: "bagian", Title: "Menurut jenis, jalur, dan tingkat bukti",
		Notes: []string{"Dalam tabel kelompok, 1 sampai 4 permohonan ditulis “" + underFive + "”, tanpa median: angka yang lebih kecil dapat menunjuk orang."}}
	for _, by := range []tickets.Dimension{tickets.ByKind, tickets.ByChannel, tickets.ByLevel} {
		s.Tables = append(s.Tables, g.groupTable("Menurut "+strings.ToLower(dimensions[by].title), by, g.values(by)))
	}
	return s
}

// values are the groups of a dimension among what arrived and what was
// resolved, those with most arrivals first.
func (g grouped) values(by tickets.Dimension) (all []string) {
	for _, f := range []tickets.Figure{tickets.Arrived, tickets.Resolved} {
		for _, p := range g.Sums[f].Groups[by] {
			if !slices.Contains(all, p.Value) {
				all = append(all, p.Value)
			}
		}
	}
	return all
}

func (g grouped) groupTable(caption string, by tickets.Dimension, values []string) views.Table {
	t := views.Table{Caption: caption, Head: []views.Column{{Text: dimensions[by].title}, {Text: "Masuk", Number: true}, {Text: "Selesai", Number: true},
		{Text: "Median, jam kerja", Number: true}, {Text: "9 dari 10", Number: true}}}
	for _, v := range values {
		t.Rows = append(t.Rows, g.groupRow(by, v))
	}
	return t
}

func (g grouped) groupRow(by tickets.Dimension, value string) []views.Cell {
	full := g.of(tickets.FullWork, by, value).Spread
	p90 := "–"
	if full.N >= smallest {
		p90 = worked(full.P90)
	}
	return []views.Cell{{Text: g.say(by, value)}, g.cell(tickets.Arrived, by, value, g.of(tickets.Arrived, by, value).N),
		g.cell(tickets.Resolved, by, value, g.of(tickets.Resolved, by, value).N), {Text: median(tickets.FullWork, full)}, {Text: p90}}
}

func few(n int) string {
	if n < smallest {
		return underFive
	}
	return views.Count(n)
}
