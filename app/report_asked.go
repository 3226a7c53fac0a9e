package app

import (
	"net/url"
	"time"

	"github.com/labstack/echo/v4"

	"pulih/db"
	"pulih/tickets"
	"pulih/views"
)

// asked is what a report is asked for: days, what narrows them, the steps of
// its pictures, and the order of its units.
type asked struct {
	days
	filter tickets.ReportFilter
	step   string // harian, mingguan, bulanan; "" is what suits the period
	order  string // nama, per-100, lama; "" is most arrivals first
}

// reportAsked reads the address. What the page does not offer narrows nothing.
func (a *App) reportAsked(c echo.Context) (asked, []views.FieldError, error) {
	d, mistakes, err := a.reportDays(c)
	q := asked{days: d}
	for _, o := range reportFilters {
		value := oneLine(c.QueryParam(o.name))
		if len(value) <= maxUnitFilter && offered(o.options, value) {
			*o.in(&q) = value
		}
	}
	return q, mistakes, err
}

var reportFilters = []struct {
	name, label string
	in          func(*asked) *string
	options     []views.Option // none asks for words
}{
	{"unit", "OPD", func(q *asked) *string { return &q.filter.Unit }, nil},
	{"jenis", "Jenis", func(q *asked) *string { return (*string)(&q.filter.Kind) }, filedOptions()},
	{"tingkat", "Tingkat bukti", func(q *asked) *string { return (*string)(&q.filter.Level) }, levelOptions()},
	{"jalur", "Jalur", func(q *asked) *string { return (*string)(&q.filter.Channel) },
		[]views.Option{{Value: "remote", Text: channelNames[tickets.Remote]}, {Value: "counter", Text: channelNames[tickets.Counter]}}},
	{"per", "Langkah gambar", func(q *asked) *string { return &q.step },
		[]views.Option{{Value: "harian", Text: "Per hari"}, {Value: "mingguan", Text: "Per minggu"}, {Value: "bulanan", Text: "Per bulan"}}},
	{"urut", "Urutan OPD", func(q *asked) *string { return &q.order },
		[]views.Option{{Value: "nama", Text: "Menurut nama"}, {Value: "per-100", Text: "Per 100 pegawai"}, {Value: "lama", Text: "Paling lama"}}},
}

func filedOptions() (all []views.Option) {
	for _, k := range tickets.Filed {
		all = append(all, views.Option{Value: string(k), Text: k.Label()})
	}
	return all
}

// query is the address of it all, without what is at its default.
func (q asked) query() url.Values {
	v := q.days.query()
	for _, o := range reportFilters {
		if value := *o.in(&q); value != "" {
			v.Set(o.name, value)
		}
	}
	return v
}

func (q asked) address() string { return reportPath + "?" + q.query().Encode() }

// of is the same for other days.
func (q asked) of(d days) asked {
	q.days = d
	return q
}

// list is where the tickets behind a figure stand.
func (q asked) list(f tickets.Figure) string { return q.group(f, "", "") }

// group is where those behind a part of it stand.
func (q asked) group(f tickets.Figure, by tickets.Dimension, value string) string {
	v := q.query()
	v.Set("angka", string(f))
	if by != "" {
		v.Set("menurut", string(by))
		v.Set("nilai", value)
	}
	return reportPath + "/daftar?" + v.Encode()
}

const reportPath = "/petugas/laporan"

// steps is how the pictures go through the period: about as many as can be
// told apart.
func (q asked) steps() string {
	switch n := q.count(); {
	case q.step != "":
		return q.step
	case n <= 31:
		return "harian"
	case n <= 200:
		return "mingguan"
	}
	return "bulanan"
}

// edges are where the steps begin: the period's beginning, and then each
// midnight, Monday or first of a month in it.
func (q asked) edges() (edges []db.Time) {
	for day := q.First; !day.After(q.Last); day = day.AddDate(0, 0, 1) {
		if day.Equal(q.First) || q.begins(day) {
			edges = append(edges, db.At(day))
		}
	}
	return edges
}

func (q asked) begins(day time.Time) bool {
	switch q.steps() {
	case "mingguan":
		return day.Weekday() == time.Monday
	case "bulanan":
		return day.Day() == 1
	}
	return true
}

// stepName is what stands under a step, and the days that it lists.
func (q asked) stepName(s tickets.Step) string {
	from := s.From.Time().In(q.Zone.Location)
	switch q.steps() {
	case "mingguan":
		return from.Format("2/1")
	case "bulanan":
		return from.Format("1/06")
	}
	return from.Format("2/1")
}

// within is the part of the period that a step is.
func (q asked) within(s tickets.Step) asked {
	return q.of(days{s.From.Time().In(q.Zone.Location), s.Until.Time().In(q.Zone.Location).AddDate(0, 0, -1), q.Zone})
}
