package app

import (
	"fmt"
	"strconv"
	"time"

	"pulih/db"
	"pulih/tickets"
	"pulih/views"
)

func (a *App) reportPage(d days, now, before tickets.Report, pairs []tickets.Pair) views.Report {
	return views.Report{
		Periods: a.reportPeriods(d), From: d.First.Format(dateForm), Until: d.Last.Format(dateForm),
		Period: d.zoned(), Previous: d.before().String(),
		Counts: countFigures(d, now, before), Times: timeFigures(d, now, before),
		Charts: []views.Chart{daysChart(d, now), agesChart(now)},
		Ages:   agesTable(d, now),
		Pairs:  pairsTable(d, pairs), PairsWhat: tickets.PairDefinition,
		AgesWhat: tickets.Backlog.Definition() + " Dihitung pada " + now.AsOf.Long(d.Zone) + ".",
	}
}

func (a *App) reportPeriods(d days) []views.Link {
	now := a.DB.Now()
	week, month := thisWeek(now, d.Zone), thisMonth(now, d.Zone)
	last := days{month.First.AddDate(0, -1, 0), month.First.AddDate(0, 0, -1), d.Zone}
	var links []views.Link
	for _, p := range []struct {
		text string
		days days
	}{{"Minggu ini", week}, {"Minggu lalu", week.before()}, {"Bulan ini", month}, {"Bulan lalu", last}} {
		links = append(links, views.Link{Text: p.text, Href: p.days.address(), Here: p.days == d})
	}
	return links
}

func countFigures(d days, now, before tickets.Report) []views.Figure {
	var all []views.Figure
	for _, f := range []tickets.Figure{tickets.Arrived, tickets.Resolved, tickets.Backlog} {
		all = append(all, views.Figure{
			Label: f.Label(), Value: strconv.Itoa(now.Counts[f]), Before: strconv.Itoa(before.Counts[f]),
			What: f.Definition(), Href: d.list(f, ""),
		})
	}
	return all
}

func timeFigures(d days, now, before tickets.Report) []views.Figure {
	return append(spreadFigures(d, "waktu kalender", now.Wall, before.Wall, tickets.WallDefinition),
		spreadFigures(d, "jam kerja", now.Work, before.Work, tickets.WorkDefinition)...)
}

// spreadFigures lead to the resolved tickets: those are what they rest on.
func spreadFigures(d days, clock string, now, before tickets.Spread, what string) []views.Figure {
	n := fmt.Sprintf("dari %d permohonan", now.N)
	href := d.list(tickets.Resolved, "")
	return []views.Figure{
		{Label: "Median, " + clock, Value: took(now.Median, now.N), Note: n,
			Before: took(before.Median, before.N), What: what, Href: href},
		{Label: "9 dari 10 selesai dalam, " + clock, Value: took(now.P90, now.N), Note: n,
			Before: took(before.P90, before.N), What: "Sembilan dari sepuluh permohonan selesai dalam waktu ini.", Href: href},
	}
}

// took is a duration, or a dash: nothing finished is not "0 m".
func took(d time.Duration, n int) string {
	if n == 0 {
		return "–"
	}
	return span(d)
}

func daysChart(d days, r tickets.Report) views.Chart {
	arrived, resolved := views.Series{Name: "Masuk"}, views.Series{Name: "Selesai"}
	c := views.Chart{
		ID: "harian", Title: "Masuk dan selesai per hari", Axis: "Hari", Unit: "permohonan",
		Desc: "Jumlah permohonan yang masuk dan yang selesai pada setiap hari periode ini.",
	}
	for _, day := range r.Days {
		c.Labels = append(c.Labels, day.From.Time().In(d.Zone.Location).Format("2/1"))
		arrived.Values = append(arrived.Values, float64(day.Arrived))
		resolved.Values = append(resolved.Values, float64(day.Resolved))
	}
	c.Series = []views.Series{arrived, resolved}
	return c
}

// ageMarks are short enough to stand under a bar.
var ageMarks = map[tickets.Figure]string{
	tickets.Age4h: "< 4 j", tickets.Age8h: "4–8 j", tickets.Age2d: "8 j – 2 h", tickets.Age5d: "2–5 h", tickets.AgeOver: "≥ 5 h",
}

func agesChart(r tickets.Report) views.Chart {
	c := views.Chart{
		ID: "umur-grafik", Title: "Yang terbuka menurut umur", Axis: "Umur", Unit: "permohonan",
		Desc: "Jumlah permohonan yang belum selesai sekarang, menurut umurnya.",
	}
	open := views.Series{Name: "Terbuka"}
	for _, f := range tickets.Ages {
		c.Labels = append(c.Labels, ageMarks[f])
		open.Values = append(open.Values, float64(r.Counts[f]))
	}
	c.Series = []views.Series{open}
	return c
}

func agesTable(d days, r tickets.Report) views.Table {
	t := views.Table{
		Caption: "Yang terbuka menurut umur", Quiet: true,
		Head: []views.Column{{Text: "Umur"}, {Text: "Jumlah", Number: true}, {Text: "Yang dihitung"}},
	}
	for _, f := range tickets.Ages {
		t.Rows = append(t.Rows, []views.Cell{
			{Text: f.Label()}, {Text: strconv.Itoa(r.Counts[f]), Href: d.list(f, "")}, {Text: f.Definition()},
		})
	}
	return t
}

func (a *App) reportListPage(d days, f tickets.Figure, page tickets.Page) views.ReportList {
	now := a.DB.Now()
	t := views.Table{Caption: f.Label(), Quiet: true, Head: []views.Column{
		{Text: "Nomor"}, {Text: "Diajukan"}, {Text: "Ditutup"}, {Text: "Lama"}, {Text: "OPD"}, {Text: "Jenis"}, {Text: "Status"},
	}}
	for _, ticket := range page.Rows {
		t.Rows = append(t.Rows, reportRow(ticket, now, d.Zone))
	}
	return views.ReportList{
		What: f.Definition(), Period: d.zoned(), Table: t,
		Pager: pager(page, func(c tickets.Cursor) string { return d.list(f, c) }),
	}
}

// reportRow names no person: a supervisor who needs one opens the ticket
// (ST-08).
func reportRow(t tickets.Ticket, now db.Time, z db.Zone) []views.Cell {
	closed, until := "–", now
	if t.ClosedAt != 0 {
		closed, until = t.ClosedAt.Exact(z), t.ClosedAt
	}
	return []views.Cell{
		{Text: t.Number, Href: ticketAddress(t.Number)}, {Text: t.OpenedAt.Exact(z)}, {Text: closed},
		{Text: span(until.Sub(t.OpenedAt))}, {Text: t.Unit}, {Text: t.Kind.Label() + ", " + channelNames[t.Channel]},
		{Text: stateBadges[t.State].Text},
	}
}
