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
	if wrong := f.empty(); len(wrong) > 0 {
		return a.statusLookup(c, http.StatusUnprocessableEntity, views.StatusFind{Number: f.Number}, wrong)
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

// empty names what was not typed at all; it tells nothing of any request.
func (f statusForm) empty() (wrong mistakes) {
	wrong.when(f.Number == "", "nomor", "Ketik nomor permohonan Anda.")
	wrong.when(f.Secret == "", "kunci", "Ketik kunci status dari tanda terima.")
	return wrong
}

var noSuchPair = []views.FieldError{{Field: "kunci", Text: "Nomor dan kunci tidak cocok. Periksa keduanya."}}

func (a *App) statusLookup(c echo.Context, status int, f views.StatusFind, wrong []views.FieldError) error {
	p := a.page(c, "Cek status permohonan")
	p.Back, p.Errors = "/", wrong
	return a.render(c, status, views.StatusLookup(p, f))
}
