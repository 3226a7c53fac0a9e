package app

import (
	"net/http"
	"time"

	"github.com/labstack/echo/v4"

	"pulih/secret"
	"pulih/tickets"
	"pulih/views"
)

const newsLife = time.Minute

// statusNews are the sentences over a status after something was done.
var statusNews = map[string]string{
	"bukti":   "Terima kasih. Bukti Anda cocok.",
	"telepon": "Terima kasih. Kode dari telepon cocok.",
	"pesan":   "Pesan Anda sudah terkirim.",
	"batal":   "Permohonan ini sudah dibatalkan.",
}

// backWithNews goes back to the status with a sentence.
func backWithNews(c echo.Context, number, what string) error {
	showOnce(c, shownNews, what, newsLife)
	return seeOther(c, views.StatusPath(number, ""))
}

// factorForm is the factor that is left to somebody: one of the two.
type factorForm struct {
	Password string `form:"sandi,raw"`
	OTP      string `form:"otp"`
}

func (f factorForm) factor() tickets.FactorForm {
	return tickets.FactorForm{Password: secret.Password(f.Password), OTP: f.OTP}
}

var (
	factorMissing = []views.FieldError{{Field: "sandi", Text: "Isi kata sandi, atau kode OTP dari perangkat lain."}}
	factorWrong   = []views.FieldError{{Field: "sandi", Text: "Bukti belum cocok. Periksa ketikan, atau pakai cara lain."}}
)

// factorAsk shows the form for a remaining factor.
func (a *App) factorAsk(c echo.Context) error { return a.factorPage(c, http.StatusOK, nil) }

// factorShow proves the person with what is left to him (impostor 1).
func (a *App) factorShow(c echo.Context) error {
	r, ok := receiptOf(c)
	if !ok {
		return askReceipt(c)
	}
	var f factorForm
	if err := bind(c, &f); err != nil {
		return err
	}
	if f == (factorForm{}) {
		return a.factorPage(c, http.StatusUnprocessableEntity, factorMissing)
	}
	which, err := a.Desk.ShowFactor(c.Request().Context(), r.Number, r.Secret, f.factor(), a.actor(c))
	if err != nil {
		return a.refused(c, err)
	}
	if which == "" {
		return a.factorPage(c, http.StatusUnprocessableEntity, factorWrong)
	}
	return backWithNews(c, r.Number, "bukti")
}

func (a *App) factorPage(c echo.Context, status int, wrong []views.FieldError) error {
	r, ok := receiptOf(c)
	if !ok {
		return askReceipt(c)
	}
	p := a.stepPage(c, r, "Tunjukkan bahwa ini Anda", wrong)
	p.Scripts = []string{"password.js"}
	return a.render(c, status, views.StatusFactor(p, r.Number))
}

func (a *App) stepPage(c echo.Context, r receipt, title string, wrong []views.FieldError) views.Page {
	p := a.page(c, title)
	p.Back, p.Errors = views.StatusPath(r.Number, ""), wrong
	return p
}

// callAsk shows the form for the code of a call.
func (a *App) callAsk(c echo.Context) error { return a.callPage(c, http.StatusOK, nil) }

// callEnter takes the code that the agent said on the telephone.
func (a *App) callEnter(c echo.Context) error {
	r, ok := receiptOf(c)
	if !ok {
		return askReceipt(c)
	}
	var f struct {
		Code string `form:"kode"`
	}
	if err := bind(c, &f); err != nil {
		return err
	}
	code, whole := secret.ReadCode(f.Code, statusCallLength)
	if !whole {
		return a.callPage(c, http.StatusUnprocessableEntity, callShape)
	}
	ok, err := a.Desk.EnterCallCode(c.Request().Context(), r.Number, r.Secret, code, a.actor(c))
	if err != nil {
		return a.refused(c, err)
	}
	if !ok {
		return a.callPage(c, http.StatusUnprocessableEntity, callWrong)
	}
	return backWithNews(c, r.Number, "telepon")
}

const statusCallLength = 6 // characters

var (
	callShape = []views.FieldError{{Field: "kode", Text: "Kode dari telepon berisi 6 huruf dan angka."}}
	callWrong = []views.FieldError{{Field: "kode", Text: "Kode tidak cocok. Minta petugas menyebutkannya sekali lagi."}}
)

func (a *App) callPage(c echo.Context, status int, wrong []views.FieldError) error {
	r, ok := receiptOf(c)
	if !ok {
		return askReceipt(c)
	}
	p := a.stepPage(c, r, "Ketik kode dari petugas", wrong)
	return a.render(c, status, views.StatusCall(p, r.Number))
}
