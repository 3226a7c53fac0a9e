package app

import (
	"net/http"
	"strconv"
	"time"

	"github.com/labstack/echo/v4"

	"pulih/guide"
	"pulih/otp"
	"pulih/views"
)

type practiceForm struct {
	clockMeasuredForm
	Code string `form:"kode,raw"` // raw: only ASCII spaces may be dropped (TV-04)
	Age  string `form:"usia"`
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

func (a *App) limitPractice(c echo.Context) error {
	if a.clockIsOff() {
		return ErrClockOff
	}
	if err := a.limit(c, LimitPractice, limitNetwork(c)); err != nil {
		return err
	}
	p, err := a.ownPractice(c)
	if err != nil || !p.Far {
		return err
	}
	return a.limit(c, LimitFar, limitNetwork(c))
}

func (a *App) answerPractice(c echo.Context, tried guide.Tried) error {
	switch tried.Result {
	case guide.Judged:
		return seeOther(c, verdictAddress(tried.Verdict, ""))
	case guide.Same:
		return a.retryPractice(c, "Itu kode yang tadi. Tunggu sampai kode berganti, lalu ketik yang baru.")
	case guide.Unknown:
		return a.retryPractice(c, "Kode ini belum dikenali. Pilih entri LATIHAN. Tunggu kode berganti, lalu ketik yang baru.")
	case guide.Busy:
		return a.retryPractice(c, "Pencarian sedang ramai. Tunggu kode berganti, lalu ketik yang baru.")
	}
	return seeOther(c, practicePath) // next, or spent: the page says which
}

// retryPractice shows the page again; the code is never sent back.
func (a *App) retryPractice(c echo.Context, sentence string) error {
	p, err := a.ownPractice(c)
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
