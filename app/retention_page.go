package app

import (
	"fmt"
	"net/http"

	"github.com/labstack/echo/v4"

	"pulih/audit"
	"pulih/views"
)

const retentionPath = "/petugas/retensi"

// retention lists what is kept how long and what is due, over the whole
// installation: no row of anybody is shown.
func (a *App) retention(c echo.Context) error {
	all, err := audit.Standings(c.Request().Context(), a.DB, Rules(a.AuditKeep))
	if err != nil {
		return err
	}
	p := a.page(c, "Masa simpan data")
	p.Back = settingsPath
	return a.render(c, http.StatusOK, views.RetentionPage(p, a.retentionPage(all)))
}

func (a *App) retentionPage(all []audit.Standing) views.Retention {
	due := []views.Column{{Text: "Data"}, {Text: "Disimpan"}, {Text: "Jatuh tempo", Number: true}}
	r := views.Retention{
		Ends:  views.Table{Caption: "Yang dihapus sendiri", Head: append(due[:3:3], views.Column{Text: "Terakhir dihapus"})},
		Brief: views.Table{Caption: "Yang berumur menit", Quiet: true, Head: due},
		Kept:  views.Table{Caption: "Yang tidak dihapus", Quiet: true, Head: []views.Column{{Text: "Data"}, {Text: "Alasan"}}},
	}
	for _, s := range all {
		data := views.Cell{Text: s.What, Small: s.Why}
		switch {
		case s.Kept():
			r.Kept.Rows = append(r.Kept.Rows, []views.Cell{{Text: s.What}, {Text: s.Why}})
		case s.Silent:
			r.Brief.Rows = append(r.Brief.Rows, []views.Cell{data, {Text: s.Period()}, a.dueCell(s)})
		default:
			r.Ends.Rows = append(r.Ends.Rows, []views.Cell{data, {Text: s.Period()}, a.dueCell(s), a.lastCell(s)})
		}
	}
	return r
}

func (a *App) dueCell(s audit.Standing) views.Cell {
	cell := views.Cell{Text: fmt.Sprint(s.Due)}
	if s.Due > 0 {
		cell.Small = "sejak " + s.Oldest.Add(s.Keep).Short(a.Zone)
	}
	return cell
}

func (a *App) lastCell(s audit.Standing) views.Cell {
	cell := views.Cell{Text: "Belum pernah"}
	if s.RemovedAt > 0 {
		cell.Text = fmt.Sprintf("%d pada %s", s.Removed, s.RemovedAt.Short(a.Zone))
	}
	if s.RanAt > 0 {
		cell.Small = "diperiksa " + s.RanAt.Short(a.Zone)
	}
	return cell
}
