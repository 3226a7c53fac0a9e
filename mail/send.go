package mail

import (
	"context"
	"errors"

	gomail "github.com/wneessen/go-mail"
)

// send tries once, on a connection of its own: one message that goes wrong
// leaves nothing behind for the next. One recipient each, because with
// several the library tells the fate of the last one only.
func (r Relay) send(ctx context.Context, s Site, e entry, c envelope) verdict {
	m, err := compose(s, e, c)
	if err != nil {
		return verdict{state: Queued, answer: "compose", fault: scrub(err)}
	}
	return judge(m, r.client.DialAndSendWithContext(ctx, m))
}

// compose builds the same message at every try: its Message-ID and date are
// those of Enqueue, so that a mailbox can tell a repetition.
func compose(s Site, e entry, c envelope) (*gomail.Msg, error) {
	m := gomail.NewMsg(gomail.WithNoDefaultUserAgent())
	err := errors.Join(m.FromFormat(s.ShortAgency, string(s.Sender)), m.To(c.To))
	m.Subject(c.Subject)
	m.SetMessageIDWithValue(e.MessageID)
	m.SetDateWithValue(e.created.Time().In(s.Zone.Location))
	m.SetGenHeader("Auto-Submitted", "auto-generated") // RFC 3834 §5: no holiday reply
	m.SetGenHeader("X-Auto-Response-Suppress", "All")
	m.SetBodyString(gomail.TypeTextPlain, c.Text)
	if c.HTML != "" {
		m.AddAlternativeString(gomail.TypeTextHTML, c.HTML)
	}
	return m, err
}
