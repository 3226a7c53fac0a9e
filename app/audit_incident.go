package app

import (
	"context"
	"errors"
	"net/http"
	"regexp"
	"time"

	"github.com/labstack/echo/v4"

	"pulih/audit"
	"pulih/db"
	"pulih/views"
)

const affectedPath = auditPath + "/insiden"

// affected asks which events make an incident (PR-05).
func (a *App) affected(c echo.Context) error {
	return a.showAffected(c, http.StatusOK, affectedForm{})
}

type affectedForm struct {
	From    string `form:"dari"`
	Until   string `form:"sampai"`
	Actor   string `form:"pelaku"`
	Action  string `form:"tindakan"`
	Network string `form:"jaringan"`
	OTP     string `form:"otp"`
}

// sendAffected sends the list of people, for a fresh OTP; it is written down
// before the first byte leaves.
func (a *App) sendAffected(c echo.Context) error {
	var f affectedForm
	if err := bind(c, &f); err != nil {
		return err
	}
	zone, err := a.Desk.ZoneOf(c.Request().Context(), a.by(c))
	if err != nil {
		return err
	}
	incident, mistake := f.incident(a.staff(c).Agency, zone)
	if mistake.Text == "" {
		if mistake, err = a.narrowed(c, incident); err != nil {
			return err
		}
	}
	if mistake.Text != "" {
		return a.showAffected(c, http.StatusUnprocessableEntity, f, mistake)
	}
	file := IncidentCSV{People: a.Accounts, Zone: zone, Excel: true}
	return a.affectedAgain(c, f, a.streamAffected(c, "insiden-"+f.From+".csv", f.OTP, incident, file))
}

func (a *App) streamAffected(c echo.Context, name, otp string, incident audit.Incident, file IncidentCSV) error {
	if err := a.proveNow(c, "otp", otp); err != nil {
		return err
	}
	free, err := a.enterDownload(c, "otp")
	if err != nil {
		return err
	}
	defer free()
	ctx, by := context.WithoutCancel(c.Request().Context()), a.staff(c) // a page's deadline is not that of a file
	people, err := a.Accounts.CountAffected(ctx, incident, by.Units)
	if err == nil {
		err = a.Accounts.NoteIncident(ctx, incident, people, by.Session, a.actor(c))
	}
	if err != nil {
		return err
	}
	download(c, name)
	to := newPatientLine(c)
	defer to.stop()
	return file.Write(ctx, to, by.Units, incident)
}

func (a *App) affectedAgain(c echo.Context, f affectedForm, err error) error {
	var mistake fieldMistake
	if errors.As(err, &mistake) {
		return a.showAffected(c, http.StatusUnprocessableEntity, f, mistake.FieldError)
	}
	return err
}

func (f affectedForm) incident(agency string, zone db.Zone) (audit.Incident, views.FieldError) {
	if f.From == "" {
		return audit.Incident{}, views.FieldError{Field: "dari", Text: "Pilih tanggal awal."}
	}
	d, mistake := readDays(f.From, f.Until, days{Zone: zone})
	if mistake.Text != "" {
		return audit.Incident{}, mistake
	}
	p := d.period()
	return audit.Incident{Agency: agency, From: p.From, Until: p.Until, Actor: f.Actor, Action: audit.Action(f.Action), Network: f.Network}, mistake
}

// broadest is how many days a list may take in that nothing narrows.
const broadest = 7 * 24 * time.Hour

// networkStart is how a network begins; a NIP does not.
var networkStart = regexp.MustCompile(`^(\d{1,3}(\.\d{0,3}){0,3}|[0-9a-f]{0,4}(:[0-9a-f]{0,4}){1,7})(/\d{0,3})?$`)

// narrowed refuses a list of everybody, and whatever is not known: what is
// asked for is written into the log (AU-05).
func (a *App) narrowed(c echo.Context, i audit.Incident) (views.FieldError, error) {
	names, err := a.staffNames(c)
	switch {
	case err != nil:
		return views.FieldError{}, err
	case !KnownActor(i.Actor, names):
		return views.FieldError{Field: "pelaku", Text: "Pilih pelaku dari daftar."}, nil
	case !KnownAction(i.Action):
		return views.FieldError{Field: "tindakan", Text: "Pilih tindakan dari daftar."}, nil
	case i.Network != "" && !networkStart.MatchString(i.Network):
		return views.FieldError{Field: "jaringan", Text: "Tulis awal alamat jaringan, misalnya 203.0.113."}, nil
	case i.Actor == "" && i.Action == "" && i.Network == "" && i.Until.Sub(i.From) > broadest:
		return views.FieldError{Field: "sampai", Text: "Pilih paling lama tujuh hari, atau pelaku, tindakan, atau jaringan."}, nil
	}
	return views.FieldError{}, nil
}

func (a *App) showAffected(c echo.Context, status int, f affectedForm, wrong ...views.FieldError) error {
	names, err := a.staffNames(c)
	if err != nil {
		return err
	}
	p := a.page(c, "Daftar terdampak insiden")
	p.Errors, p.Path = wrong, affectedPath
	return a.render(c, status, views.AuditIncidentPage(p, views.AuditIncident{Tabs: a.auditTabs(c, affectedPath), From: f.From, Until: f.Until,
		Actors: actorOptions(names, f.Actor), Actions: actionOptions(audit.Action(f.Action)), Network: f.Network}))
}
