package app

import (
	"context"
	"maps"
	"slices"
	"strings"

	"github.com/labstack/echo/v4"

	"pulih/accounts"
	"pulih/audit"
	"pulih/tickets"
	"pulih/views"
)

// auditPage reads what was asked for, where he may.
func (a *App) auditPage(c echo.Context, q auditQuery, read bool) (l views.AuditLog, err error) {
	ctx := c.Request().Context()
	names, err := a.staffNames(c)
	if err != nil {
		return l, err
	}
	l = views.AuditLog{Tabs: a.auditTabs(c, auditPath), Bound: q.bound, Person: q.Person, All: q.address("orang", ""), Number: q.Number,
		From: q.text("dari"), Until: q.text("sampai"), Actors: actorOptions(names, q.Actor), Actions: actionOptions(q.Action),
		Results: resultOptions(q.Result), Asked: read}
	if l.Alarm, err = a.chainAlarm(ctx); err != nil || !read {
		return l, err
	}
	below, err := audit.Unplaced(ctx, a.DB)
	if err != nil {
		return l, err
	}
	l.Waiting = below > 1
	page, err := audit.Read(ctx, a.DB, a.actor(c), q.Filter, q.mark(), auditSize)
	if err != nil {
		return l, err
	}
	l.Pager = auditPager(q, page)
	l.Table, err = a.auditTable(ctx, a.by(c), q, names, page.Events)
	return l, err
}

func auditPager(q auditQuery, page audit.Page) (p views.Pager) {
	if q.mark() != (audit.Mark{}) {
		p.Newer = q.address()
	}
	if page.Next != (audit.Mark{}) {
		p.Older = q.address("posisi", markText(page.Next))
	}
	return p
}

func (a *App) auditTable(ctx context.Context, by tickets.By, q auditQuery, names map[string]string, events []audit.Event) (views.Table, error) {
	t := views.Table{Caption: "Peristiwa", Quiet: true, Head: []views.Column{
		{Text: "Waktu"}, {Text: "Peristiwa"}, {Text: "Pelaku"}, {Text: "Tentang"}, {Text: "Rincian", Hide: true}}}
	ids := make([]string, len(events))
	for i, e := range events {
		ids[i] = e.Object
	}
	numbers, err := a.Desk.Numbers(ctx, by, ids)
	for _, e := range events {
		t.Rows = append(t.Rows, []views.Cell{
			{Text: e.At.Short(q.Zone), Code: true}, {Text: actionWords(e.Action), Small: string(e.Action) + " · " + resultText(e)},
			{Text: actorText(e.Actor, names), Small: e.Actor.Network},
			{Body: views.AuditAboutCell(auditAbout(q, e, names, numbers))}, {Body: views.AuditDetails(auditRows(q, e, names))},
		})
	}
	return t, err
}

func resultText(e audit.Event) string {
	if e.Action == audit.AuditVerified && e.Result == audit.Refused {
		return "Tidak cocok"
	}
	return resultWord(e.Result)
}

func resultWord(result string) string {
	if words, ok := resultWords[result]; ok {
		return words
	}
	return result
}

// actorText names staff of the agency alone.
func actorText(by audit.Actor, names map[string]string) string {
	if by.Kind == audit.Staff {
		return nameOf(by.ID, names)
	}
	for _, o := range otherActors {
		if o.kind == by.Kind {
			return o.text
		}
	}
	return string(by.Kind)
}

func nameOf(id string, names map[string]string) string {
	if name, ok := names[id]; ok {
		return name
	}
	return "Petugas instansi lain"
}

// auditAbout names no person: a name is a reference value, which nobody may
// read here before the check (impostor 22). His events lead on by his id.
func auditAbout(q auditQuery, e audit.Event, names, numbers map[string]string) (about views.AuditAbout) {
	if number := numbers[e.Object]; number != "" {
		about.Number, about.Ticket = number, ticketAddress(number)
	}
	if e.Person != "" {
		about.Person, about.Events = "Orang "+e.Person[max(0, len(e.Person)-6):], q.address("orang", e.Person, "posisi", "")
	}
	about.Other = names[e.Object]
	return about
}

// auditRows are the whole of an event.
func auditRows(q auditQuery, e audit.Event, names map[string]string) []views.Row {
	rows := []views.Row{{Key: "Waktu", Value: e.At.Time().In(q.Zone.Location).Format("02-01-2006 15.04.05") + " " + q.Zone.Name},
		{Key: "Hasil", Value: resultText(e)}, {Key: "Kode peristiwa", Value: e.ID}}
	if e.Actor.Kind == audit.Console {
		rows = append(rows, views.Row{Key: "Akun di server", Value: e.Actor.ID})
	}
	for _, name := range slices.Sorted(maps.Keys(e.Detail)) {
		if e.Detail[name] != "" {
			rows = append(rows, views.Row{Key: detailKey(name), Value: detailText(e.Action, name, e.Detail[name], names)})
		}
	}
	if e.Actor.Request != "" {
		rows = append(rows, views.Row{Key: "Kode permintaan", Value: e.Actor.Request})
	}
	return rows
}

func detailKey(name string) string {
	if words, ok := detailWords[name]; ok {
		return words
	}
	return name
}

// detailText shows states and staff in words.
func detailText(action audit.Action, name, value string, names map[string]string) string {
	if badge, ok := stateBadges[tickets.State(value)]; ok && strings.HasPrefix(string(action), string(audit.Ticket)) && (name == "from" || name == "to") {
		return badge.Text
	}
	if staff, ok := names[value]; ok {
		return staff
	}
	return value
}

// sees tells whether a person is of the agency and the units of a member of
// staff.
func sees(by accounts.Staff, p accounts.Person) bool {
	return p.Agency == by.Agency && (len(by.Units) == 0 || slices.Contains(by.Units, p.Unit))
}
