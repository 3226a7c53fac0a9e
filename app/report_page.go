package app

import (
	"cmp"
	"maps"
	"slices"
	"strings"

	"github.com/labstack/echo/v4"

	"pulih/db"
	"pulih/tickets"
	"pulih/views"
)

func (a *App) reportPage(c echo.Context, g grouped) views.Report {
	q, r := g.asked, g.Report
	page := views.Report{
		Agency: a.staff(c).Agency, Periods: a.reportPeriods(q), From: q.First.Format(dateForm), Until: q.Last.Format(dateForm),
		Period: q.zoned(), Previous: q.compared(), Counted: a.DB.Now().Exact(q.Zone), AsOf: r.AsOf.Exact(q.Zone), Running: r.AsOf < r.Period.Until, Narrowed: q.narrowed(),
		Filters: reportControls(q, slices.Sorted(maps.Keys(g.heads))), Clear: q.days.address(),
	}
	for _, f := range []tickets.Figure{tickets.Arrived, tickets.Resolved} {
		page.Exports = append(page.Exports, views.Link{Text: "Unduh " + strings.ToLower(f.Label()), Href: exportAsked{q, tickets.Behind{Figure: f}}.address()})
	}
	if r.Behind > 0 {
		page.Behind = views.Count(r.Behind)
	}
	if c.QueryParam("dari") == "" && q.Last.Before(today(a.DB.Now(), q.Zone)) {
		page.Instead = "Minggu ini baru dimulai, jadi yang tampil adalah minggu lalu."
	}
	return page
}

// reportControls draws what narrows the report, as it stands.
func reportControls(q asked, units []string) (all []views.Control) {
	for _, f := range reportFilters {
		value := *f.in(&q)
		options := f.options
		if options == nil {
			options = unitOptions(units, value)
		}
		blank := views.Option{Text: cmp.Or(unchosen[f.name], "Semua")}
		all = append(all, views.Control{Field: views.Field{Name: f.name, Label: f.label, Value: value, OneOf: true},
			Options: append([]views.Option{blank}, options...)})
	}
	return all
}

// unchosen names what holds where nothing is chosen, and does not narrow.
var unchosen = map[string]string{"per": "Otomatis", "urut": "Terbanyak masuk"}

// unitOptions are the roster's, whoever is in none, and one that only somebody
// typed.
func unitOptions(units []string, value string) (all []views.Option) {
	known := value == "" || value == tickets.UnknownUnit
	for _, u := range units {
		if known = known || u == value; u != "" {
			all = append(all, views.Option{Value: u, Text: u})
		}
	}
	if !known {
		all = append(all, views.Option{Value: value, Text: value})
	}
	return append(all, views.Option{Value: tickets.UnknownUnit, Text: unknownUnit})
}

func (a *App) reportPeriods(q asked) (links []views.Link) {
	now := a.DB.Now()
	week, month := thisWeek(now, q.Zone), thisMonth(now, q.Zone)
	last := days{month.First.AddDate(0, -1, 0), month.First.AddDate(0, 0, -1), q.Zone}
	year := thisYear(month.First, q.Zone)
	day := days{today(now, q.Zone), today(now, q.Zone), q.Zone}
	for _, p := range []struct {
		text string
		days days
	}{{"Hari ini", day}, {"Kemarin", day.before()}, {"Minggu ini", week}, {"Minggu lalu", week.before()}, {"Bulan ini", month}, {"Bulan lalu", last}, {"Tahun ini", year}} {
		links = append(links, views.Link{Text: p.text, Href: q.of(p.days).address(), Here: p.days == q.days})
	}
	return links
}

// reportListPage names no person: a supervisor who needs one opens the ticket
// (ST-08).
func reportListPage(g grouped, b tickets.Behind, page tickets.ReportPage) views.ReportList {
	q := g.asked
	t := views.Table{Caption: b.Figure.Label(), Quiet: true, Head: []views.Column{{Text: "Nomor"}, {Text: "Diajukan"}}}
	if !b.Figure.AsFiled() {
		t.Head[1].Text = "Diajukan atau dibuka kembali"
	}
	if b.Figure != tickets.Arrived { // which is counted when it is filed
		t.Head = append(t.Head, views.Column{Text: "Dihitung"})
	}
	if b.Figure.Timed() {
		t.Head = append(t.Head, views.Column{Text: "Lama"})
	}
	t.Head = append(t.Head, views.Column{Text: "OPD"}, views.Column{Text: "Jenis"}, views.Column{Text: "Status sekarang"})
	for _, row := range page.Rows {
		t.Rows = append(t.Rows, reportRow(b.Figure, row, q.Zone))
	}
	return views.ReportList{What: b.Figure.Sheet().Set, Part: g.partOf(b), Total: listTotal(b.Figure, page.Total), Period: q.zoned(), Table: t,
		Export: exportAsked{q, b}.address(),
		Pager: pager(page.Prev, page.Next, func(c tickets.Cursor) string {
			return q.group(b.Figure, b.Dimension, b.Value) + "&posisi=" + string(c)
		})}
}

// listTotal tells a request that was opened again from another one: each time
// is a row.
func listTotal(f tickets.Figure, n int) string {
	switch {
	case f.Repeats():
		return views.Count(n) + " kali"
	case f.Once():
		return views.Count(n) + " permohonan"
	}
	return views.Count(n) + " permohonan; yang dibuka kembali dihitung lagi"
}

func reportRow(f tickets.Figure, row tickets.Counted, z db.Zone) []views.Cell {
	cells := []views.Cell{{Text: row.Number, Href: ticketAddress(row.Number), Code: true}, {Text: row.Measure.Opened.Exact(z), Code: true}}
	if f != tickets.Arrived {
		cells = append(cells, views.Cell{Text: row.At.Exact(z), Code: true})
	}
	if f.Timed() {
		cells = append(cells, views.Cell{Text: spanOf(f)(row.Took), Code: true})
	}
	return append(cells, views.Cell{Text: row.Unit}, views.Cell{Text: row.Kind.Label() + ", " + channelNames[row.Channel]},
		views.Cell{Text: stateBadges[row.State].Text})
}

// partOf names the part of a figure that is listed, "" for all of it.
func (g grouped) partOf(b tickets.Behind) string {
	if b.Dimension == "" {
		return ""
	}
	return dimensions[b.Dimension].title + ": " + g.say(b.Dimension, b.Value)
}
