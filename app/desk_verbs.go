package app

import (
	"context"
	"slices"

	"github.com/labstack/echo/v4"

	"pulih/tickets"
)

// onTicket is one act of the signed-in member of staff on the ticket of the
// address, in the version that his page showed.
type onTicket struct {
	By      tickets.By
	Number  string
	Version int64
}

func (a *App) claim(c echo.Context) error {
	return a.act(c, nil, func(ctx context.Context, on onTicket) (tickets.Ticket, error) {
		return a.Desk.Claim(ctx, on.By, on.Number, on.Version)
	})
}

func (a *App) release(c echo.Context) error {
	return a.act(c, nil, func(ctx context.Context, on onTicket) (tickets.Ticket, error) {
		return a.Desk.Release(ctx, on.By, on.Number, on.Version)
	})
}

func (a *App) takeOver(c echo.Context) error {
	return a.act(c, nil, func(ctx context.Context, on onTicket) (tickets.Ticket, error) {
		return a.Desk.TakeOver(ctx, on.By, on.Number, on.Version)
	})
}

func (a *App) ask(c echo.Context) error {
	var f struct {
		Text string `form:"pertanyaan-teks"`
	}
	return a.act(c, &f, func(ctx context.Context, on onTicket) (tickets.Ticket, error) {
		if f.Text == "" {
			return tickets.Ticket{}, wrongField("pertanyaan-teks", "Tulis pesan Anda.")
		}
		return a.Desk.Ask(ctx, on.By, on.Number, on.Version, f.Text)
	})
}

func (a *App) note(c echo.Context) error {
	var f struct {
		Text string `form:"catatan-teks"`
	}
	return a.act(c, &f, func(ctx context.Context, on onTicket) (tickets.Ticket, error) {
		if f.Text == "" {
			return tickets.Ticket{}, wrongField("catatan-teks", "Tulis catatan Anda.")
		}
		return a.Desk.Note(ctx, on.By, on.Number, on.Version, f.Text)
	})
}

func (a *App) sendBack(c echo.Context) error {
	var f struct {
		Text string `form:"pengembalian-teks"`
	}
	return a.act(c, &f, func(ctx context.Context, on onTicket) (tickets.Ticket, error) {
		if f.Text == "" {
			return tickets.Ticket{}, wrongField("pengembalian-teks", "Tulis apa yang perlu diperbaiki.")
		}
		return a.Desk.SendBack(ctx, on.By, on.Number, on.Version, f.Text)
	})
}

func (a *App) revoke(c echo.Context) error {
	var f struct {
		Text string `form:"pencabutan-teks"`
	}
	return a.act(c, &f, func(ctx context.Context, on onTicket) (tickets.Ticket, error) {
		if f.Text == "" {
			return tickets.Ticket{}, wrongField("pencabutan-teks", "Tulis alasan Anda.")
		}
		return a.Desk.Revoke(ctx, on.By, on.Number, on.Version, f.Text)
	})
}

func (a *App) refuse(c echo.Context) error {
	var f struct {
		Reason string `form:"penolakan-alasan,optional"`
	}
	return a.act(c, &f, func(ctx context.Context, on onTicket) (tickets.Ticket, error) {
		if !slices.Contains(tickets.RefusalReasons, tickets.RefusalReason(f.Reason)) {
			return tickets.Ticket{}, wrongField("penolakan-alasan", "Pilih satu alasan.")
		}
		return a.Desk.Refuse(ctx, on.By, on.Number, on.Version, tickets.RefusalReason(f.Reason))
	})
}

func (a *App) resolve(c echo.Context) error {
	var f struct {
		Solution string `form:"penyelesaian-cara,optional"`
		Text     string `form:"penyelesaian-teks"`
	}
	return a.act(c, &f, func(ctx context.Context, on onTicket) (tickets.Ticket, error) {
		if !slices.Contains(tickets.Solutions, tickets.Solution(f.Solution)) {
			return tickets.Ticket{}, wrongField("penyelesaian-cara", "Pilih apa yang menyelesaikannya.")
		}
		return a.Desk.Resolve(ctx, on.By, on.Number, on.Version, tickets.Solution(f.Solution), f.Text)
	})
}
