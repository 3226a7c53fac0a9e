package app

import (
	"errors"
	"net/http"
	"strings"
	"time"

	"github.com/labstack/echo/v4"

	"pulih/accounts"
	"pulih/secret"
	"pulih/views"
)

// A flow's cookie lives a little longer than the flow, so that a late browser
// is told that it is late and not that it never came.
const resetCookieLife = 2 * time.Hour

// gateReset is the purpose of the gate before a mailed code.
const gateReset = "pulihkan"

const (
	titleResetNIP   = "Berapa NIP atau NI PPPK Anda?"
	titleResetEmail = "Apa email yang terdaftar?"
)

type resetNIPForm struct {
	NIP string `form:"nip"`
}

type resetEmailForm struct {
	Email string `form:"email"`
	GateForm
}

// resetNIP asks whose password is to be set.
func (a *App) resetNIP(c echo.Context) error {
	return a.showResetNIP(c, http.StatusOK, "")
}

func (a *App) showResetNIP(c echo.Context, status int, typed string, wrong ...views.FieldError) error {
	p := a.page(c, titleResetNIP)
	p.Back, p.Scripts, p.Errors = "/", []string{"nip.js"}, wrong
	return a.render(c, status, views.ResetNIP(p, views.ResetNIPPage{Flow: flowOf(c).words(), NIP: typed}))
}

// startReset begins a flow, for a number that nobody looks up here (EN-01).
func (a *App) startReset(c echo.Context) error {
	var f resetNIPForm
	if err := bind(c, &f); err != nil {
		return err
	}
	nip, _, err := accounts.ParseNIP(f.NIP)
	if err != nil {
		return a.showResetNIP(c, http.StatusUnprocessableEntity, f.NIP, views.FieldError{Field: "nip", Text: nipSentence(err)})
	}
	if err := a.limit(c, LimitStart, limitNetwork(c)); err != nil {
		return err
	}
	if err := a.limit(c, LimitResetNIP, string(nip), limitNetwork(c)); err != nil {
		return err
	}
	browser, err := a.Accounts.StartReset(c.Request().Context(), flowOf(c).purpose, nip, a.actor(c))
	if err != nil {
		return err
	}
	setCookie(c, cookieReset, browser, resetCookieLife)
	return seeOther(c, flowOf(c).at("/email"))
}

// resetEmail asks for the registered address, the first time and again.
func (a *App) resetEmail(c echo.Context) error {
	r, err := a.resetAt(c, accounts.ResetStarted, accounts.ResetSent)
	if err != nil {
		return a.orOver(c, err)
	}
	return a.showResetEmail(c, http.StatusOK, r, string(r.Email))
}

func (a *App) showResetEmail(c echo.Context, status int, r accounts.Reset, typed string, wrong ...views.FieldError) error {
	gate, err := a.newGate(c, gateReset)
	if err != nil {
		return err
	}
	p := a.page(c, titleResetEmail)
	p.Back, p.Scripts, p.Errors = flowOf(c).at(""), []string{"pow.js"}, wrong
	_, reading, _ := accounts.ParseNIP(string(r.NIP))
	return a.render(c, status, views.ResetEmail(p, views.ResetEmailPage{
		Flow: flowOf(c).words(), NIP: accounts.Group(r.NIP), Warning: reading.WarningAt(a.DB.Now().Time()),
		Email: typed, Again: r.State == accounts.ResetSent, Gate: gate,
	}))
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
	if !looksLikeEmail(f.Email) {
		return a.showResetEmail(c, http.StatusUnprocessableEntity, r, f.Email,
			views.FieldError{Field: "email", Text: "Ketik alamat email lengkap, misalnya nama@example.go.id."})
	}
	gate, err := a.passGate(c, gateReset, f.GateForm)
	if err != nil {
		return err
	}
	if !gate.Passed {
		return a.showResetEmail(c, http.StatusUnprocessableEntity, r, f.Email, gateWrong(gate)...)
	}
	return a.sendResetCode(c, r, f.Email, gate.Slow)
}

func (a *App) sendResetCode(c echo.Context, r accounts.Reset, email string, slow bool) error {
	if err := a.limitReset(c, r, email, slow); err != nil {
		return err
	}
	if err := a.tally(c, tallyAsked); err != nil {
		return err
	}
	asked, err := a.Accounts.AskResetCode(c.Request().Context(), accounts.ResetAsk{
		Flow: a.resetFlow(c), Email: secret.Email(email), Later: a.laneWait(slow), Network: a.network(c),
	}, a.actor(c))
	switch {
	case err != nil:
		return a.orOver(c, err)
	case asked.TooEarly && email != string(r.Email):
		return a.showResetEmail(c, http.StatusUnprocessableEntity, r, email,
			views.FieldError{Text: "Anda dapat meminta kode baru pukul " + withSeconds(asked.NextAt, a.Zone) + "."})
	}
	return seeOther(c, flowOf(c).at("/kode"))
}

func (a *App) limitReset(c echo.Context, r accounts.Reset, email string, slow bool) error {
	if err := a.limit(c, LimitResetBrowser, string(gateBrowser(c).Hash())); err != nil {
		return err
	}
	if err := a.limit(c, LimitReset, limitNetwork(c)); err != nil || !slow {
		return err
	}
	return a.limit(c, LimitSlowNIP, limitNetwork(c), string(r.NIP), strings.ToLower(email))
}

// gateWrong says what to do at the gate; asking for another picture is no
// mistake.
func gateWrong(g gateResult) []views.FieldError {
	if g.New {
		return nil
	}
	return []views.FieldError{{Field: "captcha", Text: "Angka tidak cocok. Lihat gambar yang baru atau dengarkan, lalu ketik angkanya."}}
}

// looksLikeEmail finds slips; whether the address is right nobody is told.
func looksLikeEmail(typed string) bool {
	name, domain, ok := strings.Cut(typed, "@")
	return ok && name != "" && strings.Contains(strings.Trim(domain, "."), ".") &&
		len(typed) <= 254 && !strings.ContainsAny(typed, " \t\r\n,;<>")
}
