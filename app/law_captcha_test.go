package app

import (
	"regexp"
	"strings"
	"testing"
)

// lawCaptchas are the digits of the captchas that wait for an answer, as the
// server keeps them: bytes of 0 to 9.
func (x *test) lawCaptchas(t *testing.T) (all []string) {
	t.Helper()
	for _, row := range lawRows(t, x.DB, `SELECT id, digits FROM captchas`, func(v []any) string {
		return v[0].(string) + "\x1f" + string(v[1].([]byte))
	}) {
		id, sealed, _ := strings.Cut(row, "\x1f")
		all = append(all, string(must(x.Keys.Open("captchas|digits|"+id, []byte(sealed)))(t)))
	}
	return all
}

// lookForCaptchas searches text for digits as they are kept, and as they are
// typed where they stand alone: within a longer number they stand by chance.
func lookForCaptchas(t *testing.T, digits []string, where, text string) {
	t.Helper()
	for _, raw := range digits {
		typed := strings.Map(func(r rune) rune { return r + '0' }, raw)
		if strings.Trim(raw, "\x00\x01") != "" && strings.Contains(text, raw) || regexp.MustCompile(`["= \x1f\x1e]`+typed+`["& \x1f\n]`).MatchString(text) {
			t.Errorf("%s holds the digits of a captcha", where)
		}
	}
}

func TestTheSearchFindsCaptchas(t *testing.T) {
	raw := "\x01\x02\x03\x04\x05\x06"
	for text, want := range map[string]bool{"a\x1f" + raw + "b": true, `"captcha":"123456"`: true, "took=1234567": false, "at 1123456 us": false} {
		fake := &testing.T{}
		if lookForCaptchas(fake, []string{raw}, "", text); fake.Failed() != want {
			t.Errorf("%q: found %v", text, fake.Failed())
		}
	}
}
