package views

import (
	"regexp"
	"strings"
)

// MailboxPage is what the demo's own SMTP server received, newest first.
type MailboxPage struct{ Mails []MailboxMail }

// MailboxMail is one mail as its reader sees it. Href leads to its page.
type MailboxMail struct{ Href, When, From, To, Subject, Text string }

const mailboxShown = 100

func (p MailboxPage) table() Table {
	t := Table{Caption: "Email terbaru", Quiet: true, Head: []Column{{Text: "Perihal"}, {Text: "Kepada"}, {Text: "Dikirim"}}}
	for _, m := range p.Mails[:min(len(p.Mails), mailboxShown)] {
		t.Rows = append(t.Rows, []Cell{{Text: m.Subject, Href: m.Href}, {Text: m.To}, {Text: m.When}})
	}
	return t
}

// mailboxPiece is text, or a link when Href is set.
type mailboxPiece struct{ Text, Href string }

var mailboxLink = regexp.MustCompile(`https?://[^\s"'<>]+`)

// paragraphs splits the text part at empty lines, each paragraph into lines
// and each line into text and links.
func (m MailboxMail) paragraphs() (all [][][]mailboxPiece) {
	for paragraph := range strings.SplitSeq(strings.TrimSpace(m.Text), "\n\n") {
		var lines [][]mailboxPiece
		for line := range strings.SplitSeq(paragraph, "\n") {
			lines = append(lines, mailboxPieces(line))
		}
		all = append(all, lines)
	}
	return all
}

func mailboxPieces(line string) (pieces []mailboxPiece) {
	end := 0
	for _, at := range mailboxLink.FindAllStringIndex(line, -1) {
		link := line[at[0]:at[1]]
		pieces = append(pieces, mailboxPiece{Text: line[end:at[0]]}, mailboxPiece{link, link})
		end = at[1]
	}
	return append(pieces, mailboxPiece{Text: line[end:]})
}
