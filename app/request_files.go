package app

import (
	"net/http"
	"strings"

	"github.com/labstack/echo/v4"

	"pulih/tickets"
	"pulih/views"
)

const requestFilesPath = requestPath + "/berkas"

// draftFiles shows the form for files, or first the gate: nothing is uploaded
// before it (UP-05).
func (a *App) draftFiles(c echo.Context) error {
	draft, err := a.draft(c)
	if err != nil {
		return err
	}
	switch {
	case draft.None(), draft.Locked:
		return seeOther(c, requestPath)
	case !draft.Gated:
		return a.draftGatePage(c, http.StatusOK, nil)
	}
	return a.draftFilesPage(c, http.StatusOK, draft, fileForm{}, nil)
}

// draftGate passes the gate for this draft, once.
func (a *App) draftGate(c echo.Context) error {
	var g GateForm
	if err := bind(c, &g); err != nil {
		return err
	}
	draft, err := a.draft(c)
	if err != nil {
		return err
	}
	if draft.None() || draft.Locked {
		return seeOther(c, requestPath)
	}
	gate, err := a.passGate(c, gateRequest, g)
	if err != nil {
		return err
	}
	if !gate.Passed {
		return a.draftGatePage(c, gate.status(), gateWrong(gate, g.Captcha))
	}
	if err := a.saveDraft(c, nil, true); err != nil {
		return err
	}
	return seeOther(c, requestFilesPath)
}

// draftSend takes files for the draft.
func (a *App) draftSend(c echo.Context) error {
	var f fileForm
	draft, err := a.draft(c)
	if err != nil {
		return err
	}
	if draft.None() || draft.Locked || !draft.Gated {
		return a.notYet(c)
	}
	raw, err := a.receive(c, &f)
	if err != nil {
		return err
	}
	files, wrong, err := a.cleaned(c, f, raw)
	if err != nil {
		return err
	}
	if len(files) > 0 {
		if err := a.Desk.AttachToDraft(c.Request().Context(), cookie(c, cookieDraft), files, a.actor(c)); err != nil {
			return err
		}
	}
	if len(wrong) == 0 {
		return seeOther(c, requestFilesPath)
	}
	if draft, err = a.draft(c); err != nil {
		return err
	}
	return a.draftFilesPage(c, http.StatusUnprocessableEntity, draft, f, wrong)
}

// notYet turns away an upload whose turn has not come; of its files nothing is
// even read.
func (a *App) notYet(c echo.Context) error {
	if !isUpload(c) {
		if err := bind(c, &fileForm{}); err != nil {
			return err
		}
	}
	return seeOther(c, requestFilesPath)
}

// draftBack takes a file out of the draft.
func (a *App) draftBack(c echo.Context) error {
	err := a.Desk.DetachFromDraft(c.Request().Context(), cookie(c, cookieDraft), c.Param("berkas"), a.actor(c))
	if err != nil {
		return err
	}
	return seeOther(c, requestFilesPath)
}

func (a *App) draftGatePage(c echo.Context, status int, wrong []views.FieldError) error {
	gate, err := a.newGate(c, gateRequest)
	if err != nil {
		return err
	}
	p := a.page(c, "Satu langkah sebelum mengunggah")
	p.Back, p.Errors, p.Scripts = requestPath, wrong, []string{"pow.js"}
	return a.render(c, status, views.RequestGate(p, gate))
}

func (a *App) draftFilesPage(c echo.Context, status int, draft tickets.Draft, f fileForm, wrong []views.FieldError) error {
	v := views.Files{Action: requestFilesPath, Kind: f.Kind, Kinds: fileKinds(), CanSend: true, Privacy: a.privacy()}
	for _, file := range draft.Files {
		v.Rows = append(v.Rows, views.FileRow{Title: file.Kind.Label(), Text: fileSize(file.Size),
			Back: requestFilesPath + "/" + file.ID + "/penarikan"})
	}
	p := a.page(c, "Unggah foto dokumen")
	p.Back, p.Errors, p.Scripts = requestPath, wrong, []string{"photo.js"}
	return a.render(c, status, views.RequestFiles(p, v, requestOf(draft.Answers).next("bukti")))
}

// kindsOf names files in a line.
func kindsOf(files []tickets.Attachment) string {
	var all []string
	for _, f := range files {
		all = append(all, f.Kind.Label())
	}
	return strings.Join(all, ", ")
}
