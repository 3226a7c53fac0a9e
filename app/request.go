package app

import (
	"net/http"

	"github.com/labstack/echo/v4"

	"pulih/tickets"
	"pulih/views"
)

// gateRequest is the purpose that captchas and proofs of work of this form
// belong to.
const gateRequest = "tiket"

// requestNew shows the form, with the cause that a symptom of the
// troubleshooter stands for.
func (a *App) requestNew(c echo.Context) error {
	s, _ := a.Catalogue.Symptom(c.QueryParam("gejala"))
	return a.requestPage(c, http.StatusOK, requestForm{Cause: causeOf(s), Symptom: s.Key}, nil)
}

// requestFile takes the form through its two steps. The answers travel in the
// page between them, so a draft lies neither here nor on a shared computer
// (impostor 25); each step reads them anew.
func (a *App) requestFile(c echo.Context) error {
	var f requestForm
	if err := bind(c, &f); err != nil {
		return err
	}
	f.tidy()
	filing, wrong := f.read()
	switch {
	case f.Step == "ubah":
		return a.requestPage(c, http.StatusOK, f, nil)
	case len(wrong) > 0:
		return a.requestPage(c, http.StatusUnprocessableEntity, f, wrong)
	case f.Step == "periksa":
		return a.requestCheck(c, http.StatusOK, f, nil)
	}
	return a.requestSend(c, f, filing)
}

// requestSend files the request. Known and unknown numbers get the same
// receipt (EN-08, impostor 4).
func (a *App) requestSend(c echo.Context, f requestForm, filing tickets.Filing) error {
	walk, err := a.walk(c)
	if err != nil {
		return err
	}
	if f.Carry == "ya" && f.Mark != walk.Mark() {
		return a.requestCheck(c, http.StatusOK, f, nil) // nothing is sent that was not shown
	}
	gate, err := a.passGate(c, gateRequest, f.GateForm)
	switch {
	case err != nil:
		return err
	case gate.New:
		return a.requestCheck(c, http.StatusOK, f, nil)
	case !gate.Passed:
		return a.requestCheck(c, http.StatusUnprocessableEntity, f, gateWrong(gate, f.Captcha))
	}
	if err := a.limitRequest(c, string(filing.NIP)); err != nil {
		return err
	}
	if f.Carry == "ya" {
		filing.Walk = cookie(c, cookieWalk)
	}
	if _, known := a.Catalogue.Symptom(f.Symptom); known {
		filing.Symptom = f.Symptom
	}
	receipt, err := a.Desk.Open(c.Request().Context(), filing, a.actor(c))
	if err != nil {
		return err
	}
	return a.handOver(c, receipt)
}

// handOver gives the receipt to this browser: the cookie opens the status,
// and the page shows the secret until the person says that he kept it.
func (a *App) handOver(c echo.Context, r tickets.Receipt) error {
	forgetWalk(c) // handed over; the next person begins his own
	keepReceipt(c, receipt{r.Number, r.Secret})
	showOnce(c, shownReceipt, r.Number, receiptShown)
	return seeOther(c, views.StatusPath(r.Number, ""))
}

func (a *App) limitRequest(c echo.Context, nip string) error {
	if err := a.limit(c, LimitOpen, limitNetwork(c)); err != nil {
		return err
	}
	return a.limit(c, LimitOpenNIP, nip, limitNetwork(c))
}

func (a *App) requestPage(c echo.Context, status int, f requestForm, wrong []views.FieldError) error {
	form, err := a.requestView(c, f)
	if err != nil {
		return err
	}
	if form.Notices, err = a.notices(c); err != nil {
		return err
	}
	p := a.page(c, "Ajukan permohonan ke petugas")
	p.Back, p.Errors, p.Scripts = "/", wrong, []string{"nip.js"}
	return a.render(c, status, views.RequestNew(p, form))
}

// requestView shows also what goes along from the troubleshooter. On a shared
// computer it may be somebody else's: then nothing goes unless he says that
// it is his (impostor 25).
func (a *App) requestView(c echo.Context, f requestForm) (views.RequestForm, error) {
	walk, err := a.walk(c)
	form, learned := f.view(), walk.Learned()
	if learned.Empty() {
		return form, err
	}
	form.Carried = append(a.answeredRows(learned), a.measuredRows(learned)...)
	form.Mark, form.Carry = walk.Mark(), f.Carry == "ya"
	if f.Mark == "" { // not asked yet
		form.Carry = walk.Fresh(a.DB.Now())
	}
	return form, err
}

func (a *App) requestCheck(c echo.Context, status int, f requestForm, wrong []views.FieldError) error {
	gate, err := a.newGate(c, gateRequest)
	if err != nil {
		return err
	}
	p := a.page(c, "Periksa jawaban Anda")
	p.Errors, p.Scripts = wrong, []string{"pow.js"}
	form, err := a.requestView(c, f)
	if err != nil {
		return err
	}
	form.Gate = gate
	return a.render(c, status, views.RequestCheck(p, form))
}
