package app

import (
	"fmt"
	"math"

	"pulih/tickets"
	"pulih/views"
)

const (
	thisPeriod   = "Periode ini"
	periodBefore = "Sebelumnya"
)

// helpedChart and its like draw the period before only where it may be told.
func (o opinions) helpedChart() views.Chart {
	c := views.Chart{ID: "terbantu", Title: "Seberapa terbantu", Axis: "Jawaban", Unit: "penilaian",
		Desc: "Berapa pemohon menjawab tidak, kurang, terbantu, dan sangat terbantu.", Labels: []string{"Tidak", "Kurang", "Terbantu", "Sangat"}}
	c.Series = []views.Series{{Name: thisPeriod, Values: floats(o.now.Helped[:])}}
	if o.was.Asked() > 0 {
		c.Series = append(c.Series, views.Series{Name: periodBefore, Values: floats(o.was.Helped[:])})
	}
	return c
}

func floats(counts []int) (all []float64) {
	for _, n := range counts {
		all = append(all, float64(n))
	}
	return all
}

func (o opinions) elementsChart() views.Chart {
	c := views.Chart{ID: "unsur", Title: "Nilai rata-rata sembilan unsur", Axis: "Unsur", Unit: "skala 1 sampai 4",
		Desc: "Nilai rata-rata setiap unsur pelayanan, dari 1 sampai 4.", Say: hundredths}
	for i, name := range tickets.Elements {
		c.Labels = append(c.Labels, fmt.Sprintf("%d. %s", i+1, name))
	}
	c.Series = []views.Series{{Name: thisPeriod, Values: means(o.now)}}
	if _, ok := o.was.Index(); ok {
		c.Series = append(c.Series, views.Series{Name: periodBefore, Values: means(o.was)})
	}
	return c
}

func means(s tickets.Satisfaction) (all []float64) {
	for i := range tickets.Elements {
		mean, _ := s.Mean(i)
		all = append(all, float64(mean)/100)
	}
	return all
}

func hundredths(v float64) string { return tickets.Hundredths(math.Round(100 * v)).String() }

func (o opinions) solvedTable() views.Table {
	t := views.Table{Caption: "Apakah masalah Anda selesai?", Head: []views.Column{{Text: "Jawaban"}, {Text: thisPeriod, Number: true}, {Text: periodBefore, Number: true}}}
	_, told := o.was.SolvedAll()
	for i, answer := range ratingSolved {
		before := noneAt
		if told {
			before = fmt.Sprint(o.was.Solved[i])
		}
		t.Rows = append(t.Rows, []views.Cell{{Text: answer.Text}, {Text: fmt.Sprint(o.now.Solved[i])}, {Text: before}})
	}
	return t
}
