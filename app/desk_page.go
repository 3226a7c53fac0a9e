package app

import (
	"net/url"
	"slices"

	"pulih/tickets"
	"pulih/views"
)

// deskPage puts a ticket into words. Of the record it shows what the domain
// handed over, which before the check is nothing (impostor 22).
func (a *App) deskPage(by tickets.By, f tickets.File) views.Desk {
	d := views.Desk{
		Number: f.Number, Self: ticketAddress(f.Number), Live: ticketStream(f),
		Tags: []views.Badge{stateBadges[f.State], dueBadge(f.Ticket, a.DB.Now(), f.Zone),
			{Tone: views.ToneNeutral, Text: channelNames[f.Channel]}},
		Next: a.next(by, f), Facts: deskFacts(f), Answered: a.answeredRows(f.Facts), Measured: a.measuredRows(f.Facts), Problem: f.Problem,
		Thread: thread(f.Messages, f.Zone), Claim: claimRows(f.Ticket), Record: recordRows(f.Ticket),
		Flags: f.Flags, Files: a.fileCells(f), Proofs: a.proofRows(f), Missing: f.Missing, Identity: f.Kind.Changes(), History: ticketHistory(f.Events, f.Zone),
	}
	d.Earlier, d.Counts = a.earlier(f), counts(f)
	offer(&d, f)
	return d
}

// earlier tells of other requests with the same NIP. Those that the domain
// gives no number lead nowhere yet.
func (a *App) earlier(f tickets.File) []views.Cell {
	var all []views.Cell
	for _, e := range f.Earlier {
		cell := views.Cell{Text: e.Kind.Label(), Small: stateBadges[e.State].Text + " · " + e.OpenedAt.Date(f.Zone)}
		if e.Number != "" {
			cell.Href = ticketAddress(e.Number)
		}
		all = append(all, cell)
	}
	return all
}

// offer fills in what he may do, and why not the rest.
func offer(d *views.Desk, f tickets.File) {
	said := replies
	if !asks(f) {
		said, d.NoReply = []deskAct{noting}, tickets.ErrKeyless.Text
	}
	d.Handling, d.Replies, d.Actions = actions(handling, f), actions(said, f), actions(decisions, f)
	d.Closed = closed(f, said, decisions)
	if d.NoActions = "Tidak ada keputusan untuk peran Anda pada status ini."; !f.State.Live() {
		d.NoActions = "Permohonan ini sudah berakhir."
	}
	d.Compare, d.NoCompare = comparisons(f)
}

// actions are the verbs of a group that are open to him.
func actions(group []deskAct, f tickets.File) []views.Action {
	var all []views.Action
	for _, act := range group {
		if may(f, act.verb) && (act.when == nil || act.when(f)) {
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
		if act.when != nil && !act.when(f) {
			continue
		}
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
		ID: act.path, Title: act.title, Opener: act.opener, Text: act.text, Look: act.look, Open: act.open,
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
