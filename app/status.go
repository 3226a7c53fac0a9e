package app

import (
	"errors"
	"net/http"

	"github.com/labstack/echo/v4"

	"pulih/secret"
	"pulih/tickets"
	"pulih/views"
)

// statusForm is number and secret of a receipt as they are typed.
type statusForm struct {
	Number string `form:"nomor"`
	Secret string `form:"kunci"`
}

// statusAsk shows the form; the number may stand in the address.
func (a *App) statusAsk(c echo.Context) error {
	number, ok := readNumber(c.QueryParam("nomor"))
	if !ok {
		number = ""
	}
	return a.statusLookup(c, http.StatusOK, views.StatusFind{Number: number, Asked: ok}, nil)
}

// statusFind opens a request. Every wrong pair gets the same answer, an
// impossible one too (EN-09).
func (a *App) statusFind(c echo.Context) error {
	var f statusForm
	if err := bind(c, &f); err != nil {
		return err
	}
	if err := a.limit(c, LimitFollow, limitNetwork(c)); err != nil {
		return err
	}
	number, known := readNumber(f.Number)
	code, whole := secret.ReadCode(f.Secret, receiptSecret)
	if known && whole {
		_, err := a.Desk.Follow(c.Request().Context(), number, code)
		if err == nil {
			keepReceipt(c, receipt{number, code})
			return seeOther(c, views.StatusPath(number, ""))
		}
		if !errors.Is(err, tickets.ErrNoTicket) {
			return err
		}
	}
	return a.statusLookup(c, http.StatusUnprocessableEntity, views.StatusFind{Number: f.Number}, noSuchPair)
}

var noSuchPair = []views.FieldError{{Field: "kunci", Text: "Nomor dan kunci tidak cocok. Periksa keduanya."}}

func (a *App) statusLookup(c echo.Context, status int, f views.StatusFind, wrong []views.FieldError) error {
	p := a.page(c, "Cek status permohonan")
	p.Back, p.Errors = "/", wrong
	return a.render(c, status, views.StatusLookup(p, f))
}

// status shows a request to the browser that holds its secret: first the
// receipt, then the state.
func (a *App) status(c echo.Context) error {
	if key := c.QueryParam("kunci"); key != "" {
		return a.statusLink(c, key)
	}
	return a.statusWith(c, http.StatusOK, "", nil)
}

// statusLink moves the secret from the link into a cookie, so that it is in
// no address that is shown, kept or passed on (impostor 10).
func (a *App) statusLink(c echo.Context, key string) error {
	number, known := readNumber(c.Param("no"))
	code, whole := secret.ReadCode(key, receiptSecret)
	if !known || !whole {
		return askReceipt(c)
	}
	keepReceipt(c, receipt{number, code})
	return seeOther(c, views.StatusPath(number, ""))
}

// statusWith draws the status with what was typed and what is wrong with it.
func (a *App) statusWith(c echo.Context, code int, reply string, wrong []views.FieldError) error {
	r, ok := receiptOf(c)
	if !ok {
		return askReceipt(c)
	}
	s, err := a.Desk.Follow(c.Request().Context(), r.Number, r.Secret)
	if err != nil {
		return a.refused(c, err)
	}
	if number, ok := shownOnce(c, shownReceipt); ok && number == r.Number {
		return a.receiptPage(c, r, s)
	}
	p := a.page(c, statusTitle(s.Ticket))
	p.Errors = wrong
	view := a.statusView(s)
	view.Reply = reply
	if what, ok := shownOnce(c, shownNews); ok {
		view.News = statusNews[what]
		dropCookie(c, cookieShown)
	}
	return a.render(c, code, views.StatusShow(p, view))
}

// refused answers what the desk does not do. A wrong secret in a cookie is
// treated like a wrong one that was typed; any other refusal stands over the
// status, where the person sees why.
func (a *App) refused(c echo.Context, err error) error {
	if !errors.Is(err, tickets.ErrNoTicket) {
		if why := whyNot(err); why != "" {
			return a.statusWith(c, http.StatusConflict, "", []views.FieldError{{Text: why}})
		}
		return err
	}
	if err := a.limit(c, LimitFollow, limitNetwork(c)); err != nil {
		return err
	}
	dropCookie(c, cookieTicket)
	return askReceipt(c)
}

// statusClose forgets the request on a computer that others use.
func (a *App) statusClose(c echo.Context) error {
	dropCookie(c, cookieTicket)
	dropCookie(c, cookieShown)
	return seeOther(c, "/tiket")
}
