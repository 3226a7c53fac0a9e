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
	case !draft.Open():
		return seeOther(c, requestPath)
	case !draft.Named:
		return seeOther(c, requestParts[0].path())
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
	if !draft.Open() || !draft.Named {
		return seeOther(c, requestFilesPath)
	}
	gate, err := a.passGate(c, gateRequest, g)
	if err != nil {
		return err
	}
	if !gate.Passed {
		return a.draftGatePage(c, gate.status(), gateWrong(gate, g.Captcha))
	}
	return a.passedDraft(c)
}

// passedDraft gives this browser the token that a send wants.
func (a *App) passedDraft(c echo.Context) error {
	token, err := a.Desk.GateDraft(c.Request().Context(), draftToken(c))
	if err != nil {
		return err
	}
	keepDraft(c, token)
	return seeOther(c, requestFilesPath)
}

// draftSend takes files for the draft.
func (a *App) draftSend(c echo.Context) error {
	var f fileForm
	draft, err := a.draft(c)
	if err != nil {
		return err
	}
	if !draft.Open() || !draft.Gated {
		return a.notYet(c)
	}
	raw, err := a.receive(c, string(draftToken(c).Hash()), &f)
	if err != nil {
		return err
	}
	files, wrong, err := a.cleaned(c, f, raw)
	if err != nil {
		return err
	}
	if err := a.attachToDraft(c, files); err != nil {
		return err
	}
	if len(wrong) == 0 {
		return seeOther(c, requestFilesPath)
	}
	return a.draftFilesAgain(c, f, wrong)
}

// attachToDraft keeps what can be kept.
func (a *App) attachToDraft(c echo.Context, files []tickets.NewAttachment) error {
	if len(files) == 0 {
		return nil
	}
	token, err := a.Desk.AttachToDraft(c.Request().Context(), draftToken(c), files, a.actor(c))
	if err == nil {
		keepDraft(c, token)
	}
	return err
}

// draftFilesAgain says what could not be kept.
func (a *App) draftFilesAgain(c echo.Context, f fileForm, wrong []views.FieldError) error {
	draft, err := a.draft(c)
	if err != nil {
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
	err := a.Desk.DetachFromDraft(c.Request().Context(), draftToken(c), c.Param("berkas"), a.actor(c))
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
