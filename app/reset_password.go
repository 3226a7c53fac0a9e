package app

import (
	"net/http"
	"strings"

	"github.com/labstack/echo/v4"

	"pulih/accounts"
	"pulih/guide"
	"pulih/secret"
	"pulih/views"
)

type resetPasswordForm struct {
	Password string `form:"sandi,raw"`
	Username string `form:"username,optional"`
	OTP      string `form:"otp,optional"`
}

// resetPassword asks for the new password.
func (a *App) resetPassword(c echo.Context) error {
	if _, err := a.resetAt(c, accounts.ResetProven); err != nil {
		return a.orOver(c, err)
	}
	return a.showResetPassword(c, http.StatusOK, false)
}

// resetPhrase offers a password that was made here.
func (a *App) resetPhrase(c echo.Context) error {
	if _, err := a.resetAt(c, accounts.ResetProven); err != nil {
		return a.orOver(c, err)
	}
	return a.showResetPassword(c, http.StatusOK, true)
}

func (a *App) showResetPassword(c echo.Context, status int, phrase bool, wrong ...views.FieldError) error {
	owner, err := a.Accounts.ResetOwner(c.Request().Context(), a.resetFlow(c))
	if err != nil {
		return a.orOver(c, err)
	}
	if owner.NeedsOTP && !owner.HasDevice {
		return a.over(c, http.StatusForbidden, "Akun ini sedang dijaga dan belum bisa dipulihkan lewat email. Datanglah ke loket kami dengan dokumen asli.")
	}
	p := a.page(c, flowOf(c).link)
	p.Scripts, p.Errors = []string{"password.js", "copy.js"}, wrong
	form := views.ResetPasswordPage{Flow: flowOf(c).words(), NIP: string(owner.NIP), NeedsOTP: owner.NeedsOTP}
	if phrase {
		form.Phrase = string(owner.Passphrase)
	}
	return a.render(c, status, views.ResetPassword(p, form))
}

// finishReset sets the password and leads to the sign-in: nobody is signed in
// by a mail (RC-15).
func (a *App) finishReset(c echo.Context) error {
	var f resetPasswordForm
	if err := bind(c, &f); err != nil {
		return err
	}
	if err := a.limit(c, LimitCode, limitNetwork(c)); err != nil {
		return err
	}
	done, err := a.Accounts.FinishReset(c.Request().Context(), accounts.ResetPassword{
		Browser: cookie(c, cookieReset), Password: secret.Password(f.Password), OTP: f.OTP,
	}, a.actor(c))
	if err != nil {
		return a.orOver(c, err)
	}
	if !done.OK {
		return a.showResetPassword(c, http.StatusUnprocessableEntity, false, passwordWrong(done)...)
	}
	dropCookie(c, cookieReset)
	a.solved(c, guide.ByReset)
	return seeOther(c, "/masuk?sandi=baru")
}

func passwordWrong(d accounts.ResetDone) (wrong []views.FieldError) {
	switch {
	case len(d.Reasons) > 0:
		wrong = append(wrong, passwordRefused(d.Reasons))
	case d.OTPClosed:
		wrong = append(wrong, views.FieldError{Field: "otp", Text: "Terlalu banyak kode OTP salah hari ini. Coba lagi besok, atau datang ke loket."})
	case d.OTPWrong:
		wrong = append(wrong, views.FieldError{Field: "otp", Text: "Kode OTP tidak cocok. Tunggu kode berikutnya, lalu ketik lagi."})
	}
	return wrong
}

func passwordRefused(reasons []string) views.FieldError {
	return views.FieldError{Field: "sandi", Text: strings.Join(reasons, " ")}
}
