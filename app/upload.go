package app

import (
	"errors"
	"fmt"
	"io"
	"mime/multipart"
	"net/http"
	"net/url"
	"reflect"
	"slices"
	"strings"

	"github.com/labstack/echo/v4"

	"pulih/tickets"
	"pulih/tickets/upload"
	"pulih/views"
)

// What an upload may take: three files of 5 MiB, and what stands around them.
// It is read into memory, never into a file that nobody encrypts.
const (
	maxUpload    = "16M"
	maxUploadKiB = 16 << 10
	maxParts     = 12
)

// uploadPaths are the addresses that take files.
var uploadPaths = []string{"/tiket/:no/berkas", requestFilesPath}

// isUpload tells whether a request may be large: only a form with files at an
// address that takes them.
func isUpload(c echo.Context) bool {
	return slices.Contains(uploadPaths, c.Path()) && c.Request().Method == http.MethodPost &&
		strings.HasPrefix(c.Request().Header.Get(echo.HeaderContentType), "multipart/form-data")
}

// fileForm is what is said about files, and the files themselves.
type fileForm struct {
	Kind string `form:"jenis,optional"` // radios send nothing until one is chosen
}

// receive reads an upload of one draft or receipt: first its turn and the
// quota, then the bytes.
func (a *App) receive(c echo.Context, one string, form any) ([]upload.Raw, error) {
	if !isUpload(c) { // a form without files, as a browser sends none
		return nil, bind(c, form)
	}
	t, leave, err := a.enterUpload(c, one)
	if err != nil {
		return nil, err
	}
	defer leave()
	posted, files, err := a.charged(c, t)
	if err != nil {
		return nil, err
	}
	return files, fill(reflect.ValueOf(form).Elem(), posted)
}

// readParts separates fields from files. Of a file too large, or one too many,
// no more is kept than shows it.
func readParts(r *multipart.Reader) (url.Values, []upload.Raw, error) {
	posted, files := url.Values{}, []upload.Raw(nil)
	for n := range maxParts {
		part, err := r.NextPart()
		if errors.Is(err, io.EOF) && n > 0 {
			return posted, files, nil
		}
		if err != nil {
			return nil, nil, err
		}
		if part.FormName() != "berkas" {
			if err := readField(part, posted); err != nil {
				return nil, nil, err
			}
			continue
		}
		if files, err = readFile(part, files); err != nil {
			return nil, nil, err
		}
	}
	return nil, nil, ErrForm
}

func readField(part *multipart.Part, posted url.Values) error {
	value, err := io.ReadAll(io.LimitReader(part, maxField+1))
	if part.FileName() != "" {
		return ErrForm
	}
	posted.Add(part.FormName(), string(value))
	return err
}

// readFile adds a file; the empty one without a name is what a browser sends
// when none was chosen.
func readFile(part *multipart.Part, files []upload.Raw) ([]upload.Raw, error) {
	most := int64(upload.MaxBytes + 1)
	if len(files) >= upload.MaxFiles {
		most = 0
	}
	content, err := io.ReadAll(io.LimitReader(part, most))
	if part.FileName() == "" && len(content) == 0 {
		return files, err
	}
	return append(files, upload.Raw{Name: part.FileName(), Type: part.Header.Get(echo.HeaderContentType), Bytes: content}), err
}

// cleaned makes of what came what may be kept. What cannot be kept is said,
// and does not take the rest with it.
func (a *App) cleaned(c echo.Context, f fileForm, files []upload.Raw) (kept []tickets.NewAttachment, wrong mistakes, err error) {
	kind := tickets.AttachmentKind(f.Kind)
	wrong.when(!slices.Contains(tickets.AttachmentKinds, kind), "jenis", "Pilih dokumen apa yang Anda kirim.")
	wrong.when(len(files) == 0, "berkas", "Pilih foto atau PDF dari HP atau komputer Anda.")
	wrong.when(len(files) > upload.MaxFiles, "berkas", "Kirim paling banyak 3 berkas sekaligus.")
	if len(wrong) > 0 {
		return nil, wrong, nil
	}
	for i, raw := range files {
		file, err := a.Desk.CleanUpload(c.Request().Context(), raw)
		why := upload.Why(err)
		if err != nil && why == "" {
			return nil, nil, err
		}
		if wrong.when(err != nil, "berkas", numbered(i, len(files))+why); err == nil {
			kept = append(kept, tickets.NewAttachment{Kind: kind, File: file})
		}
	}
	return kept, wrong, nil
}

// numbered says which of several files is meant. Its name is not repeated: it
// may tell who somebody is.
func numbered(i, n int) string {
	if n == 1 {
		return ""
	}
	return fmt.Sprintf("Berkas ke-%d: ", i+1)
}

// fileKinds are the choices of an upload form.
func fileKinds() (kinds []views.Option) {
	for _, k := range tickets.AttachmentKinds {
		kinds = append(kinds, views.Option{Value: string(k), Text: k.Label()})
	}
	return kinds
}
