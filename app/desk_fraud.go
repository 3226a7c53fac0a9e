package app

import (
	"context"
	"strings"

	"github.com/labstack/echo/v4"

	"pulih/tickets"
	"pulih/views"
)

func (a *App) freeze(c echo.Context) error {
	var f struct {
		Text string `form:"pembekuan-teks"`
		OTP  string `form:"pembekuan-otp"`
	}
	return a.act(c, &f, func(ctx context.Context, on onTicket) (tickets.Ticket, error) {
		if f.Text = strings.TrimSpace(f.Text); f.Text == "" {
			return tickets.Ticket{}, wrongField("pembekuan-teks", "Tulis alasan Anda.")
		}
		if err := a.proveNow(c, "pembekuan-otp", f.OTP); err != nil {
			return tickets.Ticket{}, err
		}
		return a.Desk.Freeze(ctx, on.By, on.Number, on.Version, f.Text)
	})
}

func freezeReason(path string, f tickets.File) []views.Control {
	return append(area("Mengapa dibekukan?", "Pemilik dan penyelia diberi tahu.")(path, f), otpOnly(path, f)...)
}

// askLift proposes to end what "Bukan saya" holds back; lift is the second
// person's yes (impostor 2).
func (a *App) askLift(c echo.Context) error {
	var f struct {
		Text string `form:"usul-pembukaan-teks"`
		OTP  string `form:"usul-pembukaan-otp"`
	}
	return a.act(c, &f, func(ctx context.Context, on onTicket) (tickets.Ticket, error) {
		if f.Text = strings.TrimSpace(f.Text); f.Text == "" {
			return tickets.Ticket{}, wrongField("usul-pembukaan-teks", "Tulis bagaimana Anda memastikan pemiliknya.")
		}
		if err := a.proveNow(c, "usul-pembukaan-otp", f.OTP); err != nil {
			return tickets.Ticket{}, err
		}
		return a.Desk.AskLift(ctx, on.By, on.Number, on.Version, f.Text)
	})
}

func (a *App) lift(c echo.Context) error {
	var f struct {
		OTP string `form:"pembukaan-penahanan-otp"`
	}
	return a.act(c, &f, func(ctx context.Context, on onTicket) (tickets.Ticket, error) {
		if err := a.proveNow(c, "pembukaan-penahanan-otp", f.OTP); err != nil {
			return tickets.Ticket{}, err
		}
		return a.Desk.Lift(ctx, on.By, on.Number, on.Version)
	})
}

func liftReason(path string, f tickets.File) []views.Control {
	return append(area("Bagaimana Anda memastikan pemiliknya?", "Misalnya: datang ke loket dengan KTP dan Karpeg asli.")(path, f), otpOnly(path, f)...)
}
