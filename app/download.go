package app

import (
	"net/http"
	"net/url"
	"time"

	"github.com/labstack/echo/v4"
)

// enterDownload lets one file of each member of staff leave at a time, and
// twenty in a day; what is against it is told at a field of the form.
func (a *App) enterDownload(c echo.Context, field string) (free func(), err error) {
	id := a.staff(c).ID
	if !a.exporting.begin(id, 1) {
		return nil, wrongField(field, "Unduhan Anda yang lain masih berjalan. Tunggu sampai selesai.")
	}
	free = func() { a.exporting.end(id) }
	if err := a.limitFor(c, LimitExport, field, "Batas unduhan harian tercapai."); err != nil {
		free()
		return nil, err
	}
	return free, nil
}

// download begins a file that may take longer than a page.
func download(c echo.Context, name string) {
	h := c.Response().Header()
	h.Set(echo.HeaderContentType, "text/csv; charset=utf-8")
	h.Set(echo.HeaderContentDisposition, `attachment; filename="`+url.PathEscape(name)+`"`)
	_ = http.NewResponseController(c.Response()).SetWriteDeadline(time.Time{}) // where it cannot be lifted, it holds
	c.Response().WriteHeader(http.StatusOK)
}
