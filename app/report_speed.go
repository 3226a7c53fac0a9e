package app

import (
	"github.com/a-h/templ"

	"pulih/tickets"
	"pulih/views"
)

// speed answers how fast.
func (g grouped) speed() views.ReportSection {
	return views.ReportSection{ID: "lama", Title: "Seberapa cepat?",
		Lead: "Angka waktu adalah median: separuh lebih cepat, separuh lebih lama.",
		Figures: g.tiles(tickets.Response, tickets.AnswerKept, tickets.Identity, tickets.Approval, tickets.Reissue,
			tickets.FullWork, tickets.FullWall, tickets.FirstWork, tickets.FirstWall, tickets.AtDesk),
		Pictures: []templ.Component{views.Histogram(g.responses())},
		Tables:   []views.Table{g.byLevel()}}
}

func (g grouped) responses() views.Chart {
	c := views.Chart{ID: "respons-grafik", Title: "Sampai respons pertama", Axis: "Lama, jam kerja", Unit: "permohonan",
		Desc: "Jumlah permohonan menurut lamanya sampai respons pertama, dalam jam kerja."}
	s, links := views.Series{Name: "Permohonan"}, []string(nil)
	for _, band := range tickets.Bands {
		c.Labels = append(c.Labels, bandNames[band])
		s.Values = append(s.Values, float64(g.of(tickets.Response, tickets.ByBand, band).N))
		links = append(links, g.group(tickets.Response, tickets.ByBand, band))
	}
	c.Series, c.Hrefs = []views.Series{s}, [][]string{links}
	return c
}

// byLevel compares the levels of evidence: what more proof costs in time.
func (g grouped) byLevel() views.Table {
	t := views.Table{Caption: "Waktu menurut tingkat bukti", Head: []views.Column{{Text: "Tingkat bukti"}}}
	all := []tickets.Figure{tickets.Identity, tickets.Approval, tickets.Reissue, tickets.FullWork}
	for _, head := range []string{"Identitas", "Persetujuan", "Akses", "Penuh"} { // as long as fits a telephone
		t.Head = append(t.Head, views.Column{Text: head, Number: true})
	}
	for _, level := range tickets.EvidenceLevels {
		row := []views.Cell{{Text: levelNames[level]}}
		for _, f := range all {
			p := g.of(f, tickets.ByLevel, string(level))
			cell := g.cell(f, tickets.ByLevel, string(level), p.N)
			cell.Text, cell.Small = median(f, p.Spread), "n = "+cell.Text
			row = append(row, cell)
		}
		t.Rows = append(t.Rows, row)
	}
	return t
}

// target answers whether what was promised is kept.
func (g grouped) target() views.ReportSection {
	return views.ReportSection{ID: "target", Title: "Apakah target ditepati?",
		Figures: g.tiles(tickets.Kept, tickets.Missed, tickets.Judged)}
}

// backlog shows how long what is open has been waiting.
func (g grouped) backlog() views.ReportSection {
	t := views.Table{Caption: "Yang terbuka menurut umur", Head: []views.Column{{Text: "Umur"}, {Text: "Jumlah", Number: true}, {Text: "Bagian", Number: true}}}
	c := views.Chart{ID: "umur-grafik", Title: "Yang terbuka dan periode sebelumnya", Axis: "Akhir periode", Unit: "permohonan", Labels: []string{"Sebelumnya", "Periode ini"},
		Desc: "Jumlah permohonan yang belum selesai pada akhir dua periode, menurut umurnya dalam jam kerja."}
	was := g.asked.of(g.days.before())
	for _, f := range tickets.Ages {
		n := g.Sums[f].N
		t.Rows = append(t.Rows, []views.Cell{{Text: f.Label()}, {Text: views.Count(n), Href: g.list(f)}, {Text: share{n, g.Sums[tickets.Backlog].N}.String()}})
		c.Series, c.Hrefs = append(c.Series, views.Series{Name: f.Label(), Values: []float64{float64(g.Was[f].N), float64(n)}}), append(c.Hrefs, []string{was.list(f), g.list(f)})
	}
	lead := "Keadaan pada " + g.AsOf.Long(g.Zone) + ". Umur dalam jam kerja sejak diajukan atau dibuka lagi."
	if g.Oldest != 0 {
		lead += " Yang terlama terbuka sejak " + g.Oldest.Long(g.Zone) + "."
	}
	return views.ReportSection{ID: "umur", Title: "Yang masih terbuka", Lead: lead,
		Pictures: []templ.Component{views.StackedChart(c)}, Tables: []views.Table{t}}
}

// quality answers whether what was solved stays solved.
func (g grouped) quality() views.ReportSection {
	return views.ReportSection{ID: "mutu", Title: "Apakah selesai berarti selesai?",
		Figures:  g.tiles(tickets.Reopened, tickets.OneTouch, tickets.Repeat),
		Pictures: []templ.Component{views.RowChart(g.rows("alasan", "Alasan penolakan", tickets.Declined, tickets.ByOutcome)), views.RowChart(g.rows("berakhir-lain", "Dibatalkan, kedaluwarsa, dan lainnya", tickets.Dropped, tickets.ByEnd))}}
}
