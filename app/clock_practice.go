package app

import (
	"errors"
	"net/http"
	"strconv"
	"time"

	"github.com/labstack/echo/v4"

	"pulih/guide"
	"pulih/otp"
	"pulih/secret"
	"pulih/views"
)

const practiceLife = 15 * time.Minute

type practiceForm struct {
	clockMeasuredForm
	Code string `form:"kode,raw"` // raw: only ASCII spaces may be dropped (TV-04)
	Age  string `form:"usia"`
}

// beginPractice makes a throw-away entry and binds it to this browser.
func (a *App) beginPractice(c echo.Context) error {
	return a.withPractice(c, func() (secret.Token, error) {
		return a.Guide.Practise(c.Request().Context(), a.actor(c))
	})
}

// takePractice goes on with a laptop's entry on the phone. No account and no
// ticket hangs on it (impostor 10).
func (a *App) takePractice(c echo.Context) error {
	return a.withPractice(c, func() (secret.Token, error) {
		return a.Guide.TakeOver(c.Request().Context(), secret.Token(c.Param("token")), a.actor(c))
	})
}

func (a *App) withPractice(c echo.Context, make func() (secret.Token, error)) error {
	if err := a.limitPractice(c); err != nil {
		return err
	}
	token, err := make()
	if err != nil {
		return err
	}
	setCookie(c, cookiePractice, token, practiceLife)
	return seeOther(c, "/cek-jam/latihan")
}

// practiceHandOff shows a button; only pressing it changes anything (law 8).
func (a *App) practiceHandOff(c echo.Context) error {
	if err := a.Guide.HandedOff(c.Request().Context(), secret.Token(c.Param("token"))); err != nil {
		return err
	}
	return a.render(c, http.StatusOK, views.PracticeHandOff(a.page(c, "Lanjutkan cek jam di HP ini")))
}

func (a *App) practice(c echo.Context) error {
	p, err := a.Guide.Practice(c.Request().Context(), cookie(c, cookiePractice))
	if errors.Is(err, guide.ErrNoPractice) {
		return seeOther(c, "/cek-jam")
	}
	if err != nil {
		return err
	}
	return a.showPractice(c, http.StatusOK, p)
}

func (a *App) showPractice(c echo.Context, status int, p guide.Practice, wrong ...views.FieldError) error {
	uri, err := p.URI()
	if err != nil {
		return err
	}
	code, err := otp.QR(uri)
	if err != nil {
		return err
	}
	handOff, err := otp.QR(a.BaseURL.JoinPath("cek-jam", string(p.HandOff)).String())
	if err != nil {
		return err
	}
	page := a.page(c, "Uji dengan kode latihan")
	page.Back, page.Scripts, page.Errors = "/cek-jam", []string{"clock.js", "copy.js", "countdown.js"}, wrong
	return a.render(c, status, views.Practice(page, views.PracticePage{
		Computer: guide.IsComputer(c.Request().UserAgent()),
		URI:      uri, Code: code, Key: p.Secret.Grouped(), HandOff: handOff,
		Halfway: p.Halfway, Left: p.Left, Until: a.practiceEnds(p),
	}))
}

func (a *App) practiceEnds(p guide.Practice) views.Countdown {
	return views.Countdown{
		Until: p.Until.Time().Format(time.RFC3339),
		Left:  int(p.Until.Sub(a.DB.Now()).Seconds()),
		Shown: p.Until.Hour(a.Zone),
		Done:  "Entri latihan sudah tidak berlaku. Buat yang baru.",
	}
}

// tryPractice takes one code. What is no code at all costs no try.
func (a *App) tryPractice(c echo.Context) error {
	var f practiceForm
	if err := bind(c, &f); err != nil {
		return err
	}
	code, ok := otp.Clean(f.Code)
	if !ok {
		return a.retryPractice(c, notSixDigits(f.Code))
	}
	if err := a.limitPractice(c); err != nil {
		return err
	}
	tried, err := a.Guide.TryCode(c.Request().Context(), cookie(c, cookiePractice), f.submission(c, code), a.actor(c))
	if err != nil {
		return err
	}
	return a.answerPractice(c, tried)
}

func (a *App) answerPractice(c echo.Context, tried guide.Tried) error {
	switch tried.Result {
	case guide.Judged:
		return seeOther(c, verdictAddress(tried.Verdict, ""))
	case guide.Same:
		return a.retryPractice(c, "Itu kode yang tadi. Tunggu sampai kode berganti, lalu ketik yang baru.")
	case guide.Unknown:
		return a.retryPractice(c, "Kode ini bukan dari entri LATIHAN, atau salah ketik. Ketik kode yang baru.")
	}
	return seeOther(c, "/cek-jam/latihan") // next, or spent: the page says which
}

// retryPractice shows the page again; the code is never sent back.
func (a *App) retryPractice(c echo.Context, sentence string) error {
	p, err := a.Guide.Practice(c.Request().Context(), cookie(c, cookiePractice))
	if err != nil {
		return err
	}
	return a.showPractice(c, http.StatusUnprocessableEntity, p, views.FieldError{Field: "kode", Text: sentence})
}

func (f practiceForm) submission(c echo.Context, code string) guide.Submission {
	s := guide.Submission{Code: code, Computer: guide.IsComputer(c.Request().UserAgent())}
	if drift, ok := f.drift(); ok && !s.Computer {
		s.System = &drift
	}
	s.Age, s.Pressed = milliseconds(f.Age, time.Minute)
	return s
}

func milliseconds(text string, most time.Duration) (time.Duration, bool) {
	n, err := strconv.ParseInt(text, 10, 64)
	ok := err == nil && n <= most.Milliseconds() && n >= -most.Milliseconds()
	return time.Duration(n) * time.Millisecond, ok
}

func notSixDigits(typed string) string {
	if typed == "" {
		return "Ketik kode 6 angka dari entri LATIHAN."
	}
	return "Kode terdiri dari 6 angka saja. Periksa lagi ketikan Anda."
}
