package app

import (
	"cmp"
	"fmt"
	"net/http"
	"time"

	"github.com/labstack/echo/v4"

	"pulih/db"
	"pulih/guide"
	"pulih/otp"
	"pulih/views"
)

type clockMeasuredForm struct {
	Drift string `form:"selisih"`
	Bound string `form:"ragu"`
}

type clockReadForm struct {
	Hour string `form:"jam"`
	Zone string `form:"zona,optional"`
}

// clock starts the clock check. It asks nobody who he is.
func (a *App) clock(c echo.Context) error {
	return a.showClock(c, http.StatusOK, clockReadForm{Zone: a.Zone.Name})
}

func (a *App) showClock(c echo.Context, status int, f clockReadForm, wrong ...views.FieldError) error {
	form, err := a.clockPage(c)
	if err != nil {
		return err
	}
	form.Zone, form.Typed = f.Zone, f.Hour
	page := a.page(c, "Cek jam HP")
	page.Back, page.Scripts, page.Errors = cmp.Or(form.Step.Href, "/"), []string{"clock.js"}, wrong
	return a.renderOpen(c, status, views.ClockCheck(page, form))
}

func (a *App) clockPage(c echo.Context) (form views.ClockPage, err error) {
	now := a.DB.Now()
	form = views.ClockPage{
		Computer: guide.IsComputer(c.Request().UserAgent()), Unsure: a.clockIsOff(),
		Green: tolerance(guide.Green), Amber: tolerance(guide.Amber),
		Now: now.Hour(a.Zone), Clocks: clockFaces(now),
	}
	if form.Step, err = a.clockStep(c); err != nil {
		return form, err
	}
	if _, err := a.ownPractice(c); err == nil {
		form.Practice = practicePath
	}
	if form.Computer {
		form.Here, err = otp.QR(a.BaseURL.JoinPath("cek-jam").String())
	}
	return form, err
}

// tolerance is how far a clock may be off for a light: milliseconds slow, and
// fast.
func tolerance(l guide.Light) string {
	slow, fast := guide.Tolerance(l)
	return fmt.Sprintf("%d %d", slow.Milliseconds(), fast.Milliseconds())
}

func clockFaces(now db.Time) []views.Clock {
	var faces []views.Clock
	for _, z := range []db.Zone{db.WIB, db.WITA, db.WIT} {
		faces = append(faces, views.Clock{Zone: z.Name, Time: now.Time().In(z.Location).Format("15.04"), Date: now.Date(z)})
	}
	return faces
}

// clockTime answers with the instants of receiving and sending, in
// milliseconds, as NTP does (clock.md §4.2).
func (a *App) clockTime(c echo.Context) error {
	received := a.DB.Now().Time().UnixMilli()
	return c.JSON(http.StatusOK, map[string]int64{"t1": received, "t2": a.DB.Now().Time().UnixMilli()})
}

// clockMeasured takes what the browser measured. It is a client's word, good
// for advice and nothing else (ASVS 6.5.8).
func (a *App) clockMeasured(c echo.Context) error {
	var f clockMeasuredForm
	if err := bind(c, &f); err != nil {
		return err
	}
	drift, ok := f.drift()
	if !ok {
		return ErrForm
	}
	return a.concludeClock(c, guide.Finding{
		Method: guide.ByBrowser, Drift: drift, Computer: guide.IsComputer(c.Request().UserAgent()),
	})
}

// clockRead takes the hour that a person reads off his phone.
func (a *App) clockRead(c echo.Context) error {
	var f clockReadForm
	if err := bind(c, &f); err != nil {
		return err
	}
	zone, err := db.ZoneNamed(f.Zone)
	if err != nil {
		return a.showClock(c, http.StatusUnprocessableEntity, f, views.FieldError{Field: "zona", Text: "Pilih zona waktu Anda."})
	}
	finding, err := guide.ReadClock(f.Hour, zone, a.DB.Now().Time())
	if err != nil { // guide.ErrHour is its only one
		return a.showClock(c, http.StatusUnprocessableEntity, f,
			views.FieldError{Field: "jam", Text: "Ketik jam dan menit, misalnya 10.27."})
	}
	return a.concludeClock(c, finding)
}

func (a *App) concludeClock(c echo.Context, f guide.Finding) error {
	if a.clockIsOff() {
		return ErrClockOff
	}
	if err := a.limit(c, LimitPractice, limitNetwork(c)); err != nil {
		return err
	}
	verdict, err := a.Guide.Conclude(c.Request().Context(), f, clockFrom(c), a.actor(c))
	if err != nil {
		return err
	}
	return seeOther(c, verdictAddress(verdict, ""))
}

// clockFrom is the browser that a measurement comes from.
func clockFrom(c echo.Context) guide.From {
	return guide.From{Walk: cookie(c, cookieWalk), Practice: cookie(c, cookiePractice)}
}

func (f clockMeasuredForm) drift() (otp.Drift, bool) {
	middle, ok := milliseconds(f.Drift, 100*365*24*time.Hour)
	bound, fine := milliseconds(f.Bound, time.Minute)
	return otp.Drift{Low: middle - bound, High: middle + bound}, ok && fine && bound >= 0
}
