package app

import (
	"context"
	"strings"

	"github.com/labstack/echo/v4"

	"pulih/accounts"
	"pulih/secret"
	"pulih/tickets"
	"pulih/views"
)

const emailWhole = "Ketik alamat email lengkap, misalnya nama@example.go.id."

// nameEmailAtCounter writes down the address that the person before the agent
// says. The second person sees it too, and approves no other (impostor 5).
func (a *App) nameEmailAtCounter(c echo.Context) error {
	var f struct {
		Email string `form:"email-alamat"`
	}
	return a.act(c, &f, func(ctx context.Context, on onTicket) (tickets.Ticket, error) {
		address, ok := accounts.ParseEmail(f.Email)
		if !ok {
			return tickets.Ticket{}, wrongField("email-alamat", emailWhole)
		}
		return a.Desk.NameEmailAtCounter(ctx, on.By, on.Number, on.Version, address)
	})
}

func newEmail(path string, f tickets.File) []views.Control {
	return []views.Control{{Field: views.Field{Name: path + "-alamat", Label: "Alamat email baru", Type: "email", Mode: "email", Autocomplete: "off"}}}
}

func (a *App) emailCodeAtCounter(c echo.Context) error {
	return a.plainly(c, (*tickets.Desk).AskEmailCodeAtCounter)
}

func (a *App) changeEmailAtCounter(c echo.Context) error {
	var f struct {
		Code string `form:"ganti-email-kode"`
		OTP  string `form:"ganti-email-otp"`
	}
	return a.act(c, &f, func(ctx context.Context, on onTicket) (tickets.Ticket, error) {
		code, whole := secret.ReadCode(f.Code, accounts.CodeLength)
		if !whole {
			return tickets.Ticket{}, wrongField("ganti-email-kode", "Kode dari email berisi 8 huruf dan angka.")
		}
		if err := a.proveNow(c, "ganti-email-otp", f.OTP); err != nil {
			return tickets.Ticket{}, err
		}
		tried, err := a.Desk.ChangeEmailAtCounter(ctx, on.By, on.Number, on.Version, code)
		if err == nil && tried != tickets.EmailDone {
			err = wrongField("ganti-email-kode", "Kode tidak cocok atau sudah tidak berlaku. Kirim kode baru.")
		}
		return tickets.Ticket{}, err
	})
}

func emailCode(path string, f tickets.File) []views.Control {
	code := views.Control{Field: views.Field{Name: path + "-kode", Label: "Kode dari email baru", Mode: "text", Autocomplete: "off", Width: "code"}}
	return append([]views.Control{code}, otpOnly(path, f)...)
}

func (a *App) unlock(c echo.Context) error {
	var f struct {
		Text string `form:"buka-kunci-teks"`
	}
	return a.act(c, &f, func(ctx context.Context, on onTicket) (tickets.Ticket, error) {
		return a.Desk.Unlock(ctx, on.By, on.Number, on.Version, strings.TrimSpace(f.Text))
	})
}

func optionalWords(path string, _ tickets.File) []views.Control {
	return []views.Control{{Area: true, Field: views.Field{Name: path + "-teks", Label: "Pesan untuk pemohon", Rows: 3, Optional: true}}}
}
