package app

import (
	"crypto/subtle"
	"errors"
	"time"

	"github.com/dchest/captcha"
	"github.com/labstack/echo/v4"

	"pulih/db"
	"pulih/views"
)

// The gate stands before every anonymous form that costs mail or staff time.
// It prices floods and identifies nobody: the image is read by a program in
// 12 ms, so every limit holds with the gate wide open (CA-04). Whoever cannot
// see or hear it passes by proof of work, or by the slow lane, so that WCAG
// 2.2 SC 3.3.8 holds.
const (
	captchaLife   = 5 * time.Minute
	captchaDigits = 6
	captchaShows  = 5 // pictures and sounds of one captcha
	// captchaMost are kept at once, the newest; looked after once for so many
	// new ones (CA-06).
	captchaMost = 50_000
	captchaTrim = 1_000

	// How much later a code comes through the slow lane, and in a flood.
	slowLane      = 3 * time.Minute
	slowLaneFlood = 15 * time.Minute
)

// GateForm is what a gated form sends beside its own fields; its struct embeds
// this one.
type GateForm struct {
	Captcha   string `form:"captcha,optional"`
	CaptchaID string `form:"captcha_id,optional"`
	Pow       string `form:"pow,optional"`
	Challenge string `form:"tantangan,optional"`
	Lane      string `form:"jalur,optional"`
}

// gateResult says how somebody passed. New is true when only another picture
// was asked for.
type gateResult struct {
	Passed, Slow, New bool
}

// newGate makes the gate that a form shows. Its captcha belongs to purpose
// and to this browser.
func (a *App) newGate(c echo.Context, purpose string) (views.Gate, error) {
	ctx, browser := c.Request().Context(), gateBrowser(c)
	g := views.Gate{Pow: a.newPow(c, purpose)}
	if wait, err := a.Limits.Take(ctx, LimitCaptchaBrowser, string(browser.Hash())); err != nil || wait > 0 {
		return g, err
	}
	if wait, err := a.Limits.Take(ctx, LimitCaptcha, limitNetwork(c)); err != nil || wait > 0 {
		return g, err
	}
	g.CaptchaID = db.NewID()
	sealed := a.Keys.Seal("captchas|digits|"+g.CaptchaID, captcha.RandomDigits(captchaDigits))
	return g, a.DB.Write(ctx, func(tx *db.Tx) error {
		_, err := tx.Exec(ctx, insertCaptcha, g.CaptchaID, purpose, browser.Hash(), sealed, tx.Now.Add(captchaLife))
		if err == nil && a.captchas.Add(1)%captchaTrim == 0 {
			_, err = tx.Exec(ctx, capCaptchas, captchaMost-captchaTrim, captchaMost)
		}
		return err
	})
}

// laneWait is how long what passed has to wait.
func (a *App) laneWait(slow bool) time.Duration {
	switch {
	case !slow:
		return 0
	case a.flood.Load():
		return slowLaneFlood
	}
	return slowLane
}

// passGate decides before anything else is looked at (CA-03). What was used
// once, rightly or wrongly, is gone.
func (a *App) passGate(c echo.Context, purpose string, f GateForm) (gateResult, error) {
	switch {
	case f.Lane == "gambar-baru":
		return gateResult{New: true}, nil
	case f.Lane == "lambat":
		err := a.limit(c, LimitSlow, limitNetwork(c))
		a.Metrics.tried("slow", err == nil)
		return gateResult{Passed: err == nil, Slow: true}, err
	}
	ok, err := a.spendPow(c, purpose, f)
	if err != nil || ok {
		a.Metrics.tried("proof", ok)
		return gateResult{Passed: ok}, err
	}
	ok, err = a.takeCaptcha(c, purpose, f)
	a.Metrics.tried(f.way(), ok)
	return gateResult{Passed: ok}, err
}

// way is what was tried where no proof was right.
func (f GateForm) way() string {
	switch {
	case f.Captcha != "":
		return "captcha"
	case f.Pow != "":
		return "proof"
	}
	return "nothing"
}

func (a *App) takeCaptcha(c echo.Context, purpose string, f GateForm) (bool, error) {
	ctx := c.Request().Context()
	typed, typedOK := digits(f.Captcha)
	if f.CaptchaID == "" || !typedOK {
		return false, nil
	}
	var sealed []byte
	err := a.DB.Write(ctx, func(tx *db.Tx) error {
		return tx.Row(ctx, takeCaptcha, f.CaptchaID, gateBrowser(c).Hash(), purpose, tx.Now).Scan(&sealed)
	})
	if errors.Is(err, db.ErrNotFound) {
		return false, nil
	}
	if err != nil {
		return false, err
	}
	want, err := a.Keys.Open("captchas|digits|"+f.CaptchaID, sealed)
	return err == nil && subtle.ConstantTimeCompare(want, typed) == 1, err
}

// digits reads what was typed as dchest's digits, 0 to 9 as bytes. Spaces are
// left out; dchest's own comparison would take them for zeros.
func digits(typed string) ([]byte, bool) {
	var out []byte
	for _, r := range typed {
		switch {
		case r >= '0' && r <= '9':
			out = append(out, byte(r-'0'))
		case r != ' ':
			return nil, false
		}
	}
	return out, len(out) == captchaDigits
}

// gateWrong says what to do at the gate; asking for another picture is no
// mistake.
func gateWrong(g gateResult, typed string) []views.FieldError {
	text := "Angka tidak cocok. Lihat gambar yang baru atau dengarkan, lalu ketik angkanya."
	switch {
	case g.New:
		return nil
	case typed == "":
		text = "Ketik 6 angka yang Anda lihat atau dengar, lalu kirim lagi."
	}
	return []views.FieldError{{Field: "captcha", Text: text}}
}
