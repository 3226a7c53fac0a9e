package app

import (
	"errors"

	"github.com/labstack/echo/v4"

	"pulih/accounts"
	"pulih/db"
	"pulih/guide"
	"pulih/views"
)

// notices are the announcements that run now, for everybody. Without the
// database there are none: what is to be read must not fall with it.
func (a *App) notices(c echo.Context) ([]views.Notice, error) {
	running, err := a.Guide.Running(c.Request().Context())
	if errors.Is(err, db.ErrUnavailable) {
		a.logFault(c, err)
		return nil, nil
	}
	var all []views.Notice
	for _, i := range running {
		all = append(all, views.Notice{Title: "Gangguan di " + a.Site.Portal, Text: i.Text, Until: i.Ends.Long(a.Zone)})
	}
	return all, err
}

func (a *App) incidentItem(by accounts.Staff, i guide.Incident) views.IncidentItem {
	now := a.DB.Now()
	item := views.IncidentItem{
		Text: i.Text, When: i.Starts.Short(a.Zone) + " sampai " + i.Ends.Short(a.Zone) + " " + a.Zone.Name,
		State: incidentBadge(i, now), People: incidentPeople(i),
	}
	if i.Over(now) {
		return item
	}
	item.End, item.EndText = incidentPath+"/"+i.ID+"/akhir", "Akhiri sekarang"
	if i.ConfirmedAt > 0 {
		return item
	}
	item.EndText = "Tolak"
	switch {
	case i.ProposedBy == by.ID:
		item.EndText = "Tarik usulan"
		item.WhyNot = "Usulan Anda dikonfirmasi verifikator atau penyelia lain."
	case !confirms(by):
		item.WhyNot = "Menunggu konfirmasi verifikator atau penyelia."
	default:
		item.Confirm = incidentPath + "/" + i.ID + "/konfirmasi"
	}
	return item
}

func incidentBadge(i guide.Incident, now db.Time) views.Badge {
	switch {
	case i.TakenBack():
		return views.Badge{Tone: views.ToneNeutral, Text: "Ditarik"}
	case i.EndedAt > 0 && i.ConfirmedAt == 0:
		return views.Badge{Tone: views.ToneNeutral, Text: "Ditolak"}
	case i.Over(now):
		return views.Badge{Tone: views.ToneNeutral, Text: "Berakhir"}
	case i.ConfirmedAt == 0:
		return views.Badge{Tone: views.ToneWait, Text: "Menunggu konfirmasi"}
	case i.Running(now):
		return views.Badge{Tone: views.ToneWarn, Text: "Sedang tampil"}
	}
	return views.Badge{Tone: views.ToneInfo, Text: "Terjadwal"}
}

func incidentPeople(i guide.Incident) string {
	text := "Diusulkan " + i.ProposedName
	if i.ConfirmedName != "" {
		text += " · dikonfirmasi " + i.ConfirmedName
	}
	switch {
	case i.EndedName == "" || i.TakenBack():
		return text
	case i.ConfirmedAt == 0:
		return text + " · ditolak " + i.EndedName
	}
	return text + " · diakhiri " + i.EndedName
}
