package app

import (
	"fmt"
	"strings"

	"pulih/tickets"
	"pulih/views"
)

// helpedChart and its like draw the month before only where it may be told.
func (o opinions) helpedChart() views.Chart {
	c := views.Chart{ID: "terbantu", Title: "Seberapa terbantu", Axis: "Jawaban", Unit: "persen penilaian",
		Desc: "Berapa persen menjawab tidak, kurang, terbantu, dan sangat terbantu.", Labels: []string{"Tidak", "Kurang", "Terbantu", "Sangat"}}
	c.Series = o.months(tickets.Satisfaction.HelpedShares)
	return c
}

func (o opinions) months(shares func(tickets.Satisfaction) []int) (all []views.Series) {
	for _, s := range []tickets.Satisfaction{o.now, o.was} {
		if percent := shares(s); percent != nil {
			all = append(all, views.Series{Name: o.month(s), Values: floats(percent)})
		}
	}
	return all
}

func floats(counts []int) (all []float64) {
	for _, n := range counts {
		all = append(all, float64(n))
	}
	return all
}

func (o opinions) elementsChart() views.Chart {
	c := views.Chart{ID: "unsur", Title: "Nilai rata-rata sembilan unsur", Axis: "Unsur", Unit: "skala 1 sampai 4",
		Desc: "Nilai rata-rata setiap unsur pelayanan, dari 1 sampai 4.", Say: tenths}
	for i, name := range tickets.Elements {
		c.Labels = append(c.Labels, fmt.Sprintf("%d. %s", i+1, name))
	}
	for _, s := range []tickets.Satisfaction{o.now, o.was} {
		if means := s.Means(); means != nil {
			c.Series = append(c.Series, views.Series{Name: o.month(s), Values: means})
		}
	}
	return c
}

func tenths(v float64) string { return strings.Replace(fmt.Sprintf("%.1f", v), ".", ",", 1) }

func (o opinions) solvedTable() views.Table {
	t := views.Table{Caption: "Apakah masalah Anda selesai?",
		Head: []views.Column{{Text: "Jawaban"}, {Text: o.month(o.now), Number: true}, {Text: o.month(o.was), Number: true}}}
	now, was := o.now.SolvedShares(), o.was.SolvedShares()
	for i, answer := range ratingSolved {
		before := noneAt
		if was != nil {
			before = fmt.Sprintf("%d%%", was[i])
		}
		t.Rows = append(t.Rows, []views.Cell{{Text: answer.Text}, {Text: fmt.Sprintf("%d%%", now[i])}, {Text: before}})
	}
	return t
}
