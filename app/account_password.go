package app

import (
	"net/http"
	"strings"

	"github.com/labstack/echo/v4"

	"pulih/accounts"
	"pulih/secret"
	"pulih/views"
)

type ownPasswordForm struct {
	confirmForm
	Fresh    string `form:"sandi-baru,raw"`
	Username string `form:"username,optional"`
}

// ownPassword asks for a new password; after a sign-in with a weak one it
// says why.
func (a *App) ownPassword(c echo.Context) error { return a.ownPasswordPage(c, false)(http.StatusOK) }

// ownPhrase offers a password that was made here.
func (a *App) ownPhrase(c echo.Context) error { return a.ownPasswordPage(c, true)(http.StatusOK) }

func (a *App) ownPasswordPage(c echo.Context, phrase bool) show {
	return func(status int, wrong ...views.FieldError) error {
		o, err := a.Accounts.Overview(c.Request().Context(), a.person(c).Owner)
		if err != nil {
			return err
		}
		page := views.AccountPassword{NIP: string(o.Person.NIP)}
		if phrase {
			page.Phrase = string(accounts.PassphraseFor(o.Person))
		}
		if weak, ok := shownOnce(c, shownWeak); ok {
			page.Weak = strings.Split(weak, "\n")
		}
		return a.render(c, status, views.AccountNewPassword(a.ownPage(c, "Ganti kata sandi", wrong), page))
	}
}

// changePassword takes the old password, a code and the new password at once.
func (a *App) changePassword(c echo.Context) error {
	var f ownPasswordForm
	if err := bind(c, &f); err != nil {
		return err
	}
	if err := a.actLimit(c); err != nil {
		return err
	}
	done, err := a.Accounts.ChangePassword(c.Request().Context(), a.confirmation(c, f.confirmForm), secret.Password(f.Fresh), a.actor(c))
	if len(done.Reasons) > 0 {
		return a.ownPasswordPage(c, false)(http.StatusUnprocessableEntity, fieldErrors("sandi-baru", done.Reasons)...)
	}
	return a.acted(c, done.Acted, err, "Kata sandi baru tersimpan. Sesi lain sudah berakhir.", a.ownPasswordPage(c, false))
}
