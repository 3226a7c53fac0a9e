package app

import "github.com/labstack/echo/v4"

// limit takes one unit for key, or ends the request with how long to wait.
func (a *App) limit(c echo.Context, l Limit, key ...string) error {
	wait, err := a.Limits.Take(c.Request().Context(), l, key...)
	if err == nil && wait > 0 {
		err = &TooMany{Wait: wait}
	}
	return err
}
