package app

import (
	"net/http"
	"strings"

	"github.com/labstack/echo/v4"

	"pulih/accounts"
	"pulih/secret"
	"pulih/tickets"
	"pulih/views"
)

const enrolPassLength = 12 // characters; 60 bit, beside the NIP (ET-01)

// enrolForm is what opens a pass. The password is the remaining factor, or
// the new one where the pass rests on two people's check.
type enrolForm struct {
	NIP    string `form:"nip"`
	Pass   string `form:"kode"`
	Switch string `form:"ganti,optional"` // the button that asks for the form of a new password
	factorForm
}

// enrolAsk shows the form. A pass that this browser was just shown need not
// be copied.
func (a *App) enrolAsk(c echo.Context) error {
	value, _ := shownOnce(c, shownPass)
	_, code, _ := strings.Cut(value, ".")
	return a.enrolPage(c, http.StatusOK, views.EnrolOpen{
		Pass: secret.Code(code).Grouped(), NewPassword: c.QueryParam("kata-sandi") == "baru",
	}, nil)
}

// enrolOpen takes NIP, pass and factor, and leads to the new secret.
func (a *App) enrolOpen(c echo.Context) error {
	var f enrolForm
	if err := bind(c, &f); err != nil {
		return err
	}
	page := views.EnrolOpen{NIP: f.NIP, Pass: f.Pass, NewPassword: f.Switch != "" || c.QueryParam("kata-sandi") == "baru"}
	if f.Switch != "" {
		return a.enrolPage(c, http.StatusOK, page, nil)
	}
	form, wrong := f.read()
	if len(wrong) > 0 {
		return a.enrolPage(c, http.StatusUnprocessableEntity, page, wrong)
	}
	if err := a.limit(c, LimitPass, limitNetwork(c)); err != nil {
		return err
	}
	opened, err := a.Desk.OpenEnrolment(c.Request().Context(), form, a.actor(c))
	if err != nil {
		return err
	}
	if opened.Result != accounts.PassOpened {
		return a.enrolRefused(c, page, opened)
	}
	return a.beginEnrolling(c, opened.Token, opened.Until)
}

func (f enrolForm) read() (tickets.EnrolForm, []views.FieldError) {
	var wrong mistakes
	nip, _, err := accounts.ParseNIP(f.NIP)
	wrong.when(err != nil, "nip", nipSentence(err))
	pass, whole := secret.ReadCode(f.Pass, enrolPassLength)
	wrong.when(!whole, "kode", "Kode pendaftaran berisi 12 huruf dan angka.")
	wrong.when(f.factorForm == factorForm{}, "sandi", oneFactor)
	return tickets.EnrolForm{NIP: nip, Pass: pass, Password: secret.Password(f.Password), OTP: f.OTP, Backup: f.Backup}, wrong
}

// enrolRefused shows the form again. That a pass wants a new password is told
// to nobody but who holds it; the form turns into the one for it.
func (a *App) enrolRefused(c echo.Context, page views.EnrolOpen, e tickets.Enrolment) error {
	wrong := []views.FieldError{{Field: "kode", Text: e.Problem}}
	switch e.Result {
	case accounts.PassFactorWrong:
		wrong[0].Field = "sandi"
	case accounts.PassPassword:
		page.NewPassword, wrong = true, fieldErrors("sandi", e.Reasons)
	}
	return a.enrolPage(c, http.StatusUnprocessableEntity, page, wrong)
}

// cardPath is the address on the card of the counter: short enough to type,
// and it leads to the form that asks for a new password too.
const cardPath = "/kartu"

func (a *App) card(c echo.Context) error {
	return c.Redirect(http.StatusSeeOther, views.EnrolOpen{NewPassword: true}.Address())
}

// enrolPlace is the full address where a pass is used, to be typed or scanned
// on another device.
func (a *App) enrolPlace(newPassword bool) string {
	return strings.TrimSuffix(a.BaseURL.String(), "/") + views.EnrolOpen{NewPassword: newPassword}.Address()
}

func (a *App) enrolPage(c echo.Context, status int, page views.EnrolOpen, wrong []views.FieldError) error {
	p := a.page(c, "Daftarkan autentikator baru")
	p.Errors, p.Scripts = wrong, []string{"nip.js", "password.js", "copy.js"}
	if p.Replace != "" {
		p.Replace = page.Address()
	}
	if page.NewPassword {
		page.Phrase = string(accounts.Passphrase())
	}
	return a.render(c, status, views.EnrolStart(p, page))
}
