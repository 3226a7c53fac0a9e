package app

import (
	"errors"
	"net/http"

	"github.com/labstack/echo/v4"

	"pulih/secret"
	"pulih/tickets"
	"pulih/views"
)

// status shows a request to the browser that holds its secret: first the
// receipt, then the state.
func (a *App) status(c echo.Context) error {
	if key := c.QueryParam("kunci"); key != "" {
		return a.statusLink(c, key)
	}
	if err := holder.check(a, c); err != nil {
		return err
	}
	return a.statusWith(c, http.StatusOK, "", nil)
}

// statusLink moves the secret from the link into a cookie, so that it is in
// no address that is shown, kept or passed on (impostor 10).
func (a *App) statusLink(c echo.Context, key string) error {
	number, known := readNumber(c.Param("no"))
	code, whole := secret.ReadCode(key, receiptSecret)
	if !known || !whole {
		return seeOther(c, receiptForm(c))
	}
	keepReceipt(c, receipt{number, code})
	return seeOther(c, views.StatusPath(number, ""))
}

// statusWith draws the status with what was typed and what is wrong with it.
func (a *App) statusWith(c echo.Context, code int, reply string, wrong []views.FieldError) error {
	r := held(c)
	s, err := a.Desk.Follow(c.Request().Context(), r.Number, r.Secret)
	if err != nil {
		return a.refused(c, err)
	}
	if number, ok := shownOnce(c, shownReceipt); ok && number == r.Number {
		return a.receiptPage(c, r, s)
	}
	p := a.page(c, statusTitle(s))
	p.Errors = wrong
	view := a.statusView(s)
	view.Reply, view.Doubt = reply, tickets.LooksSecret(reply)
	if what, ok := shownOnce(c, shownNews); ok {
		view.News = statusNews[what]
		if what == "belum" {
			view.News += " " + a.notSolved(s)
		}
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
	return seeOther(c, receiptForm(c))
}

// statusClose forgets the request on a computer that others use.
func (a *App) statusClose(c echo.Context) error {
	dropCookie(c, cookieTicket)
	dropCookie(c, cookieShown)
	return seeOther(c, "/tiket")
}
