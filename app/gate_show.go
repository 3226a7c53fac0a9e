package app

import (
	"bytes"
	"math/rand/v2"
	"net/http"
	"path"
	"strings"
	"time"

	"github.com/dchest/captcha"
	"github.com/labstack/echo/v4"

	"pulih/db"
)

// showCaptcha draws a captcha, or says it, a few times at most.
func (a *App) showCaptcha(c echo.Context) error {
	kind := path.Ext(c.Param("id"))
	id := strings.TrimSuffix(c.Param("id"), kind)
	switch kind {
	case ".png":
		number, err := a.captchaNumber(c, id, 1)
		if err != nil {
			return err
		}
		return sendOnce(c, "image/png", picture(id, number))
	case ".wav":
		return a.sayCaptcha(c, id)
	}
	return db.ErrNotFound
}

// sayCaptcha sends the sound. It is the same each time, because a player
// fetches it in parts; Safari asks for two bytes first, which count for none.
func (a *App) sayCaptcha(c echo.Context, id string) error {
	if err := a.limit(c, LimitVoice, limitNetwork(c)); err != nil {
		return err
	}
	counts := 1
	if c.Request().Header.Get("Range") == "bytes=0-1" {
		counts = 0
	}
	number, err := a.captchaNumber(c, id, counts)
	if err != nil {
		return err
	}
	chance := rand.New(rand.NewChaCha8([32]byte(a.Keys.Sum("captcha.voice", id))))
	return sendOnce(c, "audio/wav", speak(number, a.Assets.Digit, chance))
}

// captchaNumber reads a captcha of this browser that has not expired.
func (a *App) captchaNumber(c echo.Context, id string, counts int) ([]byte, error) {
	var sealed []byte
	ctx := c.Request().Context()
	err := a.DB.Write(ctx, func(tx *db.Tx) error {
		return tx.Row(ctx, showCaptcha, id, gateBrowser(c).Hash(), tx.Now, captchaShows, counts).Scan(&sealed)
	})
	if err != nil {
		return nil, err
	}
	return a.Keys.Open("captchas|digits|"+id, sealed)
}

func picture(id string, number []byte) []byte {
	var b bytes.Buffer
	_, _ = captcha.NewImage(id, number, captcha.StdWidth, captcha.StdHeight).WriteTo(&b) // a buffer takes all
	return b.Bytes()
}

// sendOnce sends what no cache may keep, in parts where those are asked for.
func sendOnce(c echo.Context, kind string, body []byte) error {
	c.Response().Header().Set(echo.HeaderContentType, kind)
	http.ServeContent(c.Response(), c.Request(), "", time.Time{}, bytes.NewReader(body))
	return nil
}
