package app

import (
	"net/url"
	"slices"
	"time"

	"pulih/accounts"
	"pulih/audit"
	"pulih/db"
	"pulih/tickets"
	"pulih/views"
)

// deskPage puts a ticket into words. Of the record it shows what the domain
// handed over, which before the check is nothing (impostor 22).
func (a *App) deskPage(by tickets.By, f tickets.File) views.Desk {
	now := a.DB.Now()
	due := dueBadge(f.Ticket, now)
	d := views.Desk{
		Number: f.Number, Self: ticketAddress(f.Number), Live: ticketStream(f),
		Tags: []views.Badge{stateBadges[f.State], due,
			{Tone: views.ToneNeutral, Text: channelNames[f.Channel]}},
		Next: a.next(by, f), Facts: a.deskFacts(f), Problem: f.Problem,
		Thread: a.thread(f.Messages), Claim: claimRows(f.Ticket), Record: recordRows(f.Ticket),
		Flags: f.Flags, Proofs: a.proofRows(f), Missing: f.Missing, Identity: f.Kind.Changes(), History: a.ticketHistory(f.Events),
	}
	said := replies
	if !asks(f) {
		said = []deskAct{noting}
	}
	d.Handling, d.Replies, d.Actions = actions(handling, f), actions(said, f), actions(decisions, f)
	d.Closed = closed(f, said, decisions)
	if d.NoActions = "Tidak ada keputusan untuk peran Anda pada status ini."; !f.State.Live() {
		d.NoActions = "Permohonan ini sudah berakhir."
	}
	d.Compare, d.NoCompare = comparisons(f)
	return d
}

func (a *App) deskFacts(f tickets.File) []views.Row {
	rows := []views.Row{
		{Key: "Jenis", Value: kindNames[f.Kind]},
		{Key: "Diajukan", Value: f.OpenedAt.Long(a.Zone)},
		{Key: "Batas", Value: f.DueAt.Long(a.Zone)},
		{Key: "Petugas", Value: orNobody(f.OwnerName)},
	}
	if f.CheckedByName != "" {
		rows = append(rows, views.Row{Key: "Diperiksa", Value: f.CheckedByName + ", " + f.CheckedAt.Short(a.Zone)})
	}
	if f.ApprovedByName != "" {
		rows = append(rows, views.Row{Key: "Disetujui", Value: f.ApprovedByName + ", " + f.ApprovedAt.Short(a.Zone)})
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
		{Key: "Nama", Value: t.ClaimedName}, {Key: "OPD", Value: t.ClaimedUnit}, {Key: "NIP", Value: tail(t.MaskedNIP, 4)},
	}
	if t.Phone != "" {
		rows = append(rows, views.Row{Key: "Telepon", Value: tail(t.Phone, 3)})
	}
	return rows
}

// recordRows is what the roster says. The domain empties NIP before the check.
func recordRows(t tickets.Ticket) []views.Row {
	if t.NIP == "" {
		return nil
	}
	return []views.Row{
		{Key: "Nama", Value: t.Name}, {Key: "OPD", Value: t.Unit}, {Key: "NIP", Value: accounts.Group(t.NIP)},
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

func (a *App) thread(messages []tickets.Message) []views.Message {
	var all []views.Message
	for _, m := range messages {
		all = append(all, views.Message{
			By: orPerson(m.Author), When: m.At.Short(a.Zone), At: machine(m.At), Text: m.Text,
			Mine: m.From == tickets.FromStaff, Note: m.From == tickets.NoteSide,
		})
	}
	return all
}

func (a *App) ticketHistory(events []tickets.EventLine) []views.Moment {
	var all []views.Moment
	for _, e := range events {
		all = append(all, views.Moment{
			Title: e.Text, When: e.At.Short(a.Zone), At: machine(e.At), By: author(e), Text: e.Note,
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
func (a *App) changedSince(f tickets.File, seen int64) *views.Changed {
	n := int(min(max(0, f.Version-seen), int64(len(f.Events))))
	return &views.Changed{Moments: a.ticketHistory(f.Events[len(f.Events)-n:])}
}

// actions are the verbs of a group that are open to him.
func actions(group []deskAct, f tickets.File) []views.Action {
	var all []views.Action
	for _, act := range group {
		if may(f, act.verb) {
			all = append(all, act.action(f))
		}
	}
	return all
}

// closed are the verbs that the state knows but that are not open to him now,
// by reason.
func closed(f tickets.File, groups ...[]deskAct) []views.Closed {
	var all []views.Closed
	for _, act := range slices.Concat(groups...) {
		why := f.Allowed[act.verb]
		if why == "" {
			continue
		}
		i := slices.IndexFunc(all, func(c views.Closed) bool { return c.Why == why })
		if i < 0 {
			all, i = append(all, views.Closed{Why: why}), len(all)
		}
		all[i].Titles = append(all[i].Titles, act.title)
	}
	return all
}

func (act deskAct) action(f tickets.File) views.Action {
	drawn := views.Action{
		ID: act.path, Title: act.title, Text: act.text, Look: act.look, Open: act.open,
		Post: ticketAddress(f.Number) + "/" + act.path, Version: version(f),
	}
	if act.fields != nil {
		drawn.Fields = act.fields(act.path, f)
	}
	return drawn
}

func ticketStream(f tickets.File) string {
	return streamPath + "?" + url.Values{"tiket": {f.Number}, "sejak": {version(f)}}.Encode()
}

func machine(t db.Time) string { return t.Time().Format(time.RFC3339) }
