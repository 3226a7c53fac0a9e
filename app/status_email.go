package app

import (
	"net/http"
	"slices"

	"github.com/labstack/echo/v4"

	"pulih/accounts"
	"pulih/secret"
	"pulih/tickets"
	"pulih/views"
)

// newEmailAsk asks for the address to which the account is to change.
func (a *App) newEmailAsk(c echo.Context) error { return a.newEmailNamePage(c, http.StatusOK, "", nil) }

// newEmailName takes it. Nothing is said of the one on file (impostor 22).
func (a *App) newEmailName(c echo.Context) error {
	r := held(c)
	var f struct {
		Email string `form:"email"`
	}
	if err := bind(c, &f); err != nil {
		return err
	}
	address, ok := accounts.ParseEmail(f.Email)
	if !ok {
		return a.newEmailNamePage(c, http.StatusUnprocessableEntity, f.Email, []views.FieldError{{Field: "email", Text: emailWhole}})
	}
	if other := suggestAddress(f.Email, a.agencyDomain()); other != "" {
		return a.newEmailNamePage(c, http.StatusUnprocessableEntity, f.Email,
			[]views.FieldError{{Field: "email", Text: "Domain email ini tampaknya salah ketik. Maksud Anda " + other + "?"}})
	}
	if err := a.Desk.NameEmail(c.Request().Context(), r.Number, r.Secret, address, a.actor(c)); err != nil {
		return a.refused(c, err)
	}
	return backWithNews(c, r.Number, "alamat")
}

func (a *App) newEmailNamePage(c echo.Context, status int, typed string, wrong []views.FieldError) error {
	r := held(c)
	return a.render(c, status, views.StatusNewEmail(a.stepPage(c, r, "Alamat email baru Anda", wrong), r.Number, typed))
}

// newEmailCode mails a code to that address, once two people have agreed.
func (a *App) newEmailCode(c echo.Context) error {
	r := held(c)
	if err := a.Desk.AskEmailCode(c.Request().Context(), r.Number, r.Secret, a.actor(c)); err != nil {
		return a.refused(c, err)
	}
	return seeOther(c, views.StatusPath(r.Number, "email/ganti"))
}

// emailChangeAsk asks for the code and, where one is left, the factor once
// more (impostor 5).
func (a *App) emailChangeAsk(c echo.Context) error { return a.emailChangePage(c, http.StatusOK, nil) }

func (a *App) emailChange(c echo.Context) error {
	r := held(c)
	var f struct {
		Code string `form:"kode"`
		factorForm
	}
	if err := bind(c, &f); err != nil {
		return err
	}
	code, whole := secret.ReadCode(f.Code, accounts.CodeLength)
	if !whole {
		return a.emailChangePage(c, http.StatusUnprocessableEntity, emailCodeShape)
	}
	tried, err := a.Desk.ChangeEmail(c.Request().Context(), r.Number, r.Secret, code, f.factor(), a.actor(c))
	switch {
	case err != nil:
		return a.refused(c, err)
	case tried == tickets.EmailCodeWrong:
		return a.emailChangePage(c, http.StatusUnprocessableEntity, emailCodeWrong)
	case tried == tickets.EmailFactorWrong:
		return a.emailChangePage(c, http.StatusUnprocessableEntity, factorWrong)
	}
	return seeOther(c, views.StatusPath(r.Number, ""))
}

var (
	emailCodeShape = []views.FieldError{{Field: "kode", Text: "Kode dari email berisi 8 huruf dan angka."}}
	emailCodeWrong = []views.FieldError{{Field: "kode", Text: "Kode tidak cocok atau sudah tidak berlaku. Minta kode baru."}}
)

func (a *App) emailChangePage(c echo.Context, status int, wrong []views.FieldError) error {
	r := held(c)
	s, err := a.Desk.Follow(c.Request().Context(), r.Number, r.Secret)
	if err != nil {
		return a.refused(c, err)
	}
	form := views.EmailChange{Number: r.Number, Email: string(s.NewEmail), Factor: s.PassFactor,
		Ready: slices.Contains(s.Needs, tickets.NeedChange)}
	p := a.stepPage(c, r, "Ganti alamat email", wrong)
	p.Scripts = []string{"password.js"}
	return a.render(c, status, views.StatusEmailChange(p, form))
}
