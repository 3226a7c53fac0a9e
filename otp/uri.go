package otp

import (
	"errors"
	"net/url"
	"regexp"
	"strings"
)

// ErrLabel refuses an issuer or account name that could alter the key URI: with `&` in the issuer an app may even read
// another secret (stack.md §1.4).
var ErrLabel = errors.New("otp: issuer or account has characters that a key URI cannot carry")

var (
	issuerPattern  = regexp.MustCompile(`^[\p{L}\p{N} ._-]{1,40}$`)
	accountPattern = regexp.MustCompile(`^[\p{L}\p{N} ._@-]{1,64}$`)
)

// URI is the otpauth:// address that a QR code or a link carries into the authenticator app. It shows the secret: never
// log it. The issuer comes from the directory's settings and is checked when they are set.
func URI(issuer, account string, s Secret) (string, error) {
	if !issuerPattern.MatchString(issuer) || !accountPattern.MatchString(account) {
		return "", ErrLabel
	}
	return "otpauth://totp/" + escape(issuer) + ":" + escape(account) +
		"?secret=" + s.Base32() +
		"&issuer=" + escape(issuer) +
		"&algorithm=SHA1&digits=6&period=30", nil
}

// escape writes a space as %20: some apps show a plus sign as it is.
func escape(s string) string { return strings.ReplaceAll(url.QueryEscape(s), "+", "%20") }
