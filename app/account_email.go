package app

import (
	"errors"
	"net/http"

	"github.com/labstack/echo/v4"

	"pulih/accounts"
	"pulih/db"
	"pulih/secret"
	"pulih/views"
)

// emailPage asks for a further address for notices.
func (a *App) emailPage(c echo.Context) error { return a.newEmailPage(c, "")(http.StatusOK) }

func (a *App) newEmailPage(c echo.Context, typed string) show {
	return func(status int, wrong ...views.FieldError) error {
		o, err := a.Accounts.Overview(c.Request().Context(), a.person(c).Owner)
		if err != nil {
			return err
		}
		full := len(o.Addresses) >= accounts.MostAddresses
		return a.render(c, status, views.AccountEmailNew(a.ownPage(c, "Tambah email", wrong), views.AccountEmail{Email: typed, Full: full}))
	}
}

// askEmail mails a code to the new address.
func (a *App) askEmail(c echo.Context) error {
	var f struct {
		confirmForm
		Email string `form:"email"`
	}
	if err := bind(c, &f); err != nil {
		return err
	}
	address, ok := accounts.ParseEmail(f.Email) // mail goes there, so a look is not enough
	if !ok {
		return a.newEmailPage(c, f.Email)(http.StatusUnprocessableEntity,
			views.FieldError{Field: "email", Text: "Ketik alamat email lengkap, misalnya nama@example.go.id."})
	}
	if other := suggestAddress(f.Email, a.agencyDomain()); other != "" {
		return a.newEmailPage(c, f.Email)(http.StatusUnprocessableEntity,
			views.FieldError{Field: "email", Text: "Domain email ini tampaknya salah ketik. Maksud Anda " + other + "?"})
	}
	if err := a.actLimit(c); err != nil {
		return err
	}
	done, err := a.Accounts.AskAddress(c.Request().Context(), a.confirmation(c, f.confirmForm), address, a.actor(c))
	if err != nil || !done.OK() {
		return a.acted(c, done, err, "", a.newEmailPage(c, f.Email))
	}
	a.goOn(c, done)
	return seeOther(c, "/akun/email/kode")
}

// emailCode waits for the code from the new address.
func (a *App) emailCode(c echo.Context) error { return a.emailCodePage(c)(http.StatusOK) }

func (a *App) emailCodePage(c echo.Context) show {
	return func(status int, wrong ...views.FieldError) error {
		asked, err := a.Accounts.Asked(c.Request().Context(), a.person(c).Owner)
		if errors.Is(err, db.ErrNotFound) {
			return seeOther(c, "/akun/email")
		}
		if err != nil {
			return err
		}
		p := a.ownPage(c, "Periksa email tambahan Anda", wrong)
		return a.render(c, status, views.AccountEmailProve(p, views.AccountEmailCode{
			Email: string(asked.Email), Until: asked.Until.Hour(a.Zone), Closed: asked.NoMoreTries(),
		}))
	}
}

// proveEmail takes the mailed code.
func (a *App) proveEmail(c echo.Context) error {
	var f struct {
		Code string `form:"kode"`
	}
	if err := bind(c, &f); err != nil {
		return err
	}
	if err := a.actLimit(c); err != nil {
		return err
	}
	code, whole := secret.ReadCode(f.Code, accounts.CodeLength)
	if !whole {
		return a.emailCodePage(c)(http.StatusUnprocessableEntity, views.FieldError{Field: "kode", Text: "Kode berisi 8 huruf dan angka."})
	}
	tried, err := a.Accounts.ProveAddress(c.Request().Context(), a.person(c).Owner, code, a.actor(c))
	if err != nil {
		return err
	}
	if !tried.OK {
		return a.emailCodePage(c)(http.StatusUnprocessableEntity, views.FieldError{Field: "kode", Text: "Kode tidak cocok atau sudah kedaluwarsa. Periksa email terbaru dari kami."})
	}
	showOnce(c, shownDid, "Email tambahan sudah terdaftar.", newsLife)
	return seeOther(c, "/akun")
}

// emailToRemove shows a further address of the person.
func (a *App) emailToRemove(c echo.Context) error { return a.removeEmailPage(c)(http.StatusOK) }

func (a *App) removeEmailPage(c echo.Context) show {
	return func(status int, wrong ...views.FieldError) error {
		o, err := a.Accounts.Overview(c.Request().Context(), a.person(c).Owner)
		if err != nil {
			return err
		}
		for _, address := range o.Addresses {
			if address.ID == c.Param("id") {
				return a.render(c, status, views.AccountEmailRemove(a.ownPage(c, "Hapus email tambahan", wrong), a.accountAddress(address)))
			}
		}
		return db.ErrNotFound
	}
}

func (a *App) accountAddress(address accounts.Address) views.AccountAddress {
	return views.AccountAddress{ID: address.ID, Email: string(address.Email), Since: address.Since.Date(a.Zone)}
}

// removeEmail takes a further address away.
func (a *App) removeEmail(c echo.Context) error {
	var f confirmForm
	if err := bind(c, &f); err != nil {
		return err
	}
	if err := a.actLimit(c); err != nil {
		return err
	}
	done, err := a.Accounts.RemoveAddress(c.Request().Context(), a.confirmation(c, f), c.Param("id"), a.actor(c))
	return a.acted(c, done, err, "Email tambahan sudah dihapus.", a.removeEmailPage(c))
}
