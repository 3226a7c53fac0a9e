package app

import (
	"net/http"

	"github.com/labstack/echo/v4"

	"pulih/accounts"
	"pulih/secret"
)

type firstPasswordForm struct {
	Password string `form:"sandi,raw"`
	Username string `form:"username,optional"`
}

// beginActivation takes the first password and leads to the first device.
// Nothing changes before that device's first code (RC-14).
func (a *App) beginActivation(c echo.Context) error {
	var f firstPasswordForm
	if err := bind(c, &f); err != nil {
		return err
	}
	if err := a.limit(c, LimitCode, limitNetwork(c)); err != nil {
		return err
	}
	begun, err := a.Accounts.BeginActivation(c.Request().Context(), accounts.FirstPassword{
		Browser: cookie(c, cookieReset), Password: secret.Password(f.Password),
	}, a.actor(c))
	if err != nil {
		return a.orOver(c, err)
	}
	if len(begun.Reasons) > 0 {
		return a.showResetPassword(c, http.StatusUnprocessableEntity, false, passwordRefused(begun.Reasons))
	}
	return a.beginEnrolling(c, begun.Token, begun.Until)
}
