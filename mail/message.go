package mail

import (
	"errors"
	"fmt"
	netmail "net/mail"
	"regexp"
	"strings"
	"unicode"

	"pulih/db"
	"pulih/secret"
)

// The mistakes that Enqueue refuses. Both are faults of a caller, never of
// what somebody typed.
var (
	// ErrHeader says that a subject holds a line break or another control
	// character, which could begin a header of its own (NO-05).
	ErrHeader = errors.New("mail: control character in a header")
	// ErrLink says that a message links to somebody else's address (NO-03).
	ErrLink = errors.New("mail: link to another site")
)

// Message is one mail to one mailbox. Kind and Person tell the audit log and
// staff what it was without showing it; Text and HTML say the same. Expires 0
// keeps it for 7 days of tries; a code expires with its code (NO-06).
type Message struct {
	Kind, Person        string
	To                  secret.Email
	Subject, Text, HTML string
	Expires             db.Time
}

var anyLink = regexp.MustCompile(`(?i)\b[a-z][a-z0-9+.-]*://[^\s"'<>]*`)

func (m Message) check(s Site) error {
	if strings.ContainsFunc(m.Subject, unicode.IsControl) {
		return ErrHeader
	}
	for _, link := range anyLink.FindAllString(m.Text+"\n"+m.HTML, -1) {
		if !s.owns(link) {
			return fmt.Errorf("%w: kind %s", ErrLink, m.Kind)
		}
	}
	return nil
}

// mailable says that to is one plain ASCII address. A roster holds whatever
// was typed into it once; nothing else may reach an SMTP command.
func mailable(to secret.Email) bool {
	text := string(to)
	if strings.ContainsFunc(text, func(r rune) bool { return r <= ' ' || r >= 127 }) {
		return false
	}
	parsed, err := netmail.ParseAddress(text)
	return err == nil && parsed.Address == text && !strings.ContainsAny(text, `"\[]`)
}
