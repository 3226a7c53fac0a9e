package app

import (
	"strings"
	"time"

	"pulih/accounts"
	"pulih/audit"
	"pulih/db"
	"pulih/tickets"
	"pulih/views"
)

func deskFacts(f tickets.File) []views.Row {
	rows := []views.Row{
		{Key: "Jenis", Value: f.Kind.Label()},
		{Key: "Diajukan", Value: f.OpenedAt.Long(f.Zone)},
		{Key: "Batas", Body: views.DueLink(f.DueAt.Long(f.Zone), ticketAddress(f.Number)+"/waktu")},
		{Key: "Petugas", Value: orNobody(f.OwnerName)},
	}
	for _, e := range f.Events {
		if e.Verb == tickets.VerbTakeIn {
			rows = append(rows, views.Row{Key: "Gabungan dari", Body: views.NumberLink(e.Note, ticketAddress(e.Note))})
		}
	}
	if f.NewEmail != "" {
		rows = append(rows, views.Row{Key: "Email baru", Value: string(f.NewEmail)})
	}
	if f.BKN != "" {
		rows = append(rows, views.Row{Key: "Nomor di BKN", Value: f.BKN})
	}
	if f.CheckedByName != "" {
		rows = append(rows, views.Row{Key: "Diperiksa", Value: f.CheckedByName + ", " + f.CheckedAt.Exact(f.Zone)})
	}
	if f.ApprovedByName != "" {
		rows = append(rows, views.Row{Key: "Disetujui", Value: f.ApprovedByName + ", " + f.ApprovedAt.Exact(f.Zone)})
	}
	return rows
}

func orNobody(name string) string {
	if name == "" {
		return "Belum ada"
	}
	return name
}

// claimRows is what was typed by whoever filed the request. The telephone
// stays masked until the check: the call-back number comes from the record.
func claimRows(t tickets.Ticket) []views.Row {
	rows := []views.Row{
		{Key: "Nama", Value: t.ClaimedName}, {Key: "OPD", Value: claimedUnit(t)}, {Key: "NIP", Body: views.Number(tail(t.MaskedNIP, 4))},
	}
	if t.Phone != "" {
		rows = append(rows, views.Row{Key: "Telepon", Value: tail(t.Phone, 3)})
	}
	return rows
}

// claimedUnit marks what the roster contradicts, once the roster may be seen.
func claimedUnit(t tickets.Ticket) string {
	if t.NIP == "" || t.ClaimedUnit == "" || strings.EqualFold(oneSpaced(t.ClaimedUnit), oneSpaced(t.Unit)) {
		return t.ClaimedUnit
	}
	return t.ClaimedUnit + " (berbeda dengan data kepegawaian)"
}

func oneSpaced(text string) string { return strings.Join(strings.Fields(text), " ") }

// recordRows is what the roster says. The domain empties NIP before the check.
func recordRows(t tickets.Ticket) []views.Row {
	if t.NIP == "" {
		return nil
	}
	return []views.Row{
		{Key: "Nama", Value: t.Name}, {Key: "OPD", Value: t.Unit}, {Key: "NIP", Body: views.Number(accounts.Group(t.NIP))},
	}
}

// tail shows the end of a number, which is enough to tell two people apart.
func tail(number string, shown int) string {
	runes := []rune(number)
	if len(runes) <= shown {
		return number
	}
	return "••••" + string(runes[len(runes)-shown:])
}

func thread(messages []tickets.Message, z db.Zone) []views.Message {
	var all []views.Message
	for _, m := range messages {
		all = append(all, views.Message{
			By: orPerson(m.Author), When: m.At.Exact(z), At: machine(m.At), Text: m.Text,
			Mine: m.From == tickets.FromStaff, Note: m.From == tickets.NoteSide,
		})
	}
	return all
}

func ticketHistory(events []tickets.EventLine, z db.Zone) []views.Moment {
	var all []views.Moment
	for _, e := range events {
		all = append(all, views.Moment{
			Title: e.Text, When: e.At.Exact(z), At: machine(e.At), By: author(e), Text: e.Note,
		})
	}
	return all
}

func author(e tickets.EventLine) string {
	switch e.AuthorKind {
	case audit.Staff:
		return e.Author
	case audit.Clock:
		return "Otomatis"
	}
	return "Pemohon"
}

// changedSince is what happened after the version that the page showed; each
// event makes one version.
func changedSince(f tickets.File, seen int64) *views.Changed {
	n := int(min(max(0, f.Version-seen), int64(len(f.Events))))
	return &views.Changed{Moments: ticketHistory(f.Events[len(f.Events)-n:], f.Zone)}
}

func machine(t db.Time) string { return t.Time().Format(time.RFC3339) }
