package app

import (
	"net/http"

	"github.com/a-h/templ"
	"github.com/labstack/echo/v4"

	"pulih/accounts"
	"pulih/otp"
	"pulih/tickets"
	"pulih/views"
)

// desk shows one ticket to staff.
func (a *App) desk(c echo.Context) error {
	by := a.by(c)
	file, err := a.Desk.Look(c.Request().Context(), by, c.Param("no"))
	if err != nil {
		return err
	}
	d, err := a.deskView(c, by, file)
	if err != nil {
		return err
	}
	p, err := a.ticketPage(c, file)
	if err != nil {
		return err
	}
	return a.render(c, http.StatusOK, views.DeskPage(p, d))
}

func (a *App) ticketPage(c echo.Context, file tickets.File) (views.Page, error) {
	p, err := a.staffPage(c, file.Name, "copy.js", "live.js")
	p.Path, p.Back = ticketAddress(file.Number), "/petugas/antrean"
	return p, err
}

// slip is the paper for the person at the counter.
func (a *App) slip(c echo.Context, pass tickets.PassShown, t tickets.Ticket) templ.Component {
	p := a.page(c, "Kartu pendaftaran")
	p.Path, p.Scripts = ticketAddress(t.Number), []string{"print.js"}
	fresh := t.Basis != accounts.ByFactor
	address := a.enrolPlace(fresh)
	place := typeable(address)
	if fresh {
		place = typeable(a.BaseURL.JoinPath(cardPath).String())
	}
	qr, err := otp.QR(address)
	if err != nil {
		a.Log.Error("slip", "err", err) // the address is printed as well
	}
	return views.SlipPage(p, views.Slip{
		Agency: a.Site.Agency, Phone: a.Site.Phone, Name: t.Name, Number: t.Number,
		Code: pass.Code.Grouped(), Until: pass.Until.Long(a.Zone),
		Place: place, QR: qr,
		Back: ticketAddress(t.Number), NewPassword: fresh,
	})
}
