package app

import (
	"maps"
	"net/http"

	"github.com/labstack/echo/v4"

	"pulih/secret"
	"pulih/tickets"
	"pulih/views"
)

const requestPath = "/tiket/baru"

// requestTasks is the list of what a request needs, with what is done already.
func (a *App) requestTasks(c echo.Context) error {
	draft, err := a.draft(c)
	if err != nil {
		return err
	}
	if draft.Locked {
		return a.resumePage(c, http.StatusOK, nil)
	}
	walk, err := a.walk(c)
	if err != nil {
		return err
	}
	s, _ := a.Catalogue.Symptom(c.QueryParam("gejala"))
	notices, err := a.notices(c)
	if err != nil {
		return err
	}
	f, learned := requestOf(draft.Answers), walk.Learned()
	p := a.page(c, "Ajukan permohonan ke petugas")
	p.Back = "/"
	return a.render(c, http.StatusOK, views.RequestTasks(p, views.Tasks{
		Begun: !draft.None(), Cause: causeOf(s), Symptom: s.Key, Tasks: f.tasks(draft), Next: f.next(""),
		Carried: append(a.answeredRows(learned), a.measuredRows(learned)...), Notices: notices,
	}))
}

// draft is what this browser is filling in.
func (a *App) draft(c echo.Context) (tickets.Draft, error) {
	return a.Desk.DraftOf(c.Request().Context(), draftToken(c))
}

// draftToken is what holds it, also when this answer replaces the cookie.
func draftToken(c echo.Context) secret.Token {
	if token, ok := c.Get(cookieDraft).(secret.Token); ok {
		return token
	}
	return cookie(c, cookieDraft)
}

func keepDraft(c echo.Context, token secret.Token) {
	c.Set(cookieDraft, token)
	setCookie(c, cookieDraft, token, tickets.DraftLife)
}

// requestBegin begins a draft, with what the page before knows already.
func (a *App) requestBegin(c echo.Context) error {
	var f struct {
		Cause   string `form:"sebab"`
		NIP     string `form:"nip,optional"`
		Symptom string `form:"gejala,optional"`
	}
	if err := bind(c, &f); err != nil {
		return err
	}
	s, _ := a.Catalogue.Symptom(f.Symptom)
	known := requestForm{Cause: f.Cause, NIP: f.NIP, Symptom: s.Key}.tidied().answers()
	maps.DeleteFunc(known, func(_, answer string) bool { return answer == "" })
	if err := a.saveDraft(c, known); err != nil {
		return err
	}
	return seeOther(c, requestParts[0].path())
}

// saveDraft keeps answers, and the cookie that leads back to them.
func (a *App) saveDraft(c echo.Context, answers map[string]string) error {
	if err := a.limit(c, LimitDraft, limitNetwork(c)); err != nil {
		return err
	}
	token, err := a.Desk.SaveDraft(c.Request().Context(), draftToken(c), answers, a.actor(c))
	if err == nil {
		keepDraft(c, token)
	}
	return err
}

// requestForget deletes the draft on a computer that others use.
func (a *App) requestForget(c echo.Context) error {
	if err := a.Desk.ForgetDraft(c.Request().Context(), draftToken(c), a.actor(c)); err != nil {
		return err
	}
	dropCookie(c, cookieDraft)
	return seeOther(c, requestPath)
}

// requestResume goes on after a pause, for who knows the number in the draft
// (impostor 25).
func (a *App) requestResume(c echo.Context) error {
	var f struct {
		NIP string `form:"nip"`
	}
	if err := bind(c, &f); err != nil {
		return err
	}
	if err := a.limit(c, LimitDraft, limitNetwork(c)); err != nil {
		return err
	}
	token, err := a.Desk.ResumeDraft(c.Request().Context(), draftToken(c), secret.NIP(f.NIP), a.actor(c))
	if err != nil {
		return err
	}
	if token != "" {
		keepDraft(c, token)
	}
	draft, err := a.draft(c)
	if err != nil {
		return err
	}
	if !draft.Locked {
		return seeOther(c, requestPath)
	}
	return a.resumePage(c, http.StatusUnprocessableEntity, resumeWrong)
}

var resumeWrong = []views.FieldError{{Field: "nip", Text: "NIP tidak sama dengan isian yang tersimpan. Periksa, atau mulai baru."}}

func (a *App) resumePage(c echo.Context, status int, wrong []views.FieldError) error {
	p := a.page(c, "Lanjutkan isian tadi?")
	p.Back, p.Errors, p.Scripts = "/", wrong, []string{"nip.js"}
	return a.render(c, status, views.RequestResume(p))
}
