package app

import (
	"errors"
	"net/http"

	"github.com/labstack/echo/v4"

	"pulih/accounts"
	"pulih/tickets"
	"pulih/views"
)

type handOverForm struct {
	Document string `form:"dokumen"`
	OTP      string `form:"otp"`
	Form     string `form:"bentuk"`
}

// handHistory shows a person what is kept of him, to print or as a file.
func (a *App) handHistory(c echo.Context) error {
	var f handOverForm
	if err := bind(c, &f); err != nil {
		return err
	}
	h := tickets.Handing{Document: f.Document, Form: "cetak"}
	if f.Form == "csv" {
		h.Form = "csv"
	}
	free, err := a.enterHanding(c, h, f.OTP)
	var mistake fieldMistake
	if errors.As(err, &mistake) {
		return a.showHandOver(c, http.StatusUnprocessableEntity, mistake.FieldError)
	}
	if err != nil {
		return err
	}
	defer free()
	o, err := a.Desk.HandOver(c.Request().Context(), a.by(c), c.Param("id"), h)
	if errors.Is(err, tickets.ErrOriginal) {
		err = wrongField("dokumen", tickets.ErrOriginal.Text)
	}
	if errors.As(err, &mistake) {
		return a.showHandOver(c, http.StatusUnprocessableEntity, mistake.FieldError)
	}
	if err != nil {
		return err
	}
	return a.showHanded(c, o, h)
}

// enterHanding wants an original seen and a fresh OTP, which is not spent where
// the rest is missing. A file counts among what may leave in a day.
func (a *App) enterHanding(c echo.Context, h tickets.Handing, code string) (free func(), err error) {
	if err := a.Desk.MayHandOver(c.Request().Context(), a.by(c), c.Param("id")); err != nil {
		return nil, err
	}
	if !h.Seen() {
		return nil, wrongField("dokumen", "Lihat dokumen aslinya, lalu ketik nomornya.")
	}
	if err := a.proveNow(c, "otp", code); err != nil || h.Form != "csv" {
		return func() {}, err
	}
	return a.enterDownload(c, "otp")
}

func (a *App) showHanded(c echo.Context, o accounts.Overview, h tickets.Handing) error {
	if h.Form == "csv" {
		return a.sendHistory(c, o)
	}
	p := a.page(c, "Data pribadi "+o.Person.Name)
	p.Path, p.Back, p.Scripts, p.Replace = accessPath, accessPath, []string{"print.js"}, accessPath
	return a.render(c, http.StatusOK, views.OwnHistoryPage(p, a.handedHistory(o)))
}

// ownData is the person's own copy: his data, not their shadow (UU 27/2022).
// Two members of staff saw the same original of his before it is drawn.
func (a *App) ownData(o accounts.Overview) views.OwnHistory {
	return a.ownHistoryOf(o, string(o.Person.Email), string(o.Person.Phone))
}

func (a *App) handedHistory(o accounts.Overview) views.OwnHistory {
	h := a.ownData(o)
	h.Of, h.Back, h.BackText = "Lima puluh peristiwa terakhir; berkas CSV memuat semuanya.", accessPath, "Kembali ke daftar permintaan"
	return h
}
