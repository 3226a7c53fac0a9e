package app

import (
	"net/http"
	"slices"
	"strings"
	"time"

	"github.com/labstack/echo/v4"

	"pulih/db"
	"pulih/otp"
	"pulih/secret"
	"pulih/tickets"
	"pulih/views"
)

// passAsk shows the pass that this browser was given, or the form to get it.
func (a *App) passAsk(c echo.Context) error {
	r := held(c)
	s, err := a.Desk.Follow(c.Request().Context(), r.Number, r.Secret)
	if err != nil {
		return a.refused(c, err)
	}
	if code, ok := passShown(c, r.Number); ok && s.State == tickets.Issued {
		return a.passPage(c, s, code)
	}
	if !slices.Contains(s.Needs, tickets.NeedPass) {
		return seeOther(c, views.StatusPath(r.Number, ""))
	}
	return a.passForm(c, r, s.PassFactor, http.StatusOK, nil)
}

// passTake issues the pass, after the factor once more (impostor 10), and
// shows it behind a redirect: loading the page again issues no second one.
func (a *App) passTake(c echo.Context) error {
	r := held(c)
	var f factorForm
	if err := bind(c, &f); err != nil {
		return err
	}
	pass, err := a.Desk.TakePass(c.Request().Context(), r.Number, r.Secret, f.factor(), a.actor(c))
	if err != nil {
		return a.refused(c, err)
	}
	if !pass.OK {
		return a.passForm(c, r, true, http.StatusUnprocessableEntity, factorWrong)
	}
	showOnce(c, shownPass, r.Number+"."+string(pass.Code), a.timeLeft(pass.Until))
	return seeOther(c, views.StatusPath(r.Number, "kode"))
}

// passShown is the pass of a request that this browser was given.
func passShown(c echo.Context, number string) (secret.Code, bool) {
	value, _ := shownOnce(c, shownPass)
	owner, code, _ := strings.Cut(value, ".")
	return secret.Code(code), code != "" && owner == number
}

func (a *App) passForm(c echo.Context, r receipt, factor bool, status int, wrong []views.FieldError) error {
	p := a.stepPage(c, r, "Ambil kode pendaftaran", wrong)
	p.Scripts = []string{"password.js"}
	return a.render(c, status, views.StatusTake(p, r.Number, factor))
}

func (a *App) passPage(c echo.Context, s tickets.Status, code secret.Code) error {
	p := a.page(c, "Kode pendaftaran Anda")
	p.Back, p.Scripts = views.StatusPath(s.Number, ""), []string{"copy.js", "countdown.js"}
	place := a.enrolPlace(!s.PassFactor)
	qr, err := otp.QR(place)
	if err != nil {
		return err
	}
	return a.render(c, http.StatusOK, views.StatusPassShown(p, views.StatusPass{
		Number: s.Number, Code: code.Grouped(), Enrol: enrolAddress(s), Place: place, QR: qr,
		Until: a.countdown(s.PassUntil, "Kode pendaftaran sudah kedaluwarsa."),
	}))
}

// enrolAddress is where a pass is used: without a factor a new password is
// set there.
func enrolAddress(s tickets.Status) string {
	return views.EnrolOpen{NewPassword: !s.PassFactor}.Address()
}

func (a *App) countdown(until db.Time, over string) views.Countdown {
	return views.Countdown{
		Until: machine(until), Left: int(a.timeLeft(until).Seconds()),
		Shown: until.Hour(a.Zone), Done: over,
	}
}

// timeLeft is how long it is until then.
func (a *App) timeLeft(until db.Time) time.Duration { return until.Sub(a.DB.Now()) }
