package app

import (
	"errors"
	"net/http"
	"net/url"
	"strings"

	"github.com/labstack/echo/v4"

	"pulih/tickets"
	"pulih/views"
)

const (
	searchPath  = "/petugas/cari"
	longestSeek = 200 // bytes
)

// seek goes to what was found. A NIP does not travel in an address: a word
// that stands for it does, and only who has typed the number gets that.
func (a *App) seek(c echo.Context) error {
	var f struct {
		Words string `form:"kata"`
	}
	if err := bind(c, &f); err != nil {
		return err
	}
	text := seekable(f.Words)
	if !tickets.NamesNIP(text) {
		return seeOther(c, searchAddress(text, ""))
	}
	blind, err := a.Desk.Seek(c.Request().Context(), a.by(c), text)
	if errors.Is(err, tickets.ErrGuesses) {
		return a.showSearch(c, http.StatusTooManyRequests, views.Search{}, views.FieldError{Field: "kata", Text: tickets.ErrGuesses.Text})
	}
	if err != nil {
		return err
	}
	return seeOther(c, searchAddress(blind, ""))
}

// search shows what was found. It stands at an address of its own, so that
// the way back from a ticket leads to the list; our own log never holds it.
func (a *App) search(c echo.Context) error {
	text, at := seekable(c.QueryParam("kata")), tickets.Cursor(c.QueryParam("posisi"))
	if tickets.NamesNIP(text) {
		text = "" // only seek takes a number
	}
	found, err := a.Desk.Search(c.Request().Context(), a.by(c), text, at)
	if err != nil {
		return err
	}
	s := views.Search{Words: tickets.Unblind(text), Asked: text != ""}
	s.ByNIP = s.Words != text
	for _, t := range found.Rows {
		s.Rows = append(s.Rows, queueRow(t, a.DB.Now(), a.Zone))
	}
	if found.Next != "" {
		s.Pager.Older = searchAddress(text, found.Next)
	}
	if at != "" {
		s.Pager.Newer = searchAddress(text, "")
	}
	return a.showSearch(c, http.StatusOK, s)
}

func (a *App) showSearch(c echo.Context, status int, s views.Search, wrong ...views.FieldError) error {
	p, err := a.staffPage(c, "Cari permohonan")
	if err != nil {
		return err
	}
	p.Back, p.Path, p.Errors = "/petugas/antrean", searchPath, wrong
	return a.render(c, status, views.SearchPage(p, s))
}

// seekable is what somebody looks for, on one line; too much is nothing.
func seekable(typed string) string {
	text := strings.Join(strings.Fields(oneLine(typed)), " ")
	if len(text) > longestSeek {
		return ""
	}
	return text
}

func searchAddress(text string, at tickets.Cursor) string {
	q := url.Values{"kata": {text}}
	if at != "" {
		q.Set("posisi", string(at))
	}
	return searchPath + "?" + q.Encode()
}
