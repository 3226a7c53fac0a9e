package app

import (
	"context"
	"net/http"

	"github.com/labstack/echo/v4"

	"pulih/tickets"
)

// Check, Approve and Issue each want a fresh OTP (impostor 17): the form
// carries it, and the verb spends the proof in its own transaction.

func (a *App) checkIdentity(c echo.Context) error {
	var f struct {
		OTP string `form:"pemeriksaan-otp"`
	}
	return a.act(c, &f, func(ctx context.Context, on onTicket) (tickets.Ticket, error) {
		if err := a.proveNow(c, "pemeriksaan-otp", f.OTP); err != nil {
			return tickets.Ticket{}, err
		}
		return a.Desk.CheckIdentity(ctx, on.By, on.Number, on.Version)
	})
}

func (a *App) approve(c echo.Context) error {
	var f struct {
		Document string `form:"persetujuan-dokumen,optional"`
		OTP      string `form:"persetujuan-otp"`
	}
	return a.act(c, &f, func(ctx context.Context, on onTicket) (tickets.Ticket, error) {
		if err := a.proveNow(c, "persetujuan-otp", f.OTP); err != nil {
			return tickets.Ticket{}, err
		}
		return a.Desk.Approve(ctx, on.By, on.Number, on.Version, tickets.ApproveForm{Document: f.Document})
	})
}

// issue hands out the pass at the counter. It answers with the slip itself:
// a redirect would have to keep the pass somewhere.
func (a *App) issue(c echo.Context) error {
	var f struct {
		OTP string `form:"penerbitan-otp"`
	}
	on, err := a.onTicket(c, &f)
	if err != nil {
		return err
	}
	if err := a.proveNow(c, "penerbitan-otp", f.OTP); err != nil {
		return a.issueAgain(c, on, err)
	}
	pass, t, err := a.Desk.Issue(c.Request().Context(), on.By, on.Number, on.Version)
	if err != nil {
		return a.issueAgain(c, on, err)
	}
	return a.render(c, http.StatusOK, a.slip(c, pass, t))
}

// issueAgain answers a reloaded slip, whose OTP is used up, with what it is.
func (a *App) issueAgain(c echo.Context, on onTicket, why error) error {
	file, err := a.Desk.Look(c.Request().Context(), on.By, on.Number)
	if err == nil && file.State == tickets.Issued {
		why = tickets.ErrShown
	}
	return a.deskAgain(c, on, why)
}

// proveNow spends a code of the agent's own authenticator.
func (a *App) proveNow(c echo.Context, field, otp string) error {
	if otp == "" {
		return wrongField(field, "Ketik kode OTP Anda sendiri.")
	}
	ok, err := a.Accounts.StepUp(c.Request().Context(), a.staff(c), otp, a.actor(c))
	if err == nil && !ok {
		return wrongField(field, "Kode OTP tidak cocok atau sudah dipakai. Tunggu kode berikutnya.")
	}
	return err
}
