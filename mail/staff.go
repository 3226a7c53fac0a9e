package mail

import (
	"regexp"
	"strings"

	"pulih/secret"
)

var looksLikeLink = regexp.MustCompile(`(?i)(?:[a-z][a-z0-9+.-]*://|\bwww\.)\S+`)

// StaffNotice writes a notice to a member of staff (impostor 17). Paragraphs
// of text are split by newlines. It may hold names that strangers typed, so
// links in it that are not ours are taken out.
func StaffNotice(s Site, to secret.Email, subject, text string) Message {
	text = looksLikeLink.ReplaceAllStringFunc(text, func(link string) string {
		if s.owns(link) {
			return link
		}
		return "[tautan dihapus]"
	})
	var lines []string
	for line := range strings.Lines(text) {
		if line = plain(line); line != "" {
			lines = append(lines, line)
		}
	}
	return letter{Site: s, Subject: subject, Lines: lines}.message(Message{Kind: "staff", To: to})
}
