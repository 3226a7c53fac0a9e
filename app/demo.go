package app

import (
	"net/http"

	"github.com/labstack/echo/v4"

	"pulih/views"
)

// demoPhones shows the demo's authenticators. Their secrets are held by the
// demo as phones would hold them; the app itself cannot read one.
func (a *App) demoPhones(c echo.Context) error {
	return a.render(c, http.StatusOK, views.DemoPhones(a.page(c, "Autentikator demo"), a.Phones(a.DB.Now())))
}
