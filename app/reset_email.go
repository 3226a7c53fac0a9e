package app

import (
	"errors"
	"net/http"
	"strings"

	"github.com/labstack/echo/v4"

	"pulih/accounts"
	"pulih/secret"
	"pulih/views"
)

// Other is set by the button that takes the offered spelling; Kept is an
// address that was typed so on purpose.
type resetEmailForm struct {
	Email string `form:"email"`
	Other string `form:"ejaan,optional"`
	Kept  string `form:"tetap,optional"`
	GateForm
}

// resetEmail asks for the registered address, the first time and again.
func (a *App) resetEmail(c echo.Context) error {
	r, err := a.resetAt(c, accounts.ResetStarted, accounts.ResetSent)
	if err != nil {
		return a.orOver(c, err)
	}
	return a.showResetEmail(c, http.StatusOK, r, views.ResetEmailPage{Email: string(r.Email)})
}

// offerSpelling asks whether another address was meant, and fills it in when
// that was pressed. Nothing is changed or sent by itself.
func (a *App) offerSpelling(c echo.Context, r accounts.Reset, f resetEmailForm, other string) error {
	if f.Other != "" {
		return a.showResetEmail(c, http.StatusOK, r, views.ResetEmailPage{Email: other})
	}
	return a.showResetEmail(c, http.StatusUnprocessableEntity, r, views.ResetEmailPage{Email: f.Email, Other: other, Kept: f.Email})
}

func (a *App) showResetEmail(c echo.Context, status int, r accounts.Reset, form views.ResetEmailPage, wrong ...views.FieldError) error {
	gate, err := a.newGate(c, gateReset)
	if err != nil {
		return err
	}
	p := a.page(c, titleResetEmail)
	p.Back, p.Scripts, p.Errors = flowOf(c).at(""), []string{"pow.js"}, wrong
	_, reading, _ := accounts.ParseNIP(string(r.NIP))
	form.Flow, form.NIP, form.Warning = flowOf(c).words(), accounts.Group(r.NIP), reading.WarningAt(a.DB.Now().Time())
	form.Again, form.Gate = r.State == accounts.ResetSent, gate
	return a.render(c, status, views.ResetEmail(p, form))
}

// askResetCode always answers the same: with the page that waits for a code.
func (a *App) askResetCode(c echo.Context) error {
	var f resetEmailForm
	if err := bind(c, &f); err != nil {
		return err
	}
	r, err := a.Accounts.Reset(c.Request().Context(), a.resetFlow(c))
	if errors.Is(err, accounts.ErrStep) {
		return a.sendResetCode(c, r, f.Email, false) // the verb refuses and logs it
	}
	if err != nil {
		return err
	}
	page, other := views.ResetEmailPage{Email: f.Email, Kept: f.Kept}, suggestAddress(f.Email, a.agencyDomain())
	switch {
	case other != "" && f.Kept != f.Email:
		return a.offerSpelling(c, r, f, other)
	case !looksLikeEmail(f.Email):
		return a.showResetEmail(c, http.StatusUnprocessableEntity, r, page,
			views.FieldError{Field: "email", Text: "Ketik alamat email lengkap, misalnya nama@example.go.id."})
	}
	gate, err := a.passGate(c, gateReset, f.GateForm)
	if err != nil {
		return err
	}
	if !gate.Passed {
		return a.showResetEmail(c, http.StatusUnprocessableEntity, r, page, gateWrong(gate, f.Captcha)...)
	}
	return a.sendResetCode(c, r, f.Email, gate.Slow)
}

func (a *App) sendResetCode(c echo.Context, r accounts.Reset, email string, slow bool) error {
	if err := a.limitReset(c, r, email, slow); err != nil {
		return err
	}
	asked, err := a.Accounts.AskResetCode(c.Request().Context(), accounts.ResetAsk{
		Flow: a.resetFlow(c), Email: secret.Email(email), Later: a.laneWait(slow), Network: a.network(c),
	}, a.actor(c))
	switch {
	case err != nil:
		return a.orOver(c, err)
	case !asked.TooEarly && !asked.Spent:
		a.tally(c, tallyAsked)
	case asked.TooEarly && email != string(r.Email):
		return a.showResetEmail(c, http.StatusUnprocessableEntity, r, views.ResetEmailPage{Email: email},
			views.FieldError{Text: "Anda dapat meminta kode baru pukul " + withSeconds(asked.NextAt, a.Zone) + "."})
	}
	return seeOther(c, flowOf(c).at("/kode"))
}

func (a *App) limitReset(c echo.Context, r accounts.Reset, email string, slow bool) error {
	uses := []Use{use(LimitResetBrowser, string(gateBrowser(c).Hash())), use(LimitReset, limitNetwork(c))}
	if slow {
		uses = append(uses, use(LimitSlowNIP, limitNetwork(c), string(r.NIP), strings.ToLower(email)))
	}
	return a.limits(c, uses...)
}

// looksLikeEmail finds slips; whether the address is right nobody is told.
func looksLikeEmail(typed string) bool {
	name, domain, ok := strings.Cut(typed, "@")
	return ok && name != "" && strings.Contains(strings.Trim(domain, "."), ".") &&
		len(typed) <= 254 && !strings.ContainsAny(typed, " \t\r\n,;<>")
}
