package app

import (
	"net/http"

	"github.com/labstack/echo/v4"

	"pulih/tickets"
	"pulih/views"
)

const keysPath = "/petugas/tombol"

// staffPage is a page that agents work on: with single keys, unless he has
// switched them off.
func (a *App) staffPage(c echo.Context, title string, scripts ...string) (views.Page, error) {
	p := a.page(c, title)
	p.Scripts = scripts
	on, err := a.Desk.Keys(c.Request().Context(), tickets.By{Staff: a.staff(c)})
	if on {
		p.Scripts = append(p.Scripts, "keys.js")
	}
	return p, err
}

// keysPage says which keys there are, and switches them.
func (a *App) keysPage(c echo.Context) error {
	on, err := a.Desk.Keys(c.Request().Context(), a.by(c))
	if err != nil {
		return err
	}
	p := a.page(c, "Tombol pintas")
	p.Back = "/petugas/antrean"
	return a.render(c, http.StatusOK, views.KeysPage(p, on))
}

func (a *App) setKeys(c echo.Context) error {
	var f struct {
		Keys string `form:"tombol"` // "hidup" or "mati"
	}
	if err := bind(c, &f); err != nil {
		return err
	}
	if err := a.Desk.SetKeys(c.Request().Context(), a.by(c), f.Keys == "hidup"); err != nil {
		return err
	}
	return seeOther(c, keysPath)
}
