package app

import (
	"pulih/db"
	"pulih/tickets"
	"pulih/views"
)

// statusSteps is the way of a request: what is behind it, where it stands,
// what comes. One that ended early shows what is behind it, and its end.
func (a *App) statusSteps(t tickets.Ticket) []views.Moment {
	here := stepOf(t.State)
	if here < 0 {
		return a.stepsEnded(t)
	}
	var steps []views.Moment
	for i, s := range stepsOf(t) {
		switch {
		case i < here:
			steps = append(steps, a.moment(s.title, views.ToneSuccess, s.at))
		default:
			steps = append(steps, views.Moment{Title: s.title, Now: i == here, Later: i > here, Tone: stepTone(i == here)})
		}
	}
	return steps
}

func (a *App) stepsEnded(t tickets.Ticket) []views.Moment {
	var steps []views.Moment
	all := stepsOf(t)
	if t.State != tickets.Disowned { // its last step was reached
		all = all[:len(all)-1]
	}
	for _, s := range all {
		if s.at > 0 {
			steps = append(steps, a.moment(s.title, views.ToneSuccess, s.at))
		}
	}
	end := a.moment(statusWords[t.State].tag, statusWords[t.State].tone, t.StateAt)
	end.Now = true
	return append(steps, end)
}

func (a *App) moment(title string, tone views.Tone, at db.Time) views.Moment {
	m := views.Moment{Title: title, Tone: tone}
	if at > 0 {
		m.When, m.At = a.shortTime(at), machine(at)
	}
	return m
}

func stepTone(here bool) views.Tone {
	if here {
		return views.ToneWait
	}
	return views.ToneNeutral
}

type wayStep struct {
	title string
	at    db.Time
}

func stepsOf(t tickets.Ticket) []wayStep {
	if !t.Kind.Changes() {
		return []wayStep{{"Diajukan", t.OpenedAt}, {"Dibantu petugas", 0}, {"Selesai", t.ClosedAt}}
	}
	if t.Kind == tickets.Email {
		return []wayStep{
			{"Diajukan", t.OpenedAt}, {"Identitas diperiksa", t.CheckedAt}, {"Disetujui petugas kedua", t.ApprovedAt},
			{"Masa tunggu", t.ReadyAt}, {"Email diganti", t.ClosedAt},
		}
	}
	end := "Autentikator baru aktif"
	if t.Kind == tickets.Activation {
		end = "Akun aktif"
	}
	return []wayStep{
		{"Diajukan", t.OpenedAt}, {"Identitas diperiksa", t.CheckedAt}, {"Disetujui petugas kedua", t.ApprovedAt},
		{"Masa tunggu", t.ReadyAt}, {"Kode pendaftaran", t.IssuedAt}, {end, t.ClosedAt},
	}
}

// stepOf is the index of the step that a state is at, past the last for done
// and -1 for every other end.
func stepOf(s tickets.State) int {
	at := map[tickets.State]int{
		tickets.Open: 1, tickets.Waiting: 1, tickets.Escalated: 1, tickets.Checked: 2,
		tickets.Approved: 3, tickets.Ready: 4, tickets.Issued: 5, tickets.Done: 6,
	}
	if step, ok := at[s]; ok {
		return step
	}
	return -1
}
