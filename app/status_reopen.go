package app

import (
	"net/http"

	"github.com/labstack/echo/v4"

	"pulih/tickets"
	"pulih/views"
)

// reopenAsk asks what is still wrong.
func (a *App) reopenAsk(c echo.Context) error { return a.reopenPage(c, http.StatusOK, "", nil) }

// reopenByPerson reopens a request within seven days of its end (impostor 21).
func (a *App) reopenByPerson(c echo.Context) error {
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
		return a.reopenPage(c, http.StatusUnprocessableEntity, f.Text, wrong)
	}
	if err := a.Desk.ReopenByPerson(c.Request().Context(), r.Number, r.Secret, f.Text, a.actor(c)); err != nil {
		return a.refused(c, err)
	}
	return backWithNews(c, r.Number, "buka")
}

func (a *App) reopenPage(c echo.Context, status int, text string, wrong []views.FieldError) error {
	r := held(c)
	return a.render(c, status, views.StatusReopen(a.stepPage(c, r, "Buka kembali permohonan ini?", wrong), r.Number, text, tickets.LooksSecret(text)))
}
