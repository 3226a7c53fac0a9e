package app

import (
	"errors"
	"net/http"

	"github.com/labstack/echo/v4"

	"pulih/db"
	"pulih/tickets"
	"pulih/views"
)

// gateRequest is the purpose that captchas and proofs of work of a request
// belong to.
const gateRequest = "tiket"

// requestCheck shows the answers before they are sent (WCAG 3.3.4).
func (a *App) requestCheck(c echo.Context) error {
	draft, err := a.draft(c)
	if err != nil {
		return err
	}
	if requestOf(draft.Answers).next("") != requestCheckPath {
		return seeOther(c, requestPath)
	}
	return a.checkPage(c, http.StatusOK, draft, sendForm{}, nil)
}

// sendForm is what the page that checks the answers sends. Mark is that of the
// walk that was shown, Carry "ya" sends it along.
type sendForm struct {
	Mark  string `form:"catatan,optional"`
	Carry string `form:"sertakan,optional"`
	GateForm
}

// requestSend files the request. Known and unknown numbers get the same
// receipt (EN-08, impostor 4).
func (a *App) requestSend(c echo.Context) error {
	var g sendForm
	if err := bind(c, &g); err != nil {
		return err
	}
	draft, err := a.draft(c)
	if err != nil {
		return err
	}
	walk, err := a.walk(c)
	if err != nil {
		return err
	}
	f := requestOf(draft.Answers)
	switch {
	case f.next("") != requestCheckPath:
		return seeOther(c, requestPath)
	case g.Carry == "ya" && g.Mark != walk.Mark():
		return a.checkPage(c, http.StatusOK, draft, g, nil) // nothing is sent that was not shown
	case !draft.Gated:
		return a.sendGated(c, draft, g)
	}
	return a.file(c, f.filing(), g)
}

// sendGated passes the gate on the page that sends.
func (a *App) sendGated(c echo.Context, draft tickets.Draft, g sendForm) error {
	gate, err := a.passGate(c, gateRequest, g.GateForm)
	if err != nil {
		return err
	}
	if !gate.Passed {
		return a.checkPage(c, gate.status(), draft, g, gateWrong(gate, g.Captcha))
	}
	return a.file(c, requestOf(draft.Answers).filing(), g)
}

// status is that of a page that shows the gate again.
func (g gateResult) status() int {
	if g.New {
		return http.StatusOK
	}
	return http.StatusUnprocessableEntity
}

// file opens the request; of a draft that was sent already there is nothing to
// open.
func (a *App) file(c echo.Context, filing tickets.Filing, g sendForm) error {
	if filing.Draft = draftToken(c); g.Carry == "ya" {
		filing.Walk = cookie(c, cookieWalk)
	}
	var receipt tickets.Receipt
	err := a.limited(c, func(tx *db.Tx) (err error) {
		receipt, err = a.Desk.OpenIn(c.Request().Context(), tx, filing, a.actor(c))
		return err
	}, use(LimitOpen, limitNetwork(c)), use(LimitOpenNIP, string(filing.NIP), limitNetwork(c)))
	if errors.Is(err, tickets.ErrNoDraft) || errors.Is(err, tickets.ErrChanged) {
		return seeOther(c, requestPath)
	}
	if err != nil {
		return err
	}
	return a.handOver(c, receipt)
}

// handOver gives the receipt to this browser: the cookie opens the status,
// and the page shows the secret until the person says that he kept it.
func (a *App) handOver(c echo.Context, r tickets.Receipt) error {
	forgetWalk(c) // handed over; the next person begins his own
	dropCookie(c, cookieDraft)
	keepReceipt(c, receipt{r.Number, r.Secret})
	showOnce(c, shownReceipt, r.Number, receiptShown)
	return seeOther(c, views.StatusPath(r.Number, ""))
}

func (a *App) checkPage(c echo.Context, status int, draft tickets.Draft, g sendForm, wrong []views.FieldError) error {
	form := requestOf(draft.Answers).view(a.Site)
	form.Files = kindsOf(draft.Files)
	err := a.carried(c, &form, g)
	if err != nil {
		return err
	}
	if form.Gated = draft.Gated; !form.Gated {
		if form.Gate, err = a.newGate(c, gateRequest); err != nil {
			return err
		}
	}
	p := a.page(c, "Periksa jawaban Anda")
	p.Back, p.Errors, p.Scripts = requestPath, wrong, []string{"pow.js"}
	return a.render(c, status, views.RequestCheck(p, form))
}

// carried shows what may go along from the troubleshooter. On a shared
// computer it may be somebody else's: then nothing goes unless he says that
// it is his (impostor 25).
func (a *App) carried(c echo.Context, form *views.RequestForm, g sendForm) error {
	walk, err := a.walk(c)
	learned := walk.Learned()
	if err != nil || learned.Empty() {
		return err
	}
	form.Carried = append(a.answeredRows(learned), a.measuredRows(learned)...)
	form.Mark, form.Carry = walk.Mark(), g.Carry == "ya"
	if g.Mark == "" { // not asked yet
		form.Carry = walk.Fresh(a.DB.Now())
	}
	return nil
}
