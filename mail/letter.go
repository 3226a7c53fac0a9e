package mail

import (
	"context"
	"strings"
	"unicode"
)

// letter is what a mail says, once, for both of its parts.
type letter struct {
	Site    Site
	Subject string
	Code    string   // shown large, never in the subject
	Lines   []string // one paragraph each
	Facts   []fact
	Figures []SummaryFigure
	Button  button
	Disown  button
	Stop    button // sending it
}

type fact struct{ Key, Value string }

// button is a link with the sentences around it. It opens a page with a
// button, because mail scanners open links too (law 8).
type button struct{ Before, Label, Href, After string }

const safety = "Petugas kami tidak pernah meminta kata sandi atau kode OTP Anda."

// message renders l. A HTML part that cannot be rendered is left out: the
// text says everything.
func (l letter) message(m Message) Message {
	m.Subject = plain(l.Subject) + " – " + plain(l.Site.ShortAgency)
	m.Text = l.text()
	var html strings.Builder
	if err := letterHTML(l, m.Subject).Render(context.Background(), &html); err == nil {
		m.HTML = html.String()
	}
	return m
}

func (l letter) text() string {
	var b strings.Builder
	if l.Code != "" {
		b.WriteString(l.Code + " adalah kode Anda.\n\n")
	}
	for _, line := range l.Lines {
		b.WriteString(line + "\n\n")
	}
	for _, f := range l.Facts {
		b.WriteString(f.Key + ": " + f.Value + "\n")
	}
	if len(l.Facts) > 0 {
		b.WriteString("\n")
	}
	for _, f := range l.Figures {
		b.WriteString(f.Text() + "\n")
	}
	b.WriteString(l.Button.text() + l.Disown.text() + l.Stop.text())
	b.WriteString(safety + "\n\n-- \n" + strings.Join(l.Site.signature(), "\n") + "\n")
	return b.String()
}

func (k button) text() string {
	if k.Href == "" {
		return ""
	}
	text := k.Before + "\n" + k.Label + ":\n" + k.Href + "\n"
	if k.After != "" {
		text += k.After + "\n"
	}
	return text + "\n"
}

// signature names the sender and the ways to ask whether a mail is genuine.
func (s Site) signature() []string {
	lines := []string{s.Agency, "Telepon resmi: " + s.Phone}
	if s.Hours != "" {
		lines = append(lines, "Jam layanan: "+s.Hours)
	}
	if s.Address != "" {
		lines = append(lines, "Alamat: "+s.Address)
	}
	return lines
}

// plain makes one line of text that somebody may have typed.
func plain(text string) string {
	return strings.Join(strings.FieldsFunc(text, func(r rune) bool { return unicode.IsSpace(r) || !unicode.IsPrint(r) }), " ")
}
