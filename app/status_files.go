package app

import (
	"fmt"
	"net/http"

	"github.com/labstack/echo/v4"

	"pulih/tickets"
	"pulih/views"
)

// filesAsk shows the files of a request and the form for more.
func (a *App) filesAsk(c echo.Context) error { return a.filesPage(c, http.StatusOK, fileForm{}, nil) }

// filesSend takes files. Those that can be kept are kept, whatever is wrong
// with the others.
func (a *App) filesSend(c echo.Context) error {
	r := held(c)
	var f fileForm
	raw, err := a.receive(c, r.Number, &f)
	if err != nil {
		return err
	}
	files, wrong, err := a.cleaned(c, f, raw)
	if err != nil {
		return err
	}
	if len(files) > 0 {
		if err := a.Desk.Attach(c.Request().Context(), r.Number, r.Secret, files, a.actor(c)); err != nil {
			return a.refused(c, err)
		}
	}
	if len(wrong) > 0 {
		return a.filesPage(c, http.StatusUnprocessableEntity, f, wrong)
	}
	return backWithNews(c, r.Number, "berkas")
}

// fileBack takes a file back.
func (a *App) fileBack(c echo.Context) error {
	r := held(c)
	if err := a.Desk.Detach(c.Request().Context(), r.Number, r.Secret, c.Param("berkas"), a.actor(c)); err != nil {
		return a.refused(c, err)
	}
	return backWithNews(c, r.Number, "tarik")
}

func (a *App) filesPage(c echo.Context, status int, f fileForm, wrong []views.FieldError) error {
	r := held(c)
	s, err := a.Desk.Follow(c.Request().Context(), r.Number, r.Secret)
	if err != nil {
		return a.refused(c, err)
	}
	if !s.CanAttach && len(s.Files) == 0 {
		return seeOther(c, views.StatusPath(r.Number, ""))
	}
	p := a.stepPage(c, r, "Kirim foto dokumen", wrong)
	p.Scripts = []string{"photo.js"}
	return a.render(c, status, views.StatusFiles(p, a.statusFiles(s, f)))
}

func (a *App) statusFiles(s tickets.Status, f fileForm) views.Files {
	v := views.Files{
		Action: views.StatusPath(s.Number, "berkas"), Kind: f.Kind, Kinds: fileKinds(),
		CanSend: s.CanAttach, Voids: s.DetachVoids, Privacy: a.privacy(),
	}
	for _, file := range s.Files {
		row := views.FileRow{Title: file.Kind.Label(), Text: fileSize(file.Size) + " · " + a.shortTime(file.At)}
		if s.CanDetach {
			row.Back = views.StatusPath(s.Number, "berkas/"+file.ID+"/penarikan")
		}
		v.Rows = append(v.Rows, row)
	}
	return v
}

// fileSize is a size as phones write it.
func fileSize(n int64) string {
	if n < 1<<20 {
		return fmt.Sprintf("%d KB", max(1, n>>10))
	}
	return fmt.Sprintf("%d,%d MB", n>>20, n%(1<<20)*10>>20)
}

// privacy is what the law on personal data has a person told where he hands
// in a document (PR-07).
func (a *App) privacy() []views.Row {
	return []views.Row{
		{Key: "Untuk apa", Value: "Hanya untuk memeriksa identitas Anda pada permohonan ini."},
		{Key: "Dasar", Value: "Pelayanan publik, Pasal 20 ayat (2) huruf e UU 27/2022."},
		{Key: "Siapa yang melihat", Value: "Petugas " + a.Site.Agency + ". Setiap pembukaan tercatat."},
		{Key: "Tanda air", Value: "Petugas melihat foto bertanda air. PDF tetap seperti aslinya."},
		{Key: "Berapa lama", Value: "Dihapus 30 hari setelah permohonan selesai, atau 7 hari bila ditolak."},
		{Key: "Pertanyaan", Value: a.Site.Phone + ", " + a.Site.Address},
	}
}
