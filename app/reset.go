package app

import (
	"net/http"
	"time"

	"github.com/labstack/echo/v4"

	"pulih/accounts"
	"pulih/db"
	"pulih/secret"
	"pulih/views"
)

// A flow's cookie lives a little longer than the flow, so that a late browser
// is told that it is late and not that it never came.
const resetCookieLife = 2 * time.Hour

// gateReset is the purpose of the gate before a mailed code.
const gateReset = "pulihkan"

const (
	titleResetNIP   = "Berapa NIP atau NI PPPK Anda?"
	titleResetEmail = "Apa email yang terdaftar?"
)

type resetNIPForm struct {
	NIP string `form:"nip"`
}

// resetNIP asks whose password is to be set.
func (a *App) resetNIP(c echo.Context) error {
	return a.showResetNIP(c, http.StatusOK, "")
}

func (a *App) showResetNIP(c echo.Context, status int, typed string, wrong ...views.FieldError) error {
	notices, err := a.notices(c)
	if err != nil {
		return err
	}
	p := a.page(c, titleResetNIP)
	p.Back, p.Scripts, p.Errors = "/", []string{"nip.js"}, wrong
	return a.render(c, status, views.ResetNIP(p, views.ResetNIPPage{Flow: flowOf(c).words(), NIP: typed, Notices: notices}))
}

// startReset begins a flow, for a number that nobody looks up here (EN-01).
func (a *App) startReset(c echo.Context) error {
	var f resetNIPForm
	if err := bind(c, &f); err != nil {
		return err
	}
	nip, _, err := accounts.ParseNIP(f.NIP)
	if err != nil {
		return a.showResetNIP(c, http.StatusUnprocessableEntity, f.NIP, views.FieldError{Field: "nip", Text: nipSentence(err)})
	}
	var browser secret.Token
	err = a.limited(c, func(tx *db.Tx) error {
		browser, err = a.Accounts.BeginReset(c.Request().Context(), tx, flowOf(c).purpose, nip, a.actor(c))
		return err
	}, use(LimitStart, limitNetwork(c)), use(LimitResetNIP, string(nip), limitNetwork(c)))
	if err != nil {
		return err
	}
	setCookie(c, cookieReset, browser, resetCookieLife)
	return seeOther(c, flowOf(c).at("/email"))
}
