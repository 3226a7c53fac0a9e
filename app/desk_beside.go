package app

import (
	"github.com/labstack/echo/v4"

	"pulih/tickets"
	"pulih/views"
)

// deskView is a ticket's page with what stands beside the ticket.
func (a *App) deskView(c echo.Context, by tickets.By, f tickets.File) (views.Desk, error) {
	d := a.deskPage(by, f)
	others, err := a.Desk.Others(c.Request().Context(), by, f.Number)
	if d.Here = presence(others); err != nil {
		return d, err
	}
	if !may(f, tickets.VerbAsk) {
		return d, nil
	}
	all, err := a.Desk.SavedReplies(c.Request().Context(), by)
	chosen := c.QueryParam("balasan")
	if chosen == replyCome && mustCome(f) {
		fillReply(&d, a.comeText())
	}
	for _, r := range all {
		d.Saved = append(d.Saved, views.Option{Value: r.ID, Text: r.Title, Here: r.ID == chosen})
		if r.ID == chosen {
			fillReply(&d, r.Fill(f.Ticket, by, f.Promise))
		}
	}
	return d, err
}

// fillReply puts a text where the agent reads it again, changes it and sends it.
func fillReply(d *views.Desk, text string) {
	for i := range d.Replies {
		if d.Replies[i].ID == "pertanyaan" {
			d.Replies[i].Fields[0].Value = text
		}
	}
}
