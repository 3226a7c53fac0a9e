package app

import (
	"net/http"

	"github.com/labstack/echo/v4"

	"pulih/db"
	"pulih/tickets"
	"pulih/views"
)

// report shows a supervisor how many people were helped, and how fast.
func (a *App) report(c echo.Context) error {
	days, mistakes, err := a.reportDays(c)
	if err != nil {
		return err
	}
	status := http.StatusOK
	if len(mistakes) > 0 {
		status = http.StatusUnprocessableEntity
	}
	ctx, by := c.Request().Context(), a.by(c)
	now, err := a.Desk.Report(ctx, by, days.period())
	if err != nil {
		return err
	}
	before, err := a.Desk.Report(ctx, by, days.before().period())
	if err != nil {
		return err
	}
	pairs, err := a.Desk.Pairs(ctx, by, days.period())
	if err != nil {
		return err
	}
	p := a.page(c, "Laporan")
	p.Errors = mistakes
	r := a.reportPage(days, now, before, pairs)
	if len(mistakes) > 0 {
		r.From, r.Until = c.QueryParam("dari"), c.QueryParam("sampai")
	}
	return a.render(c, status, views.ReportPage(p, r))
}

// reportList shows exactly the tickets behind one figure.
func (a *App) reportList(c echo.Context) error {
	days, mistakes, err := a.reportDays(c)
	if err != nil {
		return err
	}
	figure := tickets.Figure(c.QueryParam("angka"))
	if len(mistakes) > 0 || figure.Definition() == "" {
		return db.ErrNotFound
	}
	page, err := a.Desk.ReportList(c.Request().Context(), a.by(c), figure, days.period(), tickets.Cursor(c.QueryParam("posisi")))
	if err != nil {
		return err
	}
	p := a.page(c, figure.Label())
	p.Back = days.address()
	return a.render(c, http.StatusOK, views.ReportListPage(p, a.reportListPage(days, figure, page)))
}
