package app

import (
	"errors"
	"fmt"
	"math"
	"net/http"
	"regexp"
	"slices"
	"time"
	"unicode"

	"github.com/labstack/echo/v4"

	"pulih/accounts"
	"pulih/db"
	"pulih/guide"
	"pulih/secret"
	"pulih/views"
)

const (
	titleResetCode = "Periksa email Anda"
	titleOver      = "Mulai lagi dari awal"
)

// linkToken is all that a cookie is made of: net/http would print each other
// byte that it leaves out.
var linkToken = regexp.MustCompile(`^[A-Za-z0-9_-]{1,64}$`)

type resetCodeForm struct {
	Code string `form:"kode"`
}

// resetCode waits for the code. It shows what was typed, never what we know.
func (a *App) resetCode(c echo.Context) error {
	r, err := a.resetAt(c, accounts.ResetSent)
	if err != nil {
		return a.orOver(c, err)
	}
	return a.showResetCode(c, http.StatusOK, r, false)
}

func (a *App) showResetCode(c echo.Context, status int, r accounts.Reset, closed bool, wrong ...views.FieldError) error {
	p := a.page(c, titleResetCode)
	p.Back, p.Scripts, p.Errors = flowOf(c).at("/email"), []string{"countdown.js"}, wrong
	return a.render(c, status, views.ResetCode(p, views.ResetCodePage{
		Flow: flowOf(c).words(), Email: string(r.Email), Next: a.nextCode(r.NextAt), Spent: r.NoMoreCodes(), Closed: closed || r.NoMoreTries(),
	}))
}

// nextCode counts to when a code may be asked for, and is zero from then on.
func (a *App) nextCode(t db.Time) views.Countdown {
	now := a.DB.Now()
	if t <= now {
		return views.Countdown{}
	}
	return views.Countdown{
		Until: machine(t), Left: int(math.Ceil(t.Sub(now).Seconds())),
		Shown: withSeconds(t, a.Zone), Done: "Anda dapat meminta kode baru.",
	}
}

// withSeconds shows seconds too, because pauses are short: "10.28.10 WITA".
func withSeconds(t db.Time, z db.Zone) string {
	return t.Time().In(z.Location).Format("15.04.05") + " " + z.Name
}

// tryResetCode takes a typed code.
func (a *App) tryResetCode(c echo.Context) error {
	var f resetCodeForm
	if err := bind(c, &f); err != nil {
		return err
	}
	if err := a.limit(c, LimitCode, limitNetwork(c)); err != nil {
		return err
	}
	code, whole := secret.ReadCode(f.Code, accounts.CodeLength)
	if !whole {
		return a.codeWrong(c, accounts.ResetTried{}, notWhole(f.Code))
	}
	tried, err := a.Accounts.ProveByCode(c.Request().Context(), a.resetFlow(c), code, a.actor(c))
	if err != nil {
		return a.orOver(c, err)
	}
	a.tallyTry(c, tried.OK)
	if !tried.OK {
		return a.codeWrong(c, tried, fmt.Sprintf("Kode tidak cocok. Periksa email terbaru dari kami. Sisa percobaan: %d.", tried.Left))
	}
	return a.proven(c, tried)
}

// notWhole says what is missing of a code, which is then not even tried.
func notWhole(typed string) string {
	n := 0
	for _, r := range typed {
		if unicode.IsLetter(r) || unicode.IsDigit(r) {
			n++
		}
	}
	if n == 0 {
		return "Ketik kode 8 huruf dan angka dari email."
	}
	return fmt.Sprintf("Kode terdiri dari 8 huruf dan angka. Anda mengetik %d.", n)
}

func (a *App) codeWrong(c echo.Context, tried accounts.ResetTried, text string) error {
	r, err := a.resetAt(c, accounts.ResetSent)
	if err != nil {
		return a.orOver(c, err)
	}
	wrong := []views.FieldError{{Field: "kode", Text: text}}
	if tried.Closed || r.NoMoreTries() {
		wrong = []views.FieldError{{Text: "Kode tidak cocok. Sekarang hanya tautan di email yang berlaku."}}
	}
	return a.showResetCode(c, http.StatusUnprocessableEntity, r, tried.Closed, wrong...)
}

// proven gives the browser that proved it a cookie of its own; the one that
// began the flow has none any more (impostor 9, SE-09).
func (a *App) proven(c echo.Context, tried accounts.ResetTried) error {
	setCookie(c, cookieReset, tried.Browser, resetCookieLife)
	dropCookie(c, cookieLink)
	if flowOf(c).purpose == accounts.ForUnlock {
		a.solved(c, guide.ByUnlock)
	}
	return seeOther(c, flowOf(c).proven)
}

// moveResetLink takes the mail's token out of the address. Nothing is looked
// up: mail scanners open links, and GET acts on nothing (law 8).
func (a *App) moveResetLink(c echo.Context) error {
	if token := c.Param("token"); linkToken.MatchString(token) {
		setCookie(c, cookieLink, secret.Token(token), time.Hour)
	}
	return seeOther(c, flowOf(c).at("/tautan"))
}

func (a *App) resetLink(c echo.Context) error {
	return a.render(c, http.StatusOK, views.ResetLink(a.page(c, flowOf(c).link), flowOf(c).words()))
}

func (a *App) takeResetLink(c echo.Context) error {
	if err := a.limit(c, LimitCode, limitNetwork(c)); err != nil {
		return err
	}
	tried, err := a.Accounts.ProveByLink(c.Request().Context(), flowOf(c).purpose, cookie(c, cookieLink), a.actor(c))
	if err != nil {
		return a.orOver(c, err)
	}
	if !tried.OK {
		return a.over(c, http.StatusConflict, "Tautan ini sudah tidak berlaku. Buka email terbaru dari kami, atau mulai lagi.")
	}
	return a.proven(c, tried)
}

// resetAt reads the flow of this browser for a page of some of its steps. A
// page of another step leads to where the flow is.
func (a *App) resetAt(c echo.Context, steps ...accounts.ResetState) (accounts.Reset, error) {
	f := flowOf(c)
	if cookie(c, cookieReset) == "" {
		return accounts.Reset{}, redirect{f.at("")}
	}
	r, err := a.Accounts.Reset(c.Request().Context(), a.resetFlow(c))
	if err != nil || slices.Contains(steps, r.State) {
		return r, err
	}
	return r, redirect{map[accounts.ResetState]string{
		accounts.ResetStarted: f.at("/email"), accounts.ResetSent: f.at("/kode"),
		accounts.ResetProven: f.proven, accounts.ResetFinished: "/masuk",
	}[r.State]}
}

// orOver draws the page for a step out of order; other errors stay.
func (a *App) orOver(c echo.Context, err error) error {
	if !errors.Is(err, accounts.ErrStep) {
		return err
	}
	return a.over(c, http.StatusConflict, "Langkah ini tidak berlaku lagi di sini. Mungkin sudah dilanjutkan di HP atau komputer lain, atau waktunya habis.")
}

func (a *App) over(c echo.Context, status int, text string) error {
	return a.render(c, status, views.ResetOver(a.page(c, titleOver), flowOf(c).words(), text))
}
