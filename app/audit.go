package app

import (
	"net/http"

	"github.com/labstack/echo/v4"

	"pulih/accounts"
	"pulih/views"
)

const (
	auditPath = "/petugas/audit"
	auditSize = 50 // events a page
)

// auditLog shows a supervisor what happened, of his agency alone (ST-04).
func (a *App) auditLog(c echo.Context) error {
	q, mistakes, err := a.auditQuery(c)
	if err != nil {
		return err
	}
	return a.showAudit(c, q, mistakes...)
}

func (a *App) showAudit(c echo.Context, q auditQuery, mistakes ...views.FieldError) error {
	l, err := a.auditPage(c, q, len(mistakes) == 0 && q.reads())
	if err != nil {
		return err
	}
	p := a.page(c, "Audit")
	p.Errors, p.Scripts, p.Path = mistakes, []string{"nip.js"}, auditPath
	status := http.StatusOK
	if len(mistakes) > 0 {
		status = http.StatusUnprocessableEntity
	}
	return a.render(c, status, views.AuditPage(p, l))
}

// auditTabs are for supervisors; an agent sees the requests for data alone.
func (a *App) auditTabs(c echo.Context, here string) []views.Link {
	if !a.staff(c).Has(accounts.Supervisor) {
		return nil
	}
	tabs := []views.Link{{Text: "Catatan", Href: auditPath}, {Text: "Rantai", Href: chainPath},
		{Text: "Permintaan data", Href: accessPath}, {Text: "Insiden", Href: affectedPath}}
	for i := range tabs {
		tabs[i].Here = tabs[i].Href == here
	}
	return tabs
}
