package app

import (
	"fmt"

	"github.com/a-h/templ"

	"pulih/tickets"
	"pulih/views"
)

// flow answers whether people are getting back in.
func (g grouped) flow() views.ReportSection {
	return views.ReportSection{ID: "arus", Title: "Apakah orang bisa masuk kembali?",
		Figures:  g.tiles(tickets.Arrived, tickets.Resolved, tickets.Declined, tickets.Dropped, tickets.Reopenings, tickets.Backlog),
		Pictures: []templ.Component{views.BarChart(g.perStep()), views.LineChart(g.openAtSteps()), views.StackedChart(g.endsPerStep()), views.RowChart(g.outcomes())},
		Tables:   []views.Table{g.balance()}}
}

// chart is a picture whose labels are the steps of the period.
func (g grouped) chart(id, title, desc string) views.Chart {
	c := views.Chart{ID: id, Title: title, Desc: desc, Unit: "permohonan",
		Axis: map[string]string{"harian": "Hari", "mingguan": "Minggu mulai", "bulanan": "Bulan"}[g.steps()]}
	for _, s := range g.Steps {
		c.Labels = append(c.Labels, g.stepName(s))
	}
	return c
}

// series adds one to a chart, with the list behind each value.
func (g grouped) series(c *views.Chart, name string, f tickets.Figure, of func(tickets.Step) int) {
	s, links := views.Series{Name: name}, []string(nil)
	for _, step := range g.Steps {
		value, link := float64(of(step)), g.within(step).list(f)
		if step.From > g.AsOf { // still to come
			value, link = views.Untold(), ""
		}
		s.Values, links = append(s.Values, value), append(links, link)
	}
	c.Series, c.Hrefs = append(c.Series, s), append(c.Hrefs, links)
}

func (g grouped) perStep() views.Chart {
	c := g.chart("masuk-selesai", "Masuk dan selesai", "Jumlah permohonan yang masuk dan yang selesai pada setiap langkah periode ini.")
	g.series(&c, "Masuk", tickets.Arrived, func(s tickets.Step) int { return s.Arrived })
	g.series(&c, "Selesai", tickets.Resolved, func(s tickets.Step) int { return s.Resolved })
	return c
}

func (g grouped) openAtSteps() views.Chart {
	c := g.chart("terbuka-grafik", "Terbuka dari waktu ke waktu", "Jumlah permohonan yang belum berakhir pada akhir setiap langkah periode ini.")
	g.series(&c, "Terbuka", tickets.Backlog, func(s tickets.Step) int { return s.Open })
	return c
}

func (g grouped) endsPerStep() views.Chart {
	c := g.chart("cara-berakhir", "Cara berakhir", "Jumlah permohonan yang berakhir pada setiap langkah, menurut cara berakhirnya.")
	g.series(&c, "Selesai", tickets.Resolved, func(s tickets.Step) int { return s.Resolved })
	g.series(&c, "Ditolak", tickets.Declined, func(s tickets.Step) int { return s.Refused })
	g.series(&c, "Cara lain", tickets.Dropped, func(s tickets.Step) int { return s.Ended - s.Resolved - s.Refused })
	return c
}

func (g grouped) outcomes() views.Chart {
	return g.rows("hasil", "Cara penyelesaian", tickets.Resolved, tickets.ByOutcome)
}

// mostRows of a picture; a table has them all.
const mostRows = 12

// rows draws the groups of a figure, each with its name: those of fewer than
// five together.
func (g grouped) rows(id, title string, f tickets.Figure, by tickets.Dimension) views.Chart {
	c := views.Chart{ID: id, Title: title, Unit: "permohonan", Axis: dimensions[by].title,
		Desc: fmt.Sprintf("%s menurut %s.", f.Label(), dimensions[by].title)}
	shown, links, rest, word := views.Series{Name: "Jumlah"}, []string(nil), 0, "Lain-lain (masing-masing "+underFive+")"
	for i, p := range g.Sums[f].Groups[by] {
		if p.N >= smallest && i >= mostRows {
			word = "Lain-lain"
		}
		if p.N < smallest || i >= mostRows {
			rest += p.N
			continue
		}
		c.Labels = append(c.Labels, g.say(by, p.Value))
		shown.Values, links = append(shown.Values, float64(p.N)), append(links, g.group(f, by, p.Value))
	}
	if c.None = "Tidak ada pada periode ini."; rest > 0 {
		c.Labels, c.None = append(c.Labels, word), "Kurang dari 5 permohonan, jadi tidak dirinci."
		shown.Values, links, c.Unsaid = append(shown.Values, restOf(rest)), append(links, ""), underFive
	}
	c.Series, c.Hrefs = []views.Series{shown}, [][]string{links}
	return c
}

// restOf is what small groups have together, which may be too few to tell.
func restOf(n int) float64 {
	if n < smallest {
		return views.Untold()
	}
	return float64(n)
}

// balance shows that what came and went explains what is open.
func (g grouped) balance() views.Table {
	t := views.Table{Caption: "Neraca permohonan", Head: []views.Column{{Text: "Arus"}, {Text: "Jumlah", Number: true}}}
	open := g.Was[tickets.Backlog].N
	t.Rows = append(t.Rows, []views.Cell{{Text: "Terbuka di awal periode"}, {Text: views.Count(open), Href: g.asked.of(g.days.before()).list(tickets.Backlog)}})
	for _, l := range []struct {
		sign   string
		figure tickets.Figure
	}{{"+ ", tickets.Arrived}, {"+ ", tickets.Reopenings}, {"− ", tickets.Resolved}, {"− ", tickets.Declined}, {"− ", tickets.Dropped}, {"= ", tickets.Backlog}} {
		t.Rows = append(t.Rows, []views.Cell{{Text: l.sign + l.figure.Label()}, {Text: views.Count(g.Sums[l.figure].N), Href: g.list(l.figure)}})
	}
	return t
}
