package app

import (
	"errors"
	"net/http"

	"github.com/labstack/echo/v4"

	"pulih/guide"
	"pulih/otp"
	"pulih/secret"
	"pulih/views"
)

const practicePath = "/cek-jam/latihan"

// beginPractice makes a throw-away entry and binds it to this browser.
func (a *App) beginPractice(c echo.Context) error { return a.practiseFor(c, cookie(c, cookieWalk)) }

func (a *App) practiseFor(c echo.Context, walk secret.Token) error {
	return a.withPractice(c, practicePath, func() (secret.Token, error) {
		return a.Guide.Practise(c.Request().Context(), walk, a.actor(c))
	})
}

// takePractice measures on the phone for a laptop, the quick way first. No
// account and no ticket hangs on it (impostor 10).
func (a *App) takePractice(c echo.Context) error {
	return a.withPractice(c, "/cek-jam", func() (secret.Token, error) {
		return a.Guide.TakeOver(c.Request().Context(), secret.Token(c.Param("token")), a.actor(c))
	})
}

func (a *App) withPractice(c echo.Context, next string, begin func() (secret.Token, error)) error {
	if err := a.limit(c, LimitPractice, limitNetwork(c)); err != nil {
		return err
	}
	token, err := begin()
	if err != nil {
		return a.orGoOn(c, err)
	}
	setCookie(c, cookiePractice, token, guide.PracticeLife)
	return seeOther(c, next)
}

// practiceHandOff shows a button; only pressing it changes anything (law 8).
func (a *App) practiceHandOff(c echo.Context) error {
	if err := a.Guide.HandedOff(c.Request().Context(), secret.Token(c.Param("token"))); err != nil {
		return a.orGoOn(c, err)
	}
	return a.render(c, http.StatusOK, views.PracticeHandOff(a.page(c, "Lanjutkan cek jam di HP ini")))
}

// orGoOn forgives the second press of a button: this browser has its practice.
func (a *App) orGoOn(c echo.Context, err error) error {
	if !errors.Is(err, guide.ErrNoPractice) {
		return err
	}
	if _, none := a.ownPractice(c); none != nil {
		return err
	}
	return seeOther(c, practicePath)
}

func (a *App) ownPractice(c echo.Context) (guide.Practice, error) {
	return a.Guide.Practice(c.Request().Context(), cookie(c, cookiePractice))
}

func (a *App) practice(c echo.Context) error {
	p, err := a.ownPractice(c)
	if errors.Is(err, guide.ErrNoPractice) {
		return seeOther(c, "/cek-jam")
	}
	if err != nil {
		return err
	}
	return a.showPractice(c, http.StatusOK, p)
}

func (a *App) showPractice(c echo.Context, status int, p guide.Practice, wrong ...views.FieldError) error {
	form, err := a.practicePage(p)
	if err != nil {
		return err
	}
	if err := a.practiceResult(c, p, &form); err != nil {
		return err
	}
	title := "Uji dengan kode latihan"
	if form.Computer {
		title = "Ukur jam di HP Anda"
	}
	page := a.page(c, title)
	page.Back, page.Errors = "/cek-jam", wrong
	page.Scripts = []string{"clock.js", "copy.js", "countdown.js"}
	if form.Waiting != "" {
		page.Scripts = append(page.Scripts, "wait.js")
	}
	return a.render(c, status, views.Practice(page, form))
}

func (a *App) practicePage(p guide.Practice) (form views.PracticePage, err error) {
	form = views.PracticePage{Key: p.Secret.Grouped(), Halfway: p.Halfway, Taken: p.Taken, Left: p.Left, Until: a.countdown(p.Until, "Entri latihan sudah tidak berlaku. Buat yang baru.")}
	if form.URI, err = p.URI(); err != nil {
		return form, err
	}
	form.Code, err = otp.QR(form.URI)
	return form, err
}
