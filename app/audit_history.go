package app

import (
	"context"

	"github.com/labstack/echo/v4"

	"pulih/accounts"
	"pulih/audit"
	"pulih/views"
)

// sendHistory sends everything that the log knows of a person, and what is
// kept of him, as a file that no spreadsheet computes.
func (a *App) sendHistory(c echo.Context, o accounts.Overview) error {
	download(c, "data-pribadi.csv")
	line := newPatientLine(c)
	defer line.stop()
	to, err := newCSV(line, true)
	if err != nil {
		return err
	}
	for _, row := range a.ownCells(o) {
		if err := to.row(row...); err != nil {
			return err
		}
	}
	if err := to.row("Waktu", "Peristiwa", "Oleh", "Alamat jaringan"); err != nil {
		return err
	}
	ctx := context.WithoutCancel(c.Request().Context()) // a page's deadline is not that of a file
	err = audit.EachOfPerson(ctx, a.DB, o.Person.ID, func(e audit.Event) error { return to.row(a.historyCells(e)...) })
	if err != nil {
		return err
	}
	return to.flush()
}

// ownCells are what the printed sheet says of him before its events.
func (a *App) ownCells(o accounts.Overview) (all [][]string) {
	h := a.ownData(o)
	for _, part := range []struct {
		title string
		rows  []views.Row
	}{{"Data pribadi", h.Rows}, {"Autentikator", h.Devices}, {"Data yang disimpan", h.Kept}} {
		for _, row := range part.rows {
			all = append(all, []string{part.title, row.Key, row.Value, ""})
		}
	}
	return all
}

// historyCells tell a person of one event without anybody else's name.
func (a *App) historyCells(e audit.Event) []string {
	words, by, network := historyText(e), historyActors[e.Actor.Kind], e.Actor.Network
	if e.Actor.Kind == audit.Person && e.Actor.ID != e.Person {
		by = "Orang lain"
	}
	if e.Actor.Kind == audit.Staff {
		network = ""
	}
	return []string{e.At.Exact(a.Zone), words, by, network}
}

// historyText is an event in the words of the person's own history, or, where
// it has none, in those of the log.
func historyText(e audit.Event) string {
	for _, key := range []historyKey{{e.Action, e.Result}, {e.Action, ""}} {
		if words, ok := historyWords[key]; ok {
			return words.text
		}
	}
	return actionWords(e.Action) + " (" + resultText(e) + ")"
}

var historyActors = map[audit.Kind]string{
	audit.Anonymous: "Tidak diketahui", audit.Person: "Anda", audit.Staff: "Petugas", audit.Console: "Pengelola server", audit.Clock: "Pulih",
}
