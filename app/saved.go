package app

import (
	"errors"
	"net/http"
	"net/url"
	"strconv"

	"github.com/labstack/echo/v4"

	"pulih/accounts"
	"pulih/tickets"
	"pulih/views"
)

const savedPath = "/petugas/balasan"

type savedForm struct {
	Title   string `form:"judul"`
	Text    string `form:"teks"`
	Version string `form:"versi,optional"`
	Step    string `form:"langkah,optional"` // "pratinjau" shows it and keeps nothing
}

// savedReplies shows the texts that the agency keeps for its replies, and with
// ?ubah= one of them to be changed.
func (a *App) savedReplies(c echo.Context) (err error) {
	var r tickets.SavedReply
	if id := c.QueryParam("ubah"); id != "" {
		if r, err = a.Desk.SavedReply(c.Request().Context(), a.by(c), id); err != nil {
			return err
		}
	}
	return a.showSaved(c, http.StatusOK, r)
}

// saveReply keeps a text, or shows how it will read.
func (a *App) saveReply(c echo.Context) error {
	var f savedForm
	if err := bind(c, &f); err != nil {
		return err
	}
	r := tickets.SavedReply{ID: c.Param("id"), Title: oneLine(f.Title), Text: manyLines(f.Text)}
	r.Version, _ = strconv.ParseInt(f.Version, 10, 64) // another version is another's
	if err := a.mayChange(c, r.ID); err != nil {
		return err
	}
	err := a.Desk.TidyReply(&r)
	if err == nil && f.Step != "pratinjau" {
		err = a.Desk.SaveReply(c.Request().Context(), a.by(c), r)
	}
	var refused *tickets.Refusal
	switch {
	case errors.As(err, &refused) && !errors.Is(err, tickets.ErrRole) && !errors.Is(err, tickets.ErrNoSaved):
		return a.showSaved(c, http.StatusUnprocessableEntity, r, savedWrong(err))
	case err != nil:
		return err
	case f.Step == "pratinjau":
		return a.showSaved(c, http.StatusOK, r)
	}
	return seeOther(c, savedPath)
}

// mayChange refuses to show how one would read that is not his agency's.
func (a *App) mayChange(c echo.Context, id string) error {
	if id == "" {
		return nil
	}
	_, err := a.Desk.SavedReply(c.Request().Context(), a.by(c), id)
	return err
}

func savedWrong(err error) views.FieldError {
	switch {
	case errors.Is(err, tickets.ErrTitle):
		return views.FieldError{Field: "judul", Text: tickets.ErrTitle.Text}
	case errors.Is(err, tickets.ErrMissing):
		return views.FieldError{Field: "teks", Text: "Isi judul dan teks. Teks paling panjang 2.000 huruf."}
	}
	return views.FieldError{Field: "teks", Text: tickets.Why(err)}
}

func (a *App) endReply(c echo.Context) error {
	if err := a.Desk.EndReply(c.Request().Context(), a.by(c), c.Param("id")); err != nil {
		return err
	}
	return seeOther(c, savedPath)
}

func (a *App) showSaved(c echo.Context, status int, r tickets.SavedReply, wrong ...views.FieldError) error {
	by := a.by(c)
	all, err := a.Desk.SavedReplies(c.Request().Context(), by)
	if err != nil {
		return err
	}
	s := views.SavedReplies{Write: by.Staff.Has(accounts.Supervisor), Title: r.Title, Text: r.Text, Post: savedAddress(r.ID)}
	if r.ID != "" {
		s.Version = strconv.FormatInt(r.Version, 10)
	}
	if len(wrong) == 0 && r.Text != "" {
		s.Preview = r.Fill(a.sampleTicket(), by, tickets.Promise{At: a.DB.Now(), Zone: a.Zone})
	}
	for _, one := range all {
		s.Items = append(s.Items, views.SavedReply{Title: one.Title, Text: one.Text, Edit: savedPath + "?ubah=" + url.QueryEscape(one.ID), End: savedAddress(one.ID) + "/akhir",
			By: one.ChangedName + ", " + one.ChangedAt.Exact(a.Zone)})
	}
	p := a.page(c, "Balasan siap pakai")
	p.Errors = wrong
	if r.ID != "" {
		p.Back = savedPath
	}
	return a.render(c, status, views.SavedRepliesPage(p, s))
}

// sampleTicket is nobody's, to show how a text will read.
func (a *App) sampleTicket() tickets.Ticket {
	return tickets.Ticket{Name: "Siti Contoh", Number: "PUL-7K3M-9QXD", Unit: "Dinas Contoh", Agency: a.Site.Agency}
}

func savedAddress(id string) string {
	if id == "" {
		return savedPath
	}
	return savedPath + "/" + url.PathEscape(id)
}
