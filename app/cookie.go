package app

import (
	"net/http"
	"time"

	"github.com/labstack/echo/v4"

	"pulih/accounts"
	"pulih/secret"
)

// The cookies. All are __Host-, Secure, HttpOnly and SameSite=Lax (SE-02);
// browsers treat loopback as secure, so the demo needs no exception.
const (
	cookieGate     = "__Host-gerbang"       // binds captchas and proofs of work to a browser
	cookieReset    = "__Host-pulihkan"      // a reset's steps
	cookieWait     = "__Host-tunggu"        // the wait before enrolling alone
	cookieLink     = "__Host-tautan"        // a token moved out of a mailed link
	cookieAccount  = "__Host-akun"          // an ASN's session
	cookieTicket   = "__Host-tiket"         // number and secret of a request
	cookieDraft    = "__Host-draf"          // a request that is being filled in
	cookieEnrol    = "__Host-daftar"        // an enrolment under way
	cookiePractice = "__Host-latihan"       // a practice secret of the clock check
	cookieWalk     = "__Host-bantuan"       // a way through the troubleshooter
	cookieStaff    = "__Host-petugas"       // a staff session
	cookieBrowser  = "__Host-perangkat"     // a staff browser, for a year (impostor 17)
	cookieSetup    = "__Host-aktivasi"      // a staff member's set-up
	cookieShown    = "__Host-diperlihatkan" // what is shown once after a redirect
)

// setCookie gives the browser a token for maxAge.
func setCookie(c echo.Context, name string, value secret.Token, maxAge time.Duration) {
	c.SetCookie(&http.Cookie{
		Name: name, Value: string(value), Path: "/", MaxAge: int(maxAge.Seconds()),
		Secure: true, HttpOnly: true, SameSite: http.SameSiteLaxMode,
	})
}

// dropCookie takes the token away.
func dropCookie(c echo.Context, name string) {
	setCookie(c, name, "", -time.Second)
}

// cookie reads a token, "" where there is none.
func cookie(c echo.Context, name string) secret.Token {
	found, err := c.Cookie(name)
	if err != nil {
		return ""
	}
	return secret.Token(found.Value)
}

// beginSession gives the browser its new session, and ends the one whose cookie
// that replaces: it would live on, and nobody could sign it out any more. Where
// that fails it ends by itself, and whoever has just signed in goes on.
func (a *App) beginSession(c echo.Context, kind accounts.SessionKind, token secret.Token) {
	name, life := cookieAccount, accountCookieLife
	if kind == accounts.StaffSession {
		name, life = cookieStaff, staffCookieLife
	}
	setCookie(c, name, token, life)
	old := cookie(c, name)
	if old == "" {
		return
	}
	if err := a.Accounts.EndSession(c.Request().Context(), kind, old, a.actor(c)); err != nil {
		a.Log.Warn("a session outlives its cookie", "request", requestID(c), "err", err)
	}
}

// gateBrowser is the browser that captchas and proofs of work are bound to.
// It gets its cookie when it has none.
func gateBrowser(c echo.Context) secret.Token {
	if token, ok := c.Get(cookieGate).(secret.Token); ok {
		return token
	}
	token := cookie(c, cookieGate)
	if len(token) < 40 {
		token = secret.NewToken()
		setCookie(c, cookieGate, token, 24*time.Hour)
	}
	c.Set(cookieGate, token)
	return token
}
