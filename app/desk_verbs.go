package app

import (
	"context"
	"slices"
	"strings"

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

// The verbs that want nothing but the press of their button.
func (a *App) claim(c echo.Context) error    { return a.plainly(c, (*tickets.Desk).Claim) }
func (a *App) release(c echo.Context) error  { return a.plainly(c, (*tickets.Desk).Release) }
func (a *App) takeOver(c echo.Context) error { return a.plainly(c, (*tickets.Desk).TakeOver) }

func (a *App) plainly(c echo.Context, verb func(*tickets.Desk, context.Context, tickets.By, string, int64) (tickets.Ticket, error)) error {
	return a.act(c, nil, func(ctx context.Context, on onTicket) (tickets.Ticket, error) {
		return verb(a.Desk, ctx, on.By, on.Number, on.Version)
	})
}

func (a *App) ask(c echo.Context) error {
	return a.saying(c, "pertanyaan-teks", "Tulis pesan Anda.", (*tickets.Desk).Ask)
}

func (a *App) note(c echo.Context) error {
	return a.saying(c, "catatan-teks", "Tulis catatan Anda.", (*tickets.Desk).Note)
}

func (a *App) sendBack(c echo.Context) error {
	return a.saying(c, "pengembalian-teks", "Tulis apa yang perlu diperbaiki.", (*tickets.Desk).SendBack)
}

func (a *App) revoke(c echo.Context) error {
	return a.saying(c, "pencabutan-teks", "Tulis alasan Anda.", (*tickets.Desk).Revoke)
}

// saying carries out a verb that wants words in a field; missing is what to
// say without them.
func (a *App) saying(c echo.Context, field, missing string, verb func(*tickets.Desk, context.Context, tickets.By, string, int64, string) (tickets.Ticket, error)) error {
	posted, err := postedForm(c)
	if err != nil {
		return err
	}
	words, err := single(posted[field], false)
	if err != nil {
		return err
	}
	return a.act(c, nil, func(ctx context.Context, on onTicket) (tickets.Ticket, error) {
		if words = strings.TrimSpace(words); words == "" {
			return tickets.Ticket{}, wrongField(field, missing)
		}
		return verb(a.Desk, ctx, on.By, on.Number, on.Version, words)
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
		if tickets.Solution(f.Solution).Label() == "" {
			return tickets.Ticket{}, wrongField("penyelesaian-cara", "Pilih apa yang menyelesaikannya.")
		}
		return a.Desk.Resolve(ctx, on.By, on.Number, on.Version, tickets.Solution(f.Solution), f.Text)
	})
}
