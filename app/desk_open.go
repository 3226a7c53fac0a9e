package app

import (
	"errors"
	"net/http"
	"slices"
	"strings"

	"github.com/labstack/echo/v4"

	"pulih/accounts"
	"pulih/secret"
	"pulih/tickets"
	"pulih/views"
)

// newAtCounter asks who stands at the counter.
func (a *App) newAtCounter(c echo.Context) error {
	return a.counterForm(c, http.StatusOK, views.CounterForm{Kind: string(tickets.MFA)})
}

// filedVersion is a request's version before anybody has touched it.
const filedVersion = 1

type counterPosted struct {
	NIP     string `form:"nip"`
	Name    string `form:"nama"`
	Unit    string `form:"opd"`
	Phone   string `form:"telepon"`
	Kind    string `form:"jenis,optional"`
	Problem string `form:"masalah"`
}

// openAtCounter files a request for the person before the agent, and makes
// him its owner: nobody else serves somebody who stands before him. The receipt's
// secret is dropped: what a counter ticket needs is done at the counter.
func (a *App) openAtCounter(c echo.Context) error {
	var f counterPosted
	if err := bind(c, &f); err != nil {
		return err
	}
	nip, _, err := accounts.ParseNIP(f.NIP)
	if mistakes := f.mistakes(err); len(mistakes) > 0 {
		return a.counterForm(c, http.StatusUnprocessableEntity, f.form(), mistakes...)
	}
	by := a.by(c)
	receipt, err := a.Desk.Open(c.Request().Context(), f.filing(nip, &by), by.Actor)
	if err != nil {
		return err
	}
	_, err = a.Desk.Claim(c.Request().Context(), by, receipt.Number, filedVersion)
	if err != nil && tickets.Why(err) == "" {
		return err // a refusal is none: the request stands, and its page says whose it is
	}
	return seeOther(c, ticketAddress(receipt.Number))
}

func (f counterPosted) filing(nip secret.NIP, by *tickets.By) tickets.Filing {
	return tickets.Filing{
		NIP: nip, Name: f.Name, Unit: f.Unit, Phone: f.Phone, Problem: f.Problem,
		Kind: tickets.Kind(f.Kind), Channel: tickets.Counter, By: by,
	}
}

func (f counterPosted) mistakes(nip error) []views.FieldError {
	var all []views.FieldError
	var wrong *accounts.NIPError
	if errors.As(nip, &wrong) {
		all = append(all, views.FieldError{Field: "nip", Text: ofAnother(wrong.Text)})
	}
	if f.Name == "" {
		all = append(all, views.FieldError{Field: "nama", Text: "Ketik nama pemohon."})
	}
	if f.Unit == "" {
		all = append(all, views.FieldError{Field: "opd", Text: "Ketik OPD pemohon."})
	}
	if !slices.Contains(tickets.Filed, tickets.Kind(f.Kind)) {
		all = append(all, views.FieldError{Field: "jenis", Text: "Pilih masalahnya."})
	}
	return all
}

// ofAnother is a sentence about one's own number, for the agent who types
// somebody else's.
func ofAnother(text string) string {
	return strings.NewReplacer(" Anda mengetik", " Diketik", " Anda", "").Replace(text)
}

func (f counterPosted) form() views.CounterForm {
	return views.CounterForm{NIP: f.NIP, Name: f.Name, Unit: f.Unit, Phone: f.Phone, Kind: f.Kind, Problem: f.Problem}
}

func (a *App) counterForm(c echo.Context, status int, f views.CounterForm, mistakes ...views.FieldError) error {
	if !a.by(c).AtCounter {
		return tickets.ErrDesk
	}
	p := a.page(c, "Catat pemohon di loket")
	p.Back, p.Errors, p.Scripts = "/petugas/antrean", mistakes, []string{"nip.js"}
	if p.Replace != "" {
		p.Replace = "/petugas/tiket/baru"
	}
	f.Kinds = []views.Option{
		{Value: string(tickets.MFA), Text: "Autentikator hilang atau rusak"},
		{Value: string(tickets.Email), Text: "Email terdaftar tidak bisa dibuka"},
		{Value: string(tickets.Lock), Text: "Akun terkunci"},
		{Value: string(tickets.Activation), Text: "Belum pernah masuk, dan email tidak bisa dibuka"},
		{Value: string(tickets.Other), Text: "Masalah lain"},
	}
	return a.render(c, status, views.CounterPage(p, f))
}
