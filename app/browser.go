package app

import (
	"crypto/sha256"
	"crypto/subtle"
	"encoding/base64"
	"encoding/hex"
	"strings"

	"github.com/labstack/echo/v4"

	"pulih/secret"
)

// A staff browser is known by a long-lived cookie: one that checked does not
// approve for twelve hours (impostor 17). It is signed, so that nobody makes
// one up. What it cannot tell is in docs/security.md.

// signedBrowser is a token with its signature.
func (a *App) signedBrowser(token secret.Token) secret.Token {
	return token + "." + secret.Token(base64.RawURLEncoding.EncodeToString(a.Keys.Sum("browser", string(token))))
}

// staffBrowser is the cookie of this browser, "" where there is none that we
// have signed.
func (a *App) staffBrowser(c echo.Context) secret.Token {
	found := cookie(c, cookieBrowser)
	token, _, _ := strings.Cut(string(found), ".")
	if subtle.ConstantTimeCompare([]byte(found), []byte(a.signedBrowser(secret.Token(token)))) != 1 {
		return ""
	}
	return found
}

// browserHash names the staff browser. Without its cookie it is "", and the
// desk refuses what depends on knowing the browser again.
func (a *App) browserHash(c echo.Context) string {
	known := a.staffBrowser(c)
	if known == "" {
		return ""
	}
	sum := sha256.Sum256([]byte(known))
	return hex.EncodeToString(sum[:])
}
