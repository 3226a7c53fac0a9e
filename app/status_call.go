package app

import (
	"net/http"

	"github.com/labstack/echo/v4"

	"pulih/secret"
	"pulih/views"
)

// callAsk shows the form for the code of a call.
func (a *App) callAsk(c echo.Context) error { return a.callPage(c, http.StatusOK, nil) }

// callEnter takes the code that the agent said on the telephone.
func (a *App) callEnter(c echo.Context) error {
	r := held(c)
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
	right, err := a.Desk.EnterCallCode(c.Request().Context(), r.Number, r.Secret, code, a.actor(c))
	if err != nil {
		return a.refused(c, err)
	}
	if !right {
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
	r := held(c)
	p := a.stepPage(c, r, "Ketik kode dari petugas", wrong)
	return a.render(c, status, views.StatusCall(p, r.Number))
}
