package mailbox

import (
	"bytes"
	"fmt"
	"io"
	"mime"
	"mime/multipart"
	"mime/quotedprintable"
	netmail "net/mail"
	"regexp"
	"slices"
	"strings"

	"pulih/db"
)

// Received is one message as its reader sees it. At is the message's own
// date. Links are the addresses in its text, in order, each once.
type Received struct {
	At         db.Time
	From       string
	To         string
	Subject    string
	Text, HTML string
	Links      []string
	MessageID  string
	Header     netmail.Header
}

var link = regexp.MustCompile(`https?://[^\s"'<>]+`)

func parse(to string, raw []byte) (Received, error) {
	m, err := netmail.ReadMessage(bytes.NewReader(raw))
	if err != nil {
		return Received{}, fmt.Errorf("mailbox: %w", err)
	}
	r := Received{To: to, Header: m.Header, MessageID: strings.Trim(m.Header.Get("Message-Id"), "<>")}
	r.From, _ = decoder.DecodeHeader(m.Header.Get("From"))
	r.Subject, _ = decoder.DecodeHeader(m.Header.Get("Subject"))
	if at, err := m.Header.Date(); err == nil {
		r.At = db.At(at)
	}
	if err := r.read(m.Header.Get("Content-Type"), m.Header.Get("Content-Transfer-Encoding"), m.Body); err != nil {
		return Received{}, fmt.Errorf("mailbox: %w", err)
	}
	for _, l := range link.FindAllString(r.Text, -1) {
		if !slices.Contains(r.Links, l) {
			r.Links = append(r.Links, l)
		}
	}
	return r, nil
}

var decoder mime.WordDecoder

// read takes a part, and the parts inside it.
func (r *Received) read(contentType, encoding string, body io.Reader) error {
	kind, params, err := mime.ParseMediaType(contentType)
	if err != nil {
		kind = "text/plain"
	}
	if strings.HasPrefix(kind, "multipart/") {
		return r.readParts(multipart.NewReader(body, params["boundary"]))
	}
	if strings.EqualFold(encoding, "quoted-printable") {
		body = quotedprintable.NewReader(body)
	}
	text, err := io.ReadAll(body)
	switch kind {
	case "text/plain":
		r.Text = strings.ReplaceAll(string(text), "\r\n", "\n")
	case "text/html":
		r.HTML = string(text)
	}
	return err
}

func (r *Received) readParts(parts *multipart.Reader) error {
	for {
		part, err := parts.NextPart() // it decodes quoted-printable itself
		if err == io.EOF {
			return nil
		}
		if err != nil {
			return err
		}
		if err := r.read(part.Header.Get("Content-Type"), part.Header.Get("Content-Transfer-Encoding"), part); err != nil {
			return err
		}
	}
}
