package app

import (
	"errors"
	"maps"
	"net/http"
	"slices"

	"github.com/labstack/echo/v4"

	"pulih/db"
	"pulih/tickets"
	"pulih/views"
)

// report answers a supervisor's three questions: are people getting back in,
// how fast, and is anybody cheating.
func (a *App) report(c echo.Context) error {
	asked, mistakes, err := a.reportAsked(c)
	if err != nil {
		return err
	}
	if len(mistakes) > 0 {
		return a.reportRefused(c, asked, mistakes)
	}
	sections, g, err := a.reportRead(c, asked)
	if err != nil {
		return err
	}
	shown := a.reportPage(c, g)
	shown.Sections = sections
	return a.render(c, http.StatusOK, views.ReportPage(a.page(c, "Laporan"), shown))
}

// reportRefused asks for another period, and shows none: figures beneath a
// mistake would be taken for the answer.
func (a *App) reportRefused(c echo.Context, q asked, mistakes []views.FieldError) error {
	heads, err := a.Accounts.Heads(c.Request().Context(), a.staff(c).Agency)
	if err != nil {
		return err
	}
	p := a.page(c, "Laporan")
	p.Errors = mistakes
	shown := views.Report{Periods: a.reportPeriods(asked{days: days{Zone: q.Zone}, filter: q.filter, step: q.step, order: q.order}), From: c.QueryParam("dari"), Until: c.QueryParam("sampai"),
		Filters: reportControls(q, slices.Sorted(maps.Keys(heads)))}
	return a.render(c, http.StatusUnprocessableEntity, views.ReportPage(p, shown))
}

// reportRead reads what people solved alone beside the requests.
func (a *App) reportRead(c echo.Context, q asked) ([]views.ReportSection, grouped, error) {
	alone := beside(func() ([]views.ReportSection, error) { return a.aloneSections(c, q) })
	g, err := a.grouped(c, q)
	if err != nil {
		_, _ = alone() // which uses the request
		return nil, g, err
	}
	sections, err := a.reportSections(c, g)
	more, other := alone()
	return append(sections, more...), g, errors.Join(err, other)
}

// reportList shows exactly the tickets behind one figure, or a part of it.
func (a *App) reportList(c echo.Context) error {
	asked, mistakes, err := a.reportAsked(c)
	if err != nil {
		return err
	}
	b := behind(c, asked)
	if len(mistakes) > 0 || b.Figure.Label() == "" {
		return db.ErrNotFound
	}
	page, err := a.Desk.ReportList(c.Request().Context(), a.by(c), b, asked.period(), tickets.Cursor(c.QueryParam("posisi")))
	if err != nil {
		return err
	}
	staff, err := a.staffNames(c)
	if err != nil {
		return err
	}
	p := a.page(c, b.Figure.Label())
	p.Back = asked.address()
	return a.render(c, http.StatusOK, views.ReportListPage(p, reportListPage(grouped{asked: asked, staff: staff}, b, page)))
}

// grouped reads the requests' figures, and knows the agency's staff and units.
func (a *App) grouped(c echo.Context, q asked) (g grouped, err error) {
	g.asked = q
	if g.Report, err = a.Desk.Report(c.Request().Context(), a.by(c), q.period(), q.filter, q.edges()); err != nil {
		return g, err
	}
	if g.staff, err = a.staffNames(c); err == nil {
		g.heads, err = a.Accounts.Heads(c.Request().Context(), a.staff(c).Agency)
	}
	return g, err
}

// reportSections are the parts of the page, in its order.
func (a *App) reportSections(c echo.Context, g grouped) ([]views.ReportSection, error) {
	security, err := a.securitySection(c, g)
	if err != nil {
		return nil, err
	}
	content, err := a.satisfactionSection(c, g)
	if err != nil {
		return nil, err
	}
	return []views.ReportSection{g.flow(), g.speed(), security, g.target(), g.backlog(), g.quality(), content, g.rhythm(), g.parts(), g.units(), g.agents()}, nil
}
