package guide

import (
	"regexp"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"
)

// A banner leads nowhere (impostor 24). It is drawn as plain text, but people
// type what they read: no address, no service that carries messages, no
// number to call. The agency's own number stands in the help block of every
// page. Letters are those of the keyboard, so that none only looks like one.
var (
	plainLetters = regexp.MustCompile(`^[A-Za-z0-9 .,;:!?()'"–/%-]*$`)
	barred       = []*regexp.Regexp{
		regexp.MustCompile(`[a-z][.,:;!?][a-z0-9]|[0-9][,;:!?.][a-z]|//`), // a dot that ends no sentence
		regexp.MustCompile(`[a-z][0-9]|[0-9][a-z]`),                       // O8I2
		regexp.MustCompile(`\b(titik|dot|point|www|http|https|com|net|org|xyz|link|bitly)\b`),
		regexp.MustCompile(`\b(wa|whats ?app|telegram|tele|signal|sms|instagram|ig|facebook|fb|tiktok|twitter|messenger|gform|formulir)\b`),
		regexp.MustCompile(`(\b(nol|kosong|satu|dua|tiga|empat|lima|enam|tujuh|delapan|sembilan)\b[ ,-]*){4}`),
		regexp.MustCompile(`(#[^a-z]*){3}|(~[^a-z]*){3}|[0-9][^a-z]*(#[^a-z]*){2}|(#[^a-z]*){2}[0-9]`), // more in a row than from and to
		regexp.MustCompile(`[0-9]([^a-z#]*[0-9]){6}`),
	}
	// Spaces and brackets around a dot hide an address: bkn . go (.) id.
	closed     = regexp.MustCompile(`[ ()]*\.[ ()]*`)
	domainEnds = regexp.MustCompile(`\.(id|go|co|com|net|org|info|biz|xyz|site|online|top|shop|app|dev|io|me|my|web|ac|sch|test|link|live|club|vip|click)\b|([0-9]+\.){3}[0-9]`)
	clockTimes = regexp.MustCompile(`\b([01]?[0-9]|2[0-3])[.:][0-5][0-9]\b`)
	calendar   = regexp.MustCompile(`\b([0-3]?[0-9][-/ .][01]?[0-9][-/ .]20[0-9]{2}|20[0-9]{2}-[01][0-9]-[0-3][0-9])\b`)
)

// tidyText keeps words on one line.
func tidyText(typed string) string {
	visible := func(r rune) rune {
		if unicode.IsSpace(r) {
			return ' '
		}
		return r
	}
	return strings.Join(strings.Fields(strings.Map(visible, typed)), " ")
}

// checkText says why a text may not be announced: ErrIncidentLength,
// ErrIncidentLetters or ErrIncidentLeads.
func checkText(text string) error {
	n := utf8.RuneCountInString(text)
	switch {
	case n < incidentLeast, n > incidentMost:
		return ErrIncidentLength
	case !plainLetters.MatchString(text):
		return ErrIncidentLetters
	case leads(strings.ToLower(text)):
		return ErrIncidentLeads
	}
	return nil
}

func leads(text string) bool {
	if domainEnds.MatchString(closed.ReplaceAllString(text, ".")) {
		return true
	}
	text = clockTimes.ReplaceAllString(calendar.ReplaceAllString(text, "~"), "#")
	return slices.ContainsFunc(barred, func(rule *regexp.Regexp) bool { return rule.MatchString(text) })
}
