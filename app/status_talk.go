package app

import (
	"net/http"

	"github.com/labstack/echo/v4"

	"pulih/views"
)

// replyOfPerson writes to the desk. What looks like a password or a code is
// handed back once, and kept nowhere.
func (a *App) replyOfPerson(c echo.Context) error {
	r := held(c)
	var f struct {
		Text string `form:"pesan"`
		Sure string `form:"yakin,optional"`
	}
	if err := bind(c, &f); err != nil {
		return err
	}
	f.Text = manyLines(f.Text)
	var wrong mistakes
	wrong.text("pesan", "Pesan", f.Text, 2, maxReply)
	wrong.secret("pesan", f.Text, f.Sure)
	if len(wrong) > 0 {
		return a.statusWith(c, http.StatusUnprocessableEntity, f.Text, wrong)
	}
	if err := a.Desk.Reply(c.Request().Context(), r.Number, r.Secret, f.Text, a.actor(c)); err != nil {
		return a.refused(c, err)
	}
	return backWithNews(c, r.Number, "pesan")
}

// withdrawAsk asks once more before the request ends.
func (a *App) withdrawAsk(c echo.Context) error {
	r := held(c)
	p := a.stepPage(c, r, "Batalkan permohonan ini?", nil)
	return a.render(c, http.StatusOK, views.StatusCancel(p, r.Number))
}

// withdraw ends the request.
func (a *App) withdraw(c echo.Context) error {
	r := held(c)
	if err := a.Desk.Withdraw(c.Request().Context(), r.Number, r.Secret, a.actor(c)); err != nil {
		return a.refused(c, err)
	}
	return backWithNews(c, r.Number, "batal")
}
