package app

import (
	"net/http"
	"net/url"

	"github.com/labstack/echo/v4"

	"pulih/tickets"
	"pulih/views"
)

const (
	searchPath  = "/petugas/cari"
	longestSeek = 200 // bytes
)

// search finds tickets by their words. It asks by GET, so that the way back
// from a ticket leads to the list: the words are in the address, which our own
// log never holds.
func (a *App) search(c echo.Context) error {
	text, at := oneLine(c.QueryParam("kata")), tickets.Cursor(c.QueryParam("posisi"))
	if len(text) > longestSeek {
		text = ""
	}
	found, err := a.Desk.Search(c.Request().Context(), a.by(c), text, at)
	if err != nil {
		return err
	}
	p, err := a.staffPage(c, "Cari permohonan")
	if err != nil {
		return err
	}
	p.Back = "/petugas/antrean"
	s := views.Search{Words: text}
	for _, t := range found.Rows {
		s.Rows = append(s.Rows, queueRow(t, a.DB.Now()))
	}
	if found.Next != "" {
		s.Pager.Older = searchAddress(text, found.Next)
	}
	if at != "" {
		s.Pager.Newer = searchAddress(text, "")
	}
	return a.render(c, http.StatusOK, views.SearchPage(p, s))
}

func searchAddress(text string, at tickets.Cursor) string {
	q := url.Values{"kata": {text}}
	if at != "" {
		q.Set("posisi", string(at))
	}
	return searchPath + "?" + q.Encode()
}
