package guide

import (
	"regexp"
	"strings"
	"unicode"
	"unicode/utf8"
)

// A banner links to no host (impostor 24). It is drawn as plain text, but
// people type what they read: no address, no e-mail, no number to call. The
// agency's own number stands in the help block of every page.
var (
	looksLikeAddress = regexp.MustCompile(`(?i)://|//|\bwww\b|@|[\pL\pN-]\.[\pL]{2,}|\bdot\b|\btitik com\b`)
	looksLikeNumber  = regexp.MustCompile(`[0-9](?:[ .()/-]{0,3}[0-9]){7,}`)
	spelledDots      = strings.NewReplacer("。", ".", "．", ".", "｡", ".", "․", ".", "∙", ".", "／", "/", "⁄", "/", "∕", "/", "＠", "@", "：", ":")
)

// tidyText keeps words on one line: no control characters, and none that turn
// the direction of a line or hide between letters.
func tidyText(typed string) string {
	visible := func(r rune) rune {
		switch {
		case unicode.IsSpace(r):
			return ' '
		case unicode.In(r, unicode.Cc, unicode.Cf, unicode.Co, unicode.Mn):
			return -1
		}
		return r
	}
	return strings.Join(strings.Fields(strings.Map(visible, typed)), " ")
}

// plainText tells whether a text may be announced.
func plainText(text string) bool {
	n := utf8.RuneCountInString(text)
	if !utf8.ValidString(text) || n < incidentLeast || n > incidentMost {
		return false
	}
	text = strings.Map(asciiDigit, spelledDots.Replace(text))
	return !looksLikeAddress.MatchString(text) && !looksLikeNumber.MatchString(text)
}

// asciiDigit reads full-width and other digits as what they look like.
func asciiDigit(r rune) rune {
	if r < 128 || !unicode.IsDigit(r) {
		return r
	}
	for zero := r; ; zero-- {
		if !unicode.IsDigit(zero - 1) {
			return '0' + (r-zero)%10
		}
	}
}
