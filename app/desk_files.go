package app

import (
	"errors"
	"fmt"
	"net/http"
	"slices"

	"github.com/labstack/echo/v4"

	"pulih/tickets"
	"pulih/tickets/upload"
	"pulih/views"
)

// filePage shows one file beside the form that compares it.
func (a *App) filePage(c echo.Context) error {
	on := onTicket{By: a.by(c), Number: c.Param("no")}
	return a.fileAgain(c, on, c.Param("berkas"), nil)
}

// fileContent hands out the watermarked copy or the PDF. It is never shown as
// a page of ours, whatever it is (UP-03).
func (a *App) fileContent(c echo.Context) error {
	shown, err := a.Desk.ShowAttachment(c.Request().Context(), a.by(c), c.Param("no"), c.Param("berkas"))
	if err != nil {
		return err
	}
	h := c.Response().Header()
	h.Set("Content-Security-Policy", "sandbox; default-src 'none'; frame-ancestors 'none'")
	h.Set(echo.HeaderContentDisposition, fmt.Sprintf("attachment; filename=%q", shown.Name))
	return c.Blob(http.StatusOK, string(shown.Type), shown.Bytes)
}

// fileAgain draws the page of a file, with what was typed and why it was
// refused.
func (a *App) fileAgain(c echo.Context, on onTicket, id string, why error) error {
	file, err := a.Desk.Look(c.Request().Context(), on.By, on.Number)
	if err != nil {
		return err
	}
	i := slices.IndexFunc(file.Files, func(f tickets.Attachment) bool { return f.ID == id && f.Ended == 0 })
	if i < 0 {
		return tickets.ErrNoFile
	}
	p, status := a.page(c, file.Files[i].Kind.Label()+" dari "+file.Name), http.StatusOK
	p.Path, p.Back = ticketAddress(on.Number), ticketAddress(on.Number)+"#bukti"
	view := a.fileView(file, file.Files[i])
	var mistake fieldMistake
	if errors.As(why, &mistake) {
		status, p.Errors, p.Replace = http.StatusUnprocessableEntity, []views.FieldError{mistake.FieldError}, fileAddress(on.Number, id)
		if err := keepTypedOn(c, view.Compare); err != nil {
			return err
		}
	}
	return a.render(c, status, views.DeskFilePage(p, view))
}

func (a *App) fileView(f tickets.File, file tickets.Attachment) views.DeskFile {
	v := views.DeskFile{
		Title: file.Kind.Label(), Compare: comparedForm(f, file), NoForm: "Berkas ini tidak dicocokkan dengan data kepegawaian.",
		About: []views.Row{{Key: "Dikirim", Value: file.At.Long(f.Zone)}, {Key: "Ukuran", Value: fileSize(file.Size)}, {Key: "Permohonan", Value: f.Number}},
	}
	if file.Kind.Document() != "" && v.Compare == nil {
		v.NoForm = "Dokumen ini sudah dicocokkan, atau tidak bisa dicocokkan sekarang."
	}
	if v.Compare != nil {
		v.Weighs = fileWeighs[f.Channel]
	}
	content := fileAddress(f.Number, file.ID) + "/isi"
	if v.Picture = content; file.Type == upload.PDF {
		v.Picture, v.PDF, v.Mark = "", content, a.Desk.Watermark(f.Number)
	}
	for _, other := range f.Files {
		if other.Ended == 0 {
			v.Others = append(v.Others, views.Link{Text: other.Kind.Label(), Href: fileAddress(f.Number, other.ID), Here: other.ID == file.ID})
		}
	}
	return v
}

// fileWeighs: what was sent from afar is no document by itself (impostor 8).
var fileWeighs = map[tickets.Channel]string{
	tickets.Remote:  "Berkas ini hanya persiapan. Cocokkan saat pemohon menunjukkan aslinya lewat video, atau dengan surat dinas.",
	tickets.Counter: "Berkas ini hanya persiapan. Cocokkan dengan dokumen asli di depan Anda.",
}

// comparedForm is the blind comparison of the document that a file shows, if
// it is open to him; the item will name the file.
func comparedForm(f tickets.File, file tickets.Attachment) *views.Action {
	forms, _ := comparisons(f)
	i := slices.IndexFunc(forms, func(form views.Action) bool { return form.ID == string(file.Kind.Document()) })
	if i < 0 {
		return nil
	}
	form := forms[i]
	form.Open, form.Fixed = true, append(form.Fixed, views.Pair{Name: "berkas", Value: file.ID})
	return &form
}

func fileAddress(number, id string) string { return ticketAddress(number) + "/berkas/" + id }

// keepTypedOn puts what was typed back into one form.
func keepTypedOn(c echo.Context, form *views.Action) error {
	posted, err := postedForm(c)
	if err != nil || form == nil {
		return err
	}
	d := views.Desk{Compare: []views.Action{*form}}
	keepTyped(&d, posted)
	return nil
}

// fileCells are the files in the list of the ticket's page, ended ones too.
func (a *App) fileCells(f tickets.File) []views.Cell {
	var cells []views.Cell
	for _, file := range f.Files {
		cell := views.Cell{Text: file.Kind.Label(), Small: fileSize(file.Size) + " · " + file.At.Exact(f.Zone), Href: fileAddress(f.Number, file.ID)}
		if file.Ended != 0 {
			cell.Href, cell.Small = "", file.Why+", "+file.Ended.Exact(f.Zone)
		}
		cells = append(cells, cell)
	}
	return cells
}
