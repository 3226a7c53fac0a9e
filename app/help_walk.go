package app

import (
	"net/http"

	"github.com/labstack/echo/v4"

	"pulih/guide"
	"pulih/views"
)

// walk is this browser's way through the troubleshooter so far.
func (a *App) walk(c echo.Context) (guide.Walk, error) {
	return a.Guide.Walk(c.Request().Context(), cookie(c, cookieWalk))
}

// limitWalk counts a walk that has begun by itself, and a new one by network.
func (a *App) limitWalk(c echo.Context) error {
	walk, err := a.walk(c)
	if err != nil {
		return err
	}
	if walk.LastAt > 0 {
		return a.limit(c, LimitWalk, string(cookie(c, cookieWalk)))
	}
	return a.limit(c, LimitHelp, limitNetwork(c))
}

// helpAround is what stands around a page of the troubleshooter. Trouble at
// the portal is told at the questions, and at the symptoms it explains.
func (a *App) helpAround(c echo.Context, portal bool) (around views.HelpAround, err error) {
	walk, err := a.walk(c)
	if err != nil {
		return around, err
	}
	around.Helper = walk.Helper
	if portal {
		around.Incidents, err = a.notices(c)
	}
	return around, err
}

// solved tells the walk of this browser that a recovery came to its end. A
// figure that is lost is no reason to show an error to whoever is back in.
func (a *App) solved(c echo.Context, by guide.Means) {
	token := cookie(c, cookieWalk)
	if err := a.Guide.Solve(c.Request().Context(), token, by); err != nil {
		a.Log.ErrorContext(c.Request().Context(), "walk not marked", "error", err)
	}
	if token != "" {
		setCookie(c, cookieWalk, token, guide.WalkLife) // as long as its walk
	}
}

type helperForm struct {
	On string `form:"pendamping"`
}

// helpHelper explains how to help somebody, with the switch.
func (a *App) helpHelper(c echo.Context) error {
	walk, err := a.walk(c)
	if err != nil {
		return err
	}
	page := a.page(c, "Membantu orang lain")
	page.Back = "/bantuan"
	return a.render(c, http.StatusOK, views.HelpHelperPage(page, views.HelpHelper{On: walk.Helper}))
}

// helpHelperSwitch turns the words for a helper on or off.
func (a *App) helpHelperSwitch(c echo.Context) error {
	var f helperForm
	if err := bind(c, &f); err != nil {
		return err
	}
	if err := a.limitWalk(c); err != nil {
		return err
	}
	token, err := a.Guide.Help(c.Request().Context(), cookie(c, cookieWalk), f.On == "ya")
	if err != nil {
		return err
	}
	setCookie(c, cookieWalk, token, guide.WalkLife)
	return seeOther(c, "/bantuan")
}

// helpForget lets this browser forget its walk: the next person at a shared
// computer begins his own.
func (a *App) helpForget(c echo.Context) error {
	forgetWalk(c)
	return seeOther(c, "/tiket/baru")
}

// forgetWalk drops the practice too, which measures for its walk.
func forgetWalk(c echo.Context) {
	dropCookie(c, cookieWalk)
	dropCookie(c, cookiePractice)
}
