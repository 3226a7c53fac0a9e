package app

import (
	"net/http"

	"github.com/labstack/echo/v4"

	"pulih/views"
)

// demoPhones shows the demo's authenticators. Their secrets are held by the
// demo as phones would hold them; the app itself cannot read one.
func (a *App) demoPhones(c echo.Context) error {
	return a.showPhones(c, http.StatusOK)
}

func (a *App) showPhones(c echo.Context, status int, wrong ...views.FieldError) error {
	p := a.page(c, "Autentikator demo")
	p.Errors = wrong
	return a.render(c, status, views.DemoPhones(p, a.Phones.Show(a.DB.Now())))
}

// addDemoPhone takes a key typed from an enrolment, as an authenticator app
// does.
func (a *App) addDemoPhone(c echo.Context) error {
	var f struct {
		Key string `form:"kunci"`
	}
	if err := bind(c, &f); err != nil {
		return err
	}
	if err := a.Phones.Add(f.Key); err != nil {
		return a.showPhones(c, http.StatusUnprocessableEntity, views.FieldError{Field: "kunci", Text: "Kunci ini tidak lengkap. Salin semua huruf dan angkanya."})
	}
	return seeOther(c, "/demo/autentikator")
}
