package otp

import (
	"crypto/subtle"
	"regexp"
	"strings"
	"time"

	"github.com/pquerna/otp"
	"github.com/pquerna/otp/hotp"
)

const period = 30 // seconds

// skew is how many steps a sign-in may be early or late (RFC 6238 §5.2, TV-01).
const skew = 1

// near is how far Near looks: five minutes.
const near = 10

var (
	sixDigits  = regexp.MustCompile(`^[0-9]{6}$`)
	separators = strings.NewReplacer(" ", "", "-", "")
	options    = hotp.ValidateOpts{Digits: otp.DigitsSix, Algorithm: otp.AlgorithmSHA1}
)

// Clean removes ASCII spaces and hyphens and tells whether six ASCII digits remain. It comes before limits, replay and
// comparison, so that " 123456" is never another code than "123456" (TV-04, CVE-2025-6014).
func Clean(input string) (string, bool) {
	code := separators.Replace(input)
	if !sixDigits.MatchString(code) {
		return "", false
	}
	return code, true
}

// Verify tells which step a cleaned code is for, among the one before now, now and the one after (TV-01). All three are
// compared in constant time. The newest match wins, so that a step once recorded as used also covers an equal code in
// the step before it. The caller makes it single-use: `UPDATE … WHERE last_step < step` must change one row (TV-02).
func Verify(s Secret, code string, now time.Time) (step int64, ok bool) {
	found, at := 0, 0
	for k := -skew; k <= skew; k++ {
		match := equal(code, Code(s, Step(now)+int64(k)))
		found |= match
		at = subtle.ConstantTimeSelect(match, k, at)
	}
	if found == 0 || !sixDigits.MatchString(code) {
		return 0, false
	}
	return Step(now) + int64(at), true
}

// Near tells how many steps a cleaned code is early (above zero) or late (below), up to ten. It is an oracle: only for
// people who have given the right password or hold a ticket, and it counts as a failure (TV-10).
func Near(s Secret, code string, now time.Time) (offset int, ok bool) {
	for _, k := range Search(s, code, now, near) {
		if !ok || abs(k) < abs(offset) {
			offset, ok = k, true
		}
	}
	return offset, ok
}

// Step is the number of whole 30-second steps from the Unix epoch to t (RFC 6238 §4.2).
func Step(t time.Time) int64 {
	seconds := t.Unix()
	if seconds < 0 {
		seconds -= period - 1 // round down, not towards zero
	}
	return seconds / period
}

// Latest is the last step whose code Verify takes at t: with it spent, nothing
// counts that anybody has read from an authenticator up to now.
func Latest(t time.Time) int64 { return Step(t) + skew }

// Code is the six-digit code of a step. It is empty, and so matches nothing that was typed, for a step before the epoch
// and for a secret shorter than 128 bit.
func Code(s Secret, step int64) string {
	if step < 0 || len(s) < minSecretBytes {
		return ""
	}
	code, err := hotp.GenerateCodeCustom(s.Base32(), uint64(step), options)
	if err != nil {
		return "" // base32 made here always decodes
	}
	return code
}

func equal(a, b string) int { return subtle.ConstantTimeCompare([]byte(a), []byte(b)) }

func abs(k int) int { return max(k, -k) }
