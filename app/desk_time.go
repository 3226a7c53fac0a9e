package app

import (
	"fmt"
	"net/http"
	"time"

	"github.com/labstack/echo/v4"

	"pulih/db"
	"pulih/tickets"
	"pulih/views"
)

// deskTime shows how the due time of a ticket came about (helpdesk.md §4.2).
func (a *App) deskTime(c echo.Context) error {
	number := c.Param("no")
	k, err := a.Desk.Reckon(c.Request().Context(), a.by(c), number)
	if err != nil {
		return err
	}
	p := a.page(c, "Cara menghitung batas")
	p.Back = ticketAddress(number)
	return a.render(c, http.StatusOK, views.ReckonPage(p, reckonPage(k, number)))
}

func reckonPage(k tickets.Reckoning, number string) views.Reckon {
	return views.Reckon{
		Lead: "Permohonan " + number + ". " + reckonLead(k),
		Facts: []views.Row{
			{Key: "Target", Value: workText(k.Target) + " (jam kerja)"},
			{Key: "Sudah terpakai", Value: workText(k.Used)},
			{Key: "Sisa", Value: leftText(k)},
		},
		Steps: reckonTable(k),
		Rule:  "Menurut " + calendarText(k.Version) + " (" + k.Zone.Name + "). Waktu menunggu pemohon tidak dihitung.",
	}
}

func reckonLead(k tickets.Reckoning) string {
	switch {
	case k.Ended != 0 && k.Kept():
		return "Berakhir " + k.Ended.Long(k.Zone) + ", dalam target."
	case k.Ended != 0:
		return "Berakhir " + k.Ended.Long(k.Zone) + ", melewati target."
	case k.Since == 0:
		return "Waktunya berhenti selama menunggu pemohon."
	}
	return "Batas " + k.Due.Long(k.Zone) + "."
}

func leftText(k tickets.Reckoning) string {
	if k.Used > k.Target {
		return "lewat " + workText(k.Used-k.Target)
	}
	return workText(k.Target - k.Used)
}

// workText writes working time, which has no days: "7 jam 30 mnt".
func workText(d time.Duration) string {
	minutes := int(d.Minutes())
	switch {
	case minutes%60 == 0:
		return fmt.Sprintf("%d jam", minutes/60)
	case minutes < 60:
		return fmt.Sprintf("%d mnt", minutes)
	}
	return fmt.Sprintf("%d jam %d mnt", minutes/60, minutes%60)
}

func calendarText(version int64) string {
	if version <= 0 {
		return "kalender bawaan"
	}
	return fmt.Sprintf("kalender instansi versi %d", version)
}

func reckonTable(k tickets.Reckoning) views.Table {
	t := views.Table{Caption: "Langkah demi langkah", Head: []views.Column{
		{Text: "Dari"}, {Text: "Sampai"}, {Text: "Yang berlaku"}, {Text: "Dihitung", Number: true}}}
	for _, s := range k.Steps {
		t.Rows = append(t.Rows, []views.Cell{{Text: weekday(s.From, k.Zone)}, {Text: s.Until.Short(k.Zone)}, {Text: stepText(s)}, {Text: workText(s.Work)}})
	}
	return t
}

func stepText(s tickets.TimeStep) string {
	text := s.Why
	if s.Hours != "" && text != "" {
		text += ": "
	}
	if text += s.Hours; s.Ahead {
		text += " (yang akan datang)"
	}
	return text
}

// weekday is a moment with the day of the week, which explains most of it.
func weekday(t db.Time, z db.Zone) string {
	name := tickets.WeekdayNames[t.Time().In(z.Location).Weekday()]
	return titled(name) + ", " + t.Short(z)
}
