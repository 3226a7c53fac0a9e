package app

import (
	"context"
	"errors"
	"net/http"
	"net/url"
	"strconv"

	"github.com/labstack/echo/v4"

	"pulih/guide"
	"pulih/otp"
	"pulih/views"
)

// clockStreamPath tells a laptop of the verdict that the phone measured.
const clockStreamPath = "/cek-jam/acara"

// practiceResult fills in what a device of this practice has measured, and
// where a computer waits for more.
func (a *App) practiceResult(c echo.Context, p guide.Practice, form *views.PracticePage) error {
	newest, err := a.Guide.Measured(c.Request().Context(), cookie(c, cookiePractice))
	if err != nil {
		return err
	}
	if form.Step, err = a.clockStep(c); err != nil {
		return err
	}
	if newest != nil {
		form.Result, form.Full = &newest.Verdict, verdictAddress(newest.Verdict, "")
	}
	if form.Computer = guide.IsComputer(c.Request().UserAgent()); !form.Computer {
		return nil
	}
	form.Waiting = clockStreamPath + "?" + url.Values{"sejak": {since(newest)}}.Encode()
	if !p.Taken { // a QR code costs 4 ms: none that nobody sees
		form.HandOff, err = otp.QR(a.BaseURL.JoinPath("cek-jam", string(p.HandOff)).String())
	}
	return err
}

// since names a verdict to the stream, which tells of the next one.
func since(m *guide.Measured) string {
	if m == nil {
		return "0"
	}
	return strconv.FormatInt(int64(m.At), 10)
}

// clockStep is the step of the troubleshooter that sent this browser here.
func (a *App) clockStep(c echo.Context) (views.Link, error) {
	walk, err := a.walk(c)
	s, ok := a.Catalogue.Symptom(walk.ClockFrom.Symptom)
	if _, there := s.Step(walk.ClockFrom.Step); err != nil || !ok || !there {
		return views.Link{}, err
	}
	return views.Link{Text: "Kembali ke langkah", Href: stepAddress(walk.ClockFrom)}, nil
}

// clockStream is the one stream without an account. It is bound to a practice,
// says nothing but "berubah", and ends with the practice; few are open for one
// practice, and few from one network.
func (a *App) clockStream(c echo.Context) error {
	p, err := a.ownPractice(c)
	if errors.Is(err, guide.ErrNoPractice) {
		return c.NoContent(http.StatusNoContent) // a browser does not ask again
	}
	if err != nil {
		return err
	}
	if c.Request().Method == http.MethodHead {
		return c.NoContent(http.StatusOK)
	}
	for key, most := range map[string]int{"practice " + p.ID: clockStreamsOfPractice, "network " + limitNetwork(c): clockStreamsOfNetwork} {
		if !a.streams.begin(key, most) {
			return echo.NewHTTPError(http.StatusTooManyRequests)
		}
		defer a.streams.end(key)
	}
	ctx, cancel := context.WithTimeout(c.Request().Context(), guide.PracticeLife)
	defer cancel()
	defer context.AfterFunc(a.stop, cancel)()
	return a.tellOfChange(ctx, c, watched{table: "clock_checks", seen: c.QueryParam("sejak"), ends: true,
		look: func(ctx context.Context) (now, fresh string, err error) {
			newest, err := a.Guide.Measured(ctx, cookie(c, cookiePractice))
			return since(newest), "sekarang", err
		}})
}
