package app

import (
	"net/http"

	"github.com/labstack/echo/v4"

	"pulih/accounts"
	"pulih/db"
	"pulih/views"
)

const summaryPath = reportPath + "/ringkasan"

type summaryForm struct {
	Want string `form:"mau"` // ya, tidak
}

// summary shows whether the weekly summary is mailed, what it holds, and to
// which address. The mail leads here; nothing changes by looking (law 8).
func (a *App) summary(c echo.Context) error {
	s, err := a.Accounts.SummaryOf(c.Request().Context(), a.staff(c).ID)
	if err != nil {
		return err
	}
	zone, err := a.Desk.ZoneOf(c.Request().Context(), a.by(c))
	if err != nil {
		return err
	}
	p := a.page(c, "Ringkasan mingguan")
	p.Back, p.Path = reportPath, reportPath
	return a.render(c, http.StatusOK, views.SummaryPage(p, a.summaryPage(c, s, zone)))
}

func (a *App) summaryPage(c echo.Context, s accounts.Subscriber, z db.Zone) views.Summary {
	page := views.Summary{On: s.WantedAt != 0, Address: string(s.Email), Next: nextSummary(a.DB.Now(), z, s).Long(z), Post: summaryPath}
	page.Did, _ = shownOnce(c, shownSetting+summaryPath)
	if page.On {
		page.Since = s.WantedAt.Long(z)
	}
	for _, f := range summarised {
		page.Holds = append(page.Holds, f.Label())
	}
	page.Holds = append(page.Holds, markedLabel)
	return page
}

// nextSummary is when the next one is sent: at once while one is due.
func nextSummary(now db.Time, z db.Zone, s accounts.Subscriber) db.Time {
	week := summaryOf(now, z)
	switch {
	case now < week.from:
		return week.from
	case s.WantedAt != 0 && week.due(now, s.WantedAt) && s.SentFor < week.name():
		return now
	}
	return db.At(week.from.Time().In(z.Location).AddDate(0, 0, 7))
}

// switchSummary begins or ends it.
func (a *App) switchSummary(c echo.Context) error {
	var f summaryForm
	if err := bind(c, &f); err != nil {
		return err
	}
	on := f.Want == "ya"
	if !on && f.Want != "tidak" {
		return ErrForm
	}
	if err := a.Accounts.SwitchSummary(c.Request().Context(), a.staff(c).ID, on, a.actor(c)); err != nil {
		return err
	}
	did := "Ringkasan mingguan dimatikan."
	if on {
		did = "Ringkasan mingguan dinyalakan."
	}
	return done(c, summaryPath, did)
}
