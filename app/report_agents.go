package app

import (
	"cmp"
	"slices"

	"pulih/tickets"
	"pulih/views"
)

// agents is the load of each, by name: a ranking would make people close what
// is not solved.
func (g grouped) agents() views.ReportSection {
	t := views.Table{Caption: "Beban petugas", Quiet: true, Head: []views.Column{{Text: "Petugas"}, {Text: "Diperiksa", Number: true},
		{Text: "Diputus", Number: true}, {Text: "Diselesaikan", Number: true}, {Text: "Median, jam kerja", Number: true}, {Text: "Sedang dipegang", Number: true}}}
	for _, id := range g.loaded() {
		t.Rows = append(t.Rows, g.load(id))
	}
	return views.ReportSection{ID: "petugas", Title: "Beban petugas", Tables: []views.Table{t},
		Lead: "Hanya untuk penyelia, urut menurut nama. Angka ini bukan peringkat: yang sulit memang lebih lama.",
		Notes: []string{"Diperiksa: setiap pemeriksaan identitas. Diputus: setiap keputusan orang kedua. " +
			"Diselesaikan: permohonan yang ditutup petugas ini sebagai selesai. " +
			"Yang diselesaikan pemohon dengan perangkat barunya tidak dimiliki petugas mana pun.",
			"Sedang dipegang: sekarang, tanpa saringan."}}
}

// loaded are those who did something or have something, by name.
func (g grouped) loaded() []string {
	all := g.values(tickets.ByAgent)
	for _, f := range []tickets.Figure{tickets.Checks, tickets.Rulings} {
		for _, p := range g.Sums[f].Groups[tickets.ByDoer] {
			all = append(all, p.Value)
		}
	}
	for id := range g.Held {
		all = append(all, id)
	}
	slices.SortFunc(all, func(a, b string) int {
		return cmp.Or(cmp.Compare(g.say(tickets.ByAgent, a), g.say(tickets.ByAgent, b)), cmp.Compare(a, b))
	})
	return slices.Compact(all)
}

func (g grouped) load(id string) []views.Cell {
	count := func(f tickets.Figure, by tickets.Dimension) views.Cell {
		n := g.of(f, by, id).N
		if n == 0 {
			return views.Cell{Text: "0"}
		}
		return views.Cell{Text: views.Count(n), Href: g.group(f, by, id)}
	}
	full := g.of(tickets.FullWork, tickets.ByAgent, id).Spread
	took := views.Cell{Text: median(tickets.FullWork, full)}
	if full.N > 0 {
		took.Small = "n = " + few(full.N)
	}
	return []views.Cell{{Text: g.say(tickets.ByAgent, id)}, count(tickets.Checks, tickets.ByDoer), count(tickets.Rulings, tickets.ByDoer),
		count(tickets.Resolved, tickets.ByAgent), took, {Text: views.Count(g.Held[id])}}
}
