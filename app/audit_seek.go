package app

import (
	"errors"
	"net/url"

	"github.com/labstack/echo/v4"

	"pulih/accounts"
	"pulih/audit"
	"pulih/db"
)

// auditSeek looks for a person. His number does not travel in an address: the
// id of his row does, which means nothing outside.
func (a *App) auditSeek(c echo.Context) error {
	var f struct {
		NIP string `form:"nip"`
	}
	if err := bind(c, &f); err != nil {
		return err
	}
	p, err := a.ownPerson(c, f.NIP)
	var mistake fieldMistake
	if errors.As(err, &mistake) {
		q, _, err := a.auditQuery(c)
		if err != nil {
			return err
		}
		return a.showAudit(c, q, mistake.FieldError)
	}
	if err != nil {
		return err
	}
	return seeOther(c, auditPath+"?"+url.Values{"orang": {p.ID}}.Encode())
}

// ownPerson is the person of a typed number, if he is of the agency and the
// units of who asks. It tells a stranger's number from nobody's by nothing.
func (a *App) ownPerson(c echo.Context, typed string) (p accounts.Person, err error) {
	nip, _, err := accounts.ParseNIP(typed)
	if err != nil {
		return p, wrongField("nip", "Ketik 18 angka NIP atau NI PPPK. Delapan yang pertama adalah tanggal lahir.")
	}
	if err := a.limitFor(c, LimitSeek, "nip", "Batas pencarian tercapai."); err != nil {
		return p, err
	}
	ctx := c.Request().Context()
	err = a.DB.Read(ctx, func(tx *db.Tx) error {
		p, err = a.Accounts.PersonByNIP(ctx, tx, nip)
		return err
	})
	missed := errors.Is(err, accounts.ErrNoPerson) || err == nil && !sees(a.staff(c), p)
	if err != nil && !missed {
		return p, err
	}
	if err := a.noteSought(c, missed); err != nil {
		return p, err
	}
	if missed {
		return accounts.Person{}, wrongField("nip", "Tidak ada orang dengan NIP ini di instansi Anda.")
	}
	return p, nil
}

// noteSought writes down that somebody typed a number, and not which: who tries
// many shows in the log.
func (a *App) noteSought(c echo.Context, missed bool) error {
	e := audit.Event{Actor: a.actor(c), Action: audit.PersonSought}
	if missed {
		e.Result = "none"
	}
	return audit.Note(c.Request().Context(), a.DB, e)
}

// limitFor is a limit of one member of staff, told at a field of his form.
func (a *App) limitFor(c echo.Context, l Limit, field, words string) error {
	err := a.limit(c, l, a.staff(c).ID)
	if many := (*TooMany)(nil); errors.As(err, &many) {
		return wrongField(field, words+" Coba lagi dalam "+inWords(many.Wait)+".")
	}
	return err
}
