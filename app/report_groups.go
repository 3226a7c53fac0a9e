package app

import (
	"cmp"
	"fmt"
	"slices"
	"strings"
	"time"

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

// units compares them by how many work there: the largest files most.
func (g grouped) units() views.ReportSection {
	values, small := g.values(tickets.ByUnit), 0
	shown := slices.DeleteFunc(slices.Clone(values), func(v string) bool { return g.of(tickets.Arrived, tickets.ByUnit, v).N < smallest })
	slices.SortStableFunc(shown, g.unitOrder)
	for _, v := range values {
		if !slices.Contains(shown, v) {
			small += g.of(tickets.Arrived, tickets.ByUnit, v).N
		}
	}
	s := views.ReportSection{ID: "opd", Title: "Menurut OPD", Tables: []views.Table{g.unitTable(shown)},
		Notes: []string{"OPD menurut data pegawai saat permohonan diajukan, bukan yang diketik pemohon. “" + unknownUnit + "”: NIP-nya tidak ada dalam data pegawai, atau tanpa OPD.",
			"Per 100 pegawai: permohonan masuk dibagi pegawai aktif OPD itu hari ini. Sebab terbanyak: menurut pemohon, paling sedikit 5 permohonan."}}
	if rest := len(values) - len(shown); rest > 0 {
		s.Notes = append(s.Notes, fmt.Sprintf("%d OPD lain masing-masing dengan kurang dari 5 permohonan, seluruhnya %s.", rest, few(small)))
	}
	return s
}

func (g grouped) unitTable(units []string) views.Table {
	t := g.groupTable("Menurut OPD", tickets.ByUnit, units)
	t.Quiet = true
	t.Head = append(t.Head, views.Column{Text: "Tepat waktu", Number: true}, views.Column{Text: "Per 100 pegawai", Number: true}, views.Column{Text: "Sebab terbanyak"})
	causes := g.topCauses()
	for i, v := range units {
		judged := g.of(tickets.Judged, tickets.ByUnit, v).N
		kept := noneAt
		if judged >= smallest {
			kept = share{g.of(tickets.Kept, tickets.ByUnit, v).N, judged}.String()
		}
		top, known := causes[v]
		if !known {
			top.Text = noneAt
		}
		t.Rows[i] = append(t.Rows[i], views.Cell{Text: kept}, views.Cell{Text: perHundred(g.of(tickets.Arrived, tickets.ByUnit, v).N, g.peopleOf(v))}, top)
	}
	return t
}

// unitOrder is the order that is asked for; what cannot be told comes last.
func (g grouped) unitOrder(a, b string) int {
	switch g.order {
	case "nama":
		return cmp.Compare(g.say(tickets.ByUnit, a), g.say(tickets.ByUnit, b))
	case "per-100":
		return cmp.Compare(g.rate(b), g.rate(a))
	case "lama":
		return cmp.Compare(g.toldMedian(b), g.toldMedian(a))
	}
	return 0
}

// rate is how many requests of a unit there are for each who works there.
func (g grouped) rate(unit string) float64 {
	people := g.peopleOf(unit)
	if people == 0 {
		return -1
	}
	return float64(g.of(tickets.Arrived, tickets.ByUnit, unit).N) / float64(people)
}

func (g grouped) toldMedian(unit string) time.Duration {
	full := g.of(tickets.FullWork, tickets.ByUnit, unit).Spread
	if full.N < smallest {
		return -1
	}
	return full.Median
}

// topCauses are what was given most often as the cause in each unit.
func (g grouped) topCauses() map[string]views.Cell {
	top := map[string]views.Cell{}
	for _, p := range g.Sums[tickets.Arrived].Groups[tickets.ByUnitCause] { // largest first
		cause, unit, _ := strings.Cut(p.Value, "|")
		if _, known := top[unit]; known || cause == "" || p.N < smallest {
			continue
		}
		top[unit] = views.Cell{Text: causeName(cause), Small: views.Count(p.N), Href: g.group(tickets.Arrived, tickets.ByUnitCause, p.Value)}
	}
	return top
}

// peopleOf is how many work in a unit, 0 where there is none.
func (g grouped) peopleOf(unit string) int {
	if unit == "" {
		return 0
	}
	return g.heads[unit]
}

func few(n int) string {
	if n < smallest {
		return underFive
	}
	return views.Count(n)
}

// perHundred is with one decimal, rounded.
func perHundred(n, heads int) string {
	if heads == 0 {
		return "–"
	}
	tenths := (2000*n + heads) / (2 * heads)
	return fmt.Sprintf("%s,%d", views.Count(tenths/10), tenths%10)
}
