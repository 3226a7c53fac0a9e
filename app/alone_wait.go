package app

import (
	"net/http"
	"time"

	"github.com/labstack/echo/v4"

	"pulih/accounts"
	"pulih/secret"
	"pulih/views"
)

// A wait may begin days late, when the relay is down, and lasts four; a cookie
// that is too old opens nothing.
const waitCookieLife = 14 * 24 * time.Hour

// heldWait is what this browser holds of a wait.
func heldWait(c echo.Context) accounts.Held {
	return accounts.Held{Browser: cookie(c, cookieWait), Link: cookie(c, cookieLink)}
}

// aloneBegin explains the wait before it begins.
func (a *App) aloneBegin(c echo.Context) error {
	if _, err := a.resetAt(c, accounts.ResetProven); err != nil {
		return a.orOver(c, err)
	}
	return a.render(c, http.StatusOK, views.AloneBegin(a.page(c, "Satu langkah lagi"), inWords(a.Accounts.WaitTime())))
}

// beginWait begins it, for this browser.
func (a *App) beginWait(c echo.Context) error {
	b, err := a.Accounts.BeginWait(c.Request().Context(), cookie(c, cookieReset), a.actor(c))
	if err != nil {
		return a.orOver(c, err)
	}
	dropCookie(c, cookieReset)
	switch {
	case len(b.Why) > 0:
		return a.aloneBarred(c, b.Person.NIP, b.Why)
	case b.Token == "": // another wait was there first
		return a.showWait(c, b.Wait, false)
	}
	setCookie(c, cookieWait, b.Token, waitCookieLife)
	return seeOther(c, accounts.ForMFA.Path()+"/tunggu")
}

// aloneWait shows the wait that this browser holds.
func (a *App) aloneWait(c echo.Context) error {
	w, err := a.Accounts.Wait(c.Request().Context(), heldWait(c))
	if err != nil {
		return err
	}
	if w.ID == "" {
		return seeOther(c, accounts.ForMFA.Path())
	}
	return a.showWait(c, w, true)
}

func (a *App) showWait(c echo.Context, w accounts.Wait, here bool) error {
	title := "Masa tunggu berjalan"
	switch w.State {
	case accounts.WaitReady:
		title = "Masa tunggu selesai"
	case accounts.WaitUsed, accounts.WaitEnded:
		title = "Masa tunggu berakhir"
	}
	return a.render(c, http.StatusOK, views.AloneWait(a.page(c, title), a.waitPage(w, here)))
}

func (a *App) waitPage(w accounts.Wait, here bool) views.AloneWaitPage {
	page := views.AloneWaitPage{Here: here}
	switch {
	case w.State == accounts.WaitUsed:
		page.Ended, page.Next = "Autentikator baru sudah terdaftar.", views.Link{Text: "Masuk", Href: "/masuk"}
	case !w.Live():
		page.Ended, page.Next = endWords[w.Because], views.Link{Text: "Mulai lagi", Href: accounts.ForMFA.Path()}
	case w.State == accounts.WaitReady:
		page.Ready = w.ReadyUntil.Long(a.Zone)
	case w.Until != 0:
		page.Until = w.Until.Long(a.Zone)
	}
	return page
}

// endWords say why a wait ended.
var endWords = map[accounts.WaitEnd]string{
	accounts.WaitDisowned:  "Penggantian ini dihentikan lewat “Bukan saya”.",
	accounts.WaitFound:     "Ada yang masuk dengan autentikator lama, jadi penggantian ini batal.",
	accounts.WaitChanged:   "Kata sandi atau data akun berubah, jadi penggantian ini batal.",
	accounts.WaitUnreached: "Email pemberitahuan kami tidak sampai, jadi masa tunggu tidak bisa dimulai.",
	accounts.WaitExpired:   "Waktu untuk melanjutkan sudah habis.",
}

// moveWaitLink takes the token of the mailed link out of the address; it acts
// with the password only (law 8).
func (a *App) moveWaitLink(c echo.Context) error {
	if token := c.Param("token"); linkToken.MatchString(token) {
		setCookie(c, cookieLink, secret.Token(token), waitCookieLife)
	}
	return seeOther(c, accounts.ForMFA.Path())
}
