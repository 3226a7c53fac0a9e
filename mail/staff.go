package mail

import (
	"regexp"
	"strings"

	"pulih/secret"
)

// StaffNotice writes a notice to a member of staff (impostor 17). Each line
// of text is a paragraph. It may hold names that strangers typed, so links in
// it that are not ours are taken out.
func StaffNotice(s Site, to secret.Email, subject, text string) Message {
	l := letter{Site: s, Subject: s.unlink(subject)}
	for line := range strings.Lines(s.unlink(text)) {
		if line = plain(line); line != "" {
			l.Lines = append(l.Lines, line)
		}
	}
	return l.message(Message{Kind: "staff", To: to})
}

var looksLikeLink = regexp.MustCompile(`(?i)(?:[a-z][a-z0-9+.-]*://|\bwww\.)\S+`)

func (s Site) unlink(text string) string {
	return looksLikeLink.ReplaceAllStringFunc(text, func(link string) string {
		if s.owns(link) {
			return link
		}
		return "[tautan dihapus]"
	})
}
