package app

import (
	"cmp"
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

// units compares them by how many work there: the largest files most.
func (g grouped) units() views.ReportSection {
	values, small := g.values(tickets.ByUnit), 0
	shown := slices.DeleteFunc(slices.Clone(values), func(v string) bool { return g.of(tickets.Arrived, tickets.ByUnit, v).N < smallest })
	for _, v := range values {
		if !slices.Contains(shown, v) {
			small += g.of(tickets.Arrived, tickets.ByUnit, v).N
		}
	}
	t := g.groupTable("Menurut OPD", tickets.ByUnit, shown)
	t.Quiet = true
	t.Head = append(t.Head, views.Column{Text: "Tepat waktu", Number: true}, views.Column{Text: "Per 100 pegawai", Number: true})
	for i, v := range shown {
		judged := g.of(tickets.Judged, tickets.ByUnit, v).N
		kept := "–"
		if judged >= smallest {
			kept = share{g.of(tickets.Kept, tickets.ByUnit, v).N, judged}.String()
		}
		t.Rows[i] = append(t.Rows[i], views.Cell{Text: kept}, views.Cell{Text: perHundred(g.of(tickets.Arrived, tickets.ByUnit, v).N, g.heads[v])})
	}
	s := views.ReportSection{ID: "opd", Title: "Menurut OPD", Tables: []views.Table{t},
		Notes: []string{"OPD ditulis seperti diisi pemohon sampai identitasnya diperiksa. Per 100 pegawai: permohonan masuk dibagi pegawai aktif OPD itu hari ini."}}
	if rest := len(values) - len(shown); rest > 0 {
		s.Notes = append(s.Notes, fmt.Sprintf("%d OPD lain masing-masing dengan kurang dari 5 permohonan, seluruhnya %s.", rest, few(small)))
	}
	return s
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

// agents is the load of each, by name: a ranking would make people close what
// is not solved.
func (g grouped) agents() views.ReportSection {
	t := views.Table{Caption: "Beban petugas", Quiet: true, Head: []views.Column{{Text: "Petugas"}, {Text: "Diselesaikan", Number: true},
		{Text: "Median, jam kerja", Number: true}, {Text: "Sedang dipegang", Number: true}}}
	values := g.values(tickets.ByAgent)
	for id := range g.Held {
		if !slices.Contains(values, id) {
			values = append(values, id)
		}
	}
	slices.SortFunc(values, func(a, b string) int { return cmp.Compare(g.say(tickets.ByAgent, a), g.say(tickets.ByAgent, b)) })
	for _, id := range values {
		done := g.of(tickets.Resolved, tickets.ByAgent, id)
		full := g.of(tickets.FullWork, tickets.ByAgent, id).Spread
		t.Rows = append(t.Rows, []views.Cell{{Text: g.say(tickets.ByAgent, id)}, {Text: views.Count(done.N), Href: g.group(tickets.Resolved, tickets.ByAgent, id)},
			{Text: median(tickets.FullWork, full), Small: "n = " + few(full.N)}, {Text: views.Count(g.Held[id])}})
	}
	return views.ReportSection{ID: "petugas", Title: "Beban petugas", Tables: []views.Table{t},
		Lead: "Hanya untuk penyelia, urut menurut nama. Angka ini bukan peringkat: yang sulit memang lebih lama.",
		Notes: []string{"Diselesaikan: permohonan yang ditutup petugas ini sebagai selesai dalam periode ini. " +
			"Yang diselesaikan pemohon dengan perangkat barunya tidak dimiliki petugas mana pun. Sedang dipegang: sekarang."}}
}
