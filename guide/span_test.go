package guide

import (
	"strings"
	"testing"
)

func TestEnglishOfThePortalIsMarked_WCAG312(t *testing.T) {
	c := catalogue(t)
	for text, want := range map[string]string{
		"Tekan “Unable to scan?” di layar.":            "Unable to scan?",
		"Pesannya “invalid authenticator code”.":       "invalid authenticator code",
		"Buka “Koreksi waktu untuk kode”.":             "",
		"Tanda “tidak ditutup":                         "",
		"Pilih “RESET”, lalu “Reset MFA”. Tunggu.":     "RESET|Reset MFA",
		"Tanpa kutipan sama sekali: Reset MFA, begitu": "",
	} {
		var all, english []string
		for _, span := range c.Spans(text) {
			all = append(all, span.Text)
			if span.English {
				english = append(english, span.Text)
			}
		}
		if strings.Join(all, "") != text || strings.Join(english, "|") != want {
			t.Errorf("%q: english %q in %q", text, english, all)
		}
	}
}
