package app

import (
	"errors"
	"net/http"
	"strings"
	"time"

	"github.com/labstack/echo/v4"

	"pulih/accounts"
	"pulih/secret"
	"pulih/views"
)

// confirmForm proves, in the very form that changes something, that it is
// the owner who sits here (impostor 14).
type confirmForm struct {
	Password string `form:"sandi,raw"`
	OTP      string `form:"otp"`
}

func (a *App) confirmation(c echo.Context, f confirmForm) accounts.Confirmation {
	s := a.person(c)
	return accounts.Confirmation{Person: s.Owner, Session: s.ID, Password: secret.Password(f.Password), OTP: f.OTP}
}

// actLimit keeps a session from guessing, and from the work of ten hashes.
func (a *App) actLimit(c echo.Context) error { return a.limit(c, LimitAct, a.person(c).Owner) }

// show draws the form again, with what is wrong with it.
type show func(status int, wrong ...views.FieldError) error

// acted ends an act under /akun: the page again where the proof or the wish
// was refused, the account with a sentence where it was done.
func (a *App) acted(c echo.Context, done accounts.Acted, err error, did string, again show) error {
	switch {
	case err != nil:
		return a.orMistake(err, again)
	case !done.OK():
		return a.notConfirmed(c, done, again)
	}
	a.goOn(c, done)
	showOnce(c, shownDid, did, newsLife)
	return seeOther(c, "/akun")
}

// goOn gives the session its new cookie.
func (a *App) goOn(c echo.Context, done accounts.Acted) {
	setCookie(c, cookieAccount, done.Token, accountCookieLife)
}

// notConfirmed says what was wrong with the proof, in the sign-in's words.
func (a *App) notConfirmed(c echo.Context, done accounts.Acted, again show) error {
	told := signInTold[done.Result]
	if done.Result == accounts.SignInWrong {
		told.field, told.text = "sandi", "Kata sandi kosong atau tidak cocok. Ketik lagi kata sandi Anda."
	}
	status, text := a.waitText(c, told.text, done.Until)
	return again(status, views.FieldError{Field: told.field, Text: text})
}

// ownMistakes are wishes that cannot be granted, and the field they are about.
var ownMistakes = map[error]string{
	accounts.ErrDevices: "", accounts.ErrLastDevice: "",
	accounts.ErrAddresses: "email", accounts.ErrAddressKnown: "email", accounts.ErrAddressBudget: "email",
}

func (a *App) orMistake(err error, again show) error {
	for mistake, field := range ownMistakes {
		if errors.Is(err, mistake) {
			return again(http.StatusUnprocessableEntity, views.FieldError{Field: field, Text: sentenceOf(mistake)})
		}
	}
	return err
}

// sentenceOf is what the outside is told of a known error.
func sentenceOf(err error) string {
	for _, known := range answers {
		if errors.Is(err, known.Err) {
			return known.Text
		}
	}
	return ""
}

// ownPage is a page below /akun.
func (a *App) ownPage(c echo.Context, title string, wrong []views.FieldError) views.Page {
	p := a.page(c, title)
	p.Back, p.Scripts, p.Errors = "/akun", []string{"password.js", "copy.js"}, wrong
	return p
}

// maskedEmail shows enough of an address to know it again.
func maskedEmail(e secret.Email) string {
	name, domain, ok := strings.Cut(string(e), "@")
	if !ok || name == "" {
		return ""
	}
	return string([]rune(name)[:1]) + "•••@" + domain
}

const weakLife = 10 * time.Minute
