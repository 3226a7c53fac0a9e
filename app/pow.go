package app

import (
	"crypto/hmac"
	"crypto/sha256"
	"encoding/base64"
	"errors"
	"math/bits"
	"strconv"
	"strings"
	"time"

	"github.com/labstack/echo/v4"

	"pulih/db"
	"pulih/views"
)

// A proof of work costs a cheap phone about a second and a flooder the same
// for each request. It is the way without a test: nothing to see, hear or
// remember. The challenge is stateless; only a spent one leaves a row.
const (
	powLife = 30 * time.Minute
	powBits = 15 // 32,768 hashes on average
	// powHardBits holds while a network is above a third of its resets, and
	// for everybody in a flood: harder instead of closed.
	powHardBits = 17
	powHardFrom = 1.0 / 3
)

func (a *App) newPow(c echo.Context, purpose string) views.Pow {
	n := powBits
	if a.flood.Load() {
		n = powHardBits
	} else if used, err := a.Limits.Used(c.Request().Context(), LimitReset, limitNetwork(c)); err != nil || used > powHardFrom {
		n = powHardBits
	}
	until := strconv.FormatInt(int64(a.DB.Now().Add(powLife)), 36)
	body := until + "." + strconv.Itoa(n) + "." + db.NewID()
	return views.Pow{Challenge: body + "." + a.powMAC(c, purpose, body), Bits: n}
}

// powMAC binds a challenge to its purpose and to the browser it was made for.
func (a *App) powMAC(c echo.Context, purpose, body string) string {
	return base64.RawURLEncoding.EncodeToString(a.Keys.Sum("pow", purpose, body, string(gateBrowser(c))))
}

// spendPow accepts a solved challenge once.
func (a *App) spendPow(c echo.Context, purpose string, f GateForm) (bool, error) {
	until, n, ok := a.readPow(c, purpose, f.Challenge)
	if !ok || !solves(f.Challenge, f.Pow, n) {
		return false, nil
	}
	ctx, fresh := c.Request().Context(), false
	sum := sha256.Sum256([]byte(f.Challenge))
	err := a.DB.Write(ctx, func(tx *db.Tx) error {
		fresh = until > tx.Now
		_, err := tx.Exec(ctx, insertSpent, sum[:], until)
		return err
	})
	if errors.Is(err, db.ErrConflict) {
		return false, nil
	}
	return fresh, err
}

func (a *App) readPow(c echo.Context, purpose, challenge string) (until db.Time, n int, ok bool) {
	cut := strings.LastIndexByte(challenge, '.')
	if cut < 0 {
		return 0, 0, false
	}
	body, mac := challenge[:cut], challenge[cut+1:]
	if !hmac.Equal([]byte(mac), []byte(a.powMAC(c, purpose, body))) {
		return 0, 0, false
	}
	parts := strings.Split(body, ".")
	if len(parts) != 3 {
		return 0, 0, false
	}
	t, err1 := strconv.ParseInt(parts[0], 36, 64)
	n, err2 := strconv.Atoi(parts[1])
	return db.Time(t), n, err1 == nil && err2 == nil
}

// solves says whether SHA-256(challenge ":" nonce) begins with n zero bits.
func solves(challenge, nonce string, n int) bool {
	if nonce == "" || len(nonce) > 20 {
		return false
	}
	sum := sha256.Sum256([]byte(challenge + ":" + nonce))
	zeros := 0
	for _, b := range sum {
		zeros += bits.LeadingZeros8(b)
		if b != 0 {
			break
		}
	}
	return zeros >= n
}
