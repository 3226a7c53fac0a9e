package app

import (
	"errors"
	"net/http"
	"time"

	"github.com/labstack/echo/v4"

	"pulih/accounts"
	"pulih/db"
	"pulih/guide"
	"pulih/views"
)

const incidentPath = "/petugas/gangguan"

// localTime is how a browser sends an hour of the agency.
const localTime = "2006-01-02T15:04"

type incidentForm struct {
	Text   string `form:"teks"`
	Starts string `form:"mulai"`
	Ends   string `form:"akhir"`
}

// incidents shows the announcements of trouble at the portal.
func (a *App) incidents(c echo.Context) error {
	now := a.DB.Now()
	return a.showIncidents(c, http.StatusOK, incidentForm{Starts: a.local(now), Ends: a.local(now.Add(2 * time.Hour))})
}

func (a *App) local(t db.Time) string { return t.Time().In(a.Zone.Location).Format(localTime) }

func (a *App) showIncidents(c echo.Context, status int, f incidentForm, wrong ...views.FieldError) error {
	by := a.staff(c)
	all, err := a.Guide.Incidents(c.Request().Context(), by)
	if err != nil {
		return err
	}
	list := views.Incidents{Propose: by.Has(accounts.Agent), Text: f.Text, Starts: f.Starts, Ends: f.Ends, Zone: a.Zone.Name}
	for _, i := range all {
		list.Items = append(list.Items, a.incidentItem(by, i))
	}
	page := a.page(c, "Gangguan portal")
	page.Errors = wrong
	return a.render(c, status, views.IncidentPage(page, list))
}

// proposeIncident writes an announcement down; a second person confirms it.
func (a *App) proposeIncident(c echo.Context) error {
	var f incidentForm
	if err := bind(c, &f); err != nil {
		return err
	}
	announcement, wrong := a.announcement(f)
	if len(wrong) == 0 {
		err := a.Guide.Propose(c.Request().Context(), a.hand(c), announcement)
		if wrong = a.incidentWrong(c, err); err != nil && len(wrong) == 0 {
			return err
		}
	}
	if len(wrong) > 0 {
		return a.showIncidents(c, http.StatusUnprocessableEntity, f, wrong...)
	}
	return seeOther(c, incidentPath)
}

func (a *App) hand(c echo.Context) guide.Hand {
	return guide.Hand{Staff: a.staff(c), Browser: a.browserHash(c), Actor: a.actor(c)}
}

func (a *App) announcement(f incidentForm) (guide.Announcement, []views.FieldError) {
	var wrong mistakes
	starts, err := time.ParseInLocation(localTime, f.Starts, a.Zone.Location)
	wrong.when(err != nil, "mulai", "Isi tanggal dan jam mulai.")
	ends, err := time.ParseInLocation(localTime, f.Ends, a.Zone.Location)
	wrong.when(err != nil, "akhir", "Isi tanggal dan jam berakhir.")
	return guide.Announcement{Text: f.Text, Starts: db.At(starts), Ends: db.At(ends)}, wrong
}

// incidentFields are the refusals that are said at a field.
var incidentFields = map[error]string{
	guide.ErrIncidentLength: "teks", guide.ErrIncidentLetters: "teks", guide.ErrIncidentLeads: "teks",
	guide.ErrIncidentMany: "teks", guide.ErrIncidentTime: "akhir",
}

func (a *App) incidentWrong(c echo.Context, err error) (wrong mistakes) {
	for refusal, field := range incidentFields {
		wrong.when(errors.Is(err, refusal), field, a.answerTo(refusal, c).Text)
	}
	return wrong
}

func (a *App) confirmIncident(c echo.Context) error {
	err := a.Guide.Confirm(c.Request().Context(), a.hand(c), c.Param("id"))
	if err != nil {
		return err
	}
	return seeOther(c, incidentPath)
}

func (a *App) endIncident(c echo.Context) error {
	if err := a.Guide.End(c.Request().Context(), a.hand(c), c.Param("id")); err != nil {
		return err
	}
	return seeOther(c, incidentPath)
}
