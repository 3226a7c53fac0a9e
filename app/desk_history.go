package app

import (
	"net/http"

	"github.com/labstack/echo/v4"

	"pulih/accounts"
	"pulih/views"
)

// ownHistory shows a person at the counter his own account, once for each
// fresh OTP of the agent (PR-02).
func (a *App) ownHistory(c echo.Context) error {
	var f struct {
		OTP string `form:"riwayat-otp"`
	}
	on, err := a.onTicket(c, &f)
	if err != nil {
		return err
	}
	if err := a.proveNow(c, "riwayat-otp", f.OTP); err != nil {
		return a.deskAgain(c, on, err)
	}
	o, err := a.Desk.ShowHistory(c.Request().Context(), on.By, on.Number, on.Version)
	if err != nil {
		return a.deskAgain(c, on, err)
	}
	p := a.page(c, "Riwayat akun "+o.Person.Name)
	p.Path, p.Back, p.Scripts, p.Replace = ticketAddress(on.Number), ticketAddress(on.Number), []string{"print.js"}, ticketAddress(on.Number)
	h := a.ownHistoryOf(o, maskedEmail(o.Person.Email), tail(string(o.Person.Phone), 3))
	h.Of, h.Back, h.BackText = "Permohonan "+on.Number+".", ticketAddress(on.Number), "Kembali ke permohonan"
	return a.render(c, http.StatusOK, views.OwnHistoryPage(p, h))
}

// ownHistoryOf draws address and number as whoever reads them may see them.
func (a *App) ownHistoryOf(o accounts.Overview, email, phone string) views.OwnHistory {
	h := views.OwnHistory{Moments: a.history(o.History), Rows: []views.Row{
		{Key: "Nama", Value: o.Person.Name}, {Key: "NIP", Value: string(o.Person.NIP), Body: views.Number(accounts.Group(o.Person.NIP))},
		{Key: "Unit", Value: o.Person.Unit}, {Key: "Email", Value: email}, {Key: "Telepon", Value: phone},
	}, Kept: a.keptRows()}
	for _, d := range o.Devices {
		shown := a.accountDevice(d)
		h.Devices = append(h.Devices, views.Row{Key: shown.Name, Value: shown.State + ", sejak " + shown.Since})
	}
	return h
}

// keptRows are the kinds of data that are kept of a person, and for how long:
// the rules by which they are deleted, not a second list (PR-02, PR-04).
func (a *App) keptRows() (rows []views.Row) {
	for _, r := range Rules(a.AuditKeep) {
		if r.Nameless {
			continue
		}
		period := titled(r.Period()) + "."
		if r.Kept() {
			period = r.Why
		}
		rows = append(rows, views.Row{Key: r.What, Value: period})
	}
	return rows
}
