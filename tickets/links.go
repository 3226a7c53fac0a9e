package tickets

import (
	"regexp"
	"strings"
	"unicode"
)

// A text to a person links to listed hosts only (impostor 24). It is drawn as
// plain text, but people type what they read: so a bare name of a host is a
// link too, and a degree such as "S.Pd" is none.
var (
	hostName    = regexp.MustCompile(`[\pL\pN_-]+(?:\.[\pL\pN_-]+)*\.[\pL][\pL\pN-]+(?:/|:\d)?`)
	academic    = regexp.MustCompile(`^(?:[A-Z][a-z]?\.)+[A-Z][A-Za-z]{0,3}$`)
	numericHost = regexp.MustCompile(`(?i)://[^\pL]|://[^\s]*@`)
	oneDot      = strings.NewReplacer("。", ".", "．", ".", "｡", ".", "․", ".", "／", "/", "⁄", "/", "∕", "/", "＠", "@", "：", ":")
)

// linksWell tells whether every host that a text names is listed.
func (d *Desk) linksWell(text string) bool {
	text = oneDot.Replace(strings.Map(seen, text))
	if numericHost.MatchString(text) {
		return false
	}
	for _, host := range hostName.FindAllString(text, -1) {
		if !academic.MatchString(host) && !d.listed(host) {
			return false
		}
	}
	return true
}

// seen drops what hides between letters.
func seen(r rune) rune {
	if r != '\n' && unicode.In(r, unicode.Cc, unicode.Cf, unicode.Co, unicode.Mn) {
		return -1
	}
	return r
}

func (d *Desk) listed(host string) bool {
	host = strings.ToLower(strings.TrimRight(host, "/:0123456789"))
	for _, h := range d.hosts {
		if host == h || strings.HasSuffix(host, "."+h) {
			return true
		}
	}
	return false
}
