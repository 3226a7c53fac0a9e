package app

import (
	"errors"
	"net/http"
	"time"

	"github.com/labstack/echo/v4"

	"pulih/accounts"
	"pulih/secret"
	"pulih/views"
)

// How long the browser keeps the cookies of staff. The session itself ends on
// the server, idle or not (SE-03).
const (
	staffCookieLife   = 8 * time.Hour
	browserCookieLife = 365 * 24 * time.Hour
)

const staffSignInTitle = "Masuk petugas"

var staffSignInScripts = []string{"nip.js", "password.js"}

type staffForm struct {
	NIP      string `form:"nip"`
	Password string `form:"sandi,raw"`
	OTP      string `form:"otp"`
}

func (a *App) staffSignInPage(c echo.Context) error {
	ended, err := a.sessionEnded(c)
	if err != nil {
		return err
	}
	p := a.page(c, staffSignInTitle)
	p.Scripts = staffSignInScripts
	return a.render(c, http.StatusOK, views.StaffSignIn(p, views.StaffForm{Ended: ended}))
}

// sessionEnded tells who comes with the cookie of a session that is over. A
// bookmark leads here too, with one that is alive; signing out takes it away.
func (a *App) sessionEnded(c echo.Context) (bool, error) {
	token := cookie(c, cookieStaff)
	if token == "" {
		return false, nil
	}
	_, err := a.Accounts.StaffBySession(c.Request().Context(), token)
	if errors.Is(err, accounts.ErrNoSession) {
		return true, nil
	}
	return false, err
}

// staffSignIn takes all three at once and never says which was wrong.
func (a *App) staffSignIn(c echo.Context) error {
	var f staffForm
	if err := bind(c, &f); err != nil {
		return err
	}
	if err := a.limit(c, LimitStaff, limitNetwork(c)); err != nil {
		return err
	}
	s, err := a.Accounts.StaffSignIn(c.Request().Context(), accounts.StaffForm{
		NIP: f.NIP, Password: secret.Password(f.Password), OTP: f.OTP,
		Network: a.network(c), Agent: c.Request().UserAgent(),
	}, a.actor(c))
	switch {
	case err != nil:
		return err
	case s.Result == accounts.StaffPaused:
		return a.refuseStaff(c, http.StatusTooManyRequests, f.NIP, "Terlalu banyak percobaan. Coba lagi pukul "+s.Until.Hour(a.Zone)+".")
	case s.Result != accounts.StaffOK:
		return a.refuseStaff(c, http.StatusUnprocessableEntity, f.NIP, "NIP, kata sandi, atau kode OTP tidak cocok. Periksa ketiganya, lalu pakai kode baru.")
	}
	return a.enterStaff(c, s.Token)
}

func (a *App) refuseStaff(c echo.Context, status int, nip, wrong string) error {
	p := a.page(c, staffSignInTitle)
	p.Errors, p.Scripts = []views.FieldError{{Text: wrong}}, staffSignInScripts
	return a.render(c, status, views.StaffSignIn(p, views.StaffForm{NIP: nip}))
}

// enterStaff begins the session, and knows the browser from now on: one that
// checked cannot approve for twelve hours (impostor 17).
func (a *App) enterStaff(c echo.Context, session secret.Token) error {
	a.beginSession(c, accounts.StaffSession, session)
	browser := a.staffBrowser(c)
	if browser == "" {
		browser = a.signedBrowser(secret.NewToken())
	}
	setCookie(c, cookieBrowser, browser, browserCookieLife)
	return seeOther(c, "/petugas")
}

// staffHome leads to the first page of his roles.
func (a *App) staffHome(c echo.Context) error {
	if nav := navFor(a.staff(c)); len(nav) > 0 {
		return seeOther(c, nav[0].Href)
	}
	return a.render(c, http.StatusOK, views.StaffHome(a.page(c, "Akun petugas")))
}

func (a *App) staffSignOut(c echo.Context) error {
	err := a.Accounts.EndSession(c.Request().Context(), accounts.StaffSession, cookie(c, cookieStaff), a.actor(c))
	if err != nil {
		return err
	}
	dropCookie(c, cookieStaff)
	return seeOther(c, "/petugas/masuk")
}
