package app

import (
	"context"
	"errors"
	"net/http"
	"net/url"
	"strconv"
	"strings"

	"github.com/labstack/echo/v4"

	"pulih/db"
	"pulih/tickets"
	"pulih/views"
)

// fieldMistake is a mistake of the form that the page shows at its field.
type fieldMistake struct{ views.FieldError }

func (m fieldMistake) Error() string { return "app: " + m.Field }

func wrongField(field, text string) error {
	return fieldMistake{views.FieldError{Field: field, Text: text}}
}

// act binds form, runs one verb and goes back to the ticket; where the verb
// says no, the page comes again with what was typed.
func (a *App) act(c echo.Context, form any, verb func(context.Context, onTicket) (tickets.Ticket, error)) error {
	on, err := a.onTicket(c, form)
	if err != nil {
		return err
	}
	if _, err = verb(c.Request().Context(), on); err != nil {
		return a.deskAgain(c, on, err)
	}
	return seeOther(c, ticketAddress(on.Number))
}

// onTicket binds what every act carries, and form.
func (a *App) onTicket(c echo.Context, form any) (onTicket, error) {
	var f struct {
		Version string `form:"versi"`
	}
	err := bind(c, &f)
	if err == nil && form != nil {
		err = bind(c, form)
	}
	if err != nil {
		return onTicket{}, err
	}
	version, err := strconv.ParseInt(f.Version, 10, 64)
	if err != nil {
		return onTicket{}, ErrForm
	}
	return onTicket{By: a.by(c), Number: c.Param("no"), Version: version}, nil
}

// deskAgain draws the ticket with what was typed: 422 for a mistake in the
// form, 409 when somebody else was faster, with what he did. Anything else is
// the error table's.
func (a *App) deskAgain(c echo.Context, on onTicket, why error) error {
	var mistake fieldMistake
	var refused *tickets.Refusal
	switch {
	case errors.As(why, &mistake):
		return a.deskWith(c, on, http.StatusUnprocessableEntity, deskExtra{Mistake: mistake.FieldError})
	case errors.Is(why, tickets.ErrChanged), errors.Is(why, db.ErrConflict):
		return a.deskWith(c, on, http.StatusConflict, deskExtra{Changed: true})
	case errors.As(why, &refused):
		told := a.answerTo(why, c)
		return a.deskWith(c, on, told.Status, deskExtra{Mistake: views.FieldError{Text: told.Text}})
	}
	return why
}

// deskExtra is what a ticket's page shows besides the ticket.
type deskExtra struct {
	Mistake views.FieldError
	Changed bool // since on.Version
	Code    *tickets.CallCode
}

func (a *App) deskWith(c echo.Context, on onTicket, status int, extra deskExtra) error {
	file, err := a.Desk.Look(c.Request().Context(), on.By, on.Number)
	if err != nil {
		return err
	}
	posted, err := postedForm(c)
	if err != nil {
		return err
	}
	p, err := a.ticketPage(c, file)
	if err != nil {
		return err
	}
	if extra.Mistake.Text != "" {
		p.Errors = []views.FieldError{extra.Mistake}
	}
	d, err := a.deskView(c, on.By, file)
	if err != nil {
		return err
	}
	if extra.Changed {
		d.Changed = changedSince(file, on.Version)
		d.Changed.Kept = typedText(posted)
	}
	if extra.Code != nil {
		d.Code = a.readOut(*extra.Code)
	} else {
		keepTyped(&d, posted)
	}
	return a.render(c, status, views.DeskPage(p, d))
}

// keepTyped puts what was typed back into the forms, except codes.
func keepTyped(d *views.Desk, posted url.Values) {
	for _, actions := range [][]views.Action{d.Replies, d.Compare, d.Actions, d.Handling} {
		for _, action := range actions {
			for i, field := range action.Fields {
				if posted.Has(field.Name) && !secretField(field.Name) {
					action.Fields[i].Value = posted.Get(field.Name)
				}
			}
		}
	}
}

// typedText is the message that was typed, whose form may be closed now.
func typedText(posted url.Values) string {
	for name := range posted {
		if strings.HasSuffix(name, "-teks") {
			return posted.Get(name)
		}
	}
	return ""
}
