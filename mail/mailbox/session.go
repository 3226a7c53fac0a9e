package mailbox

import (
	"io"

	"github.com/emersion/go-smtp"
)

// session is one connection. It talks the protocol and obeys the fault.
type session struct {
	box  *Box
	conn *smtp.Conn
	to   []string
	hang bool // the answer is out: hang up
}

func (b *Box) session(c *smtp.Conn) (smtp.Session, error) { return &session{box: b, conn: c}, nil }

func (s *session) Mail(string, *smtp.MailOptions) error {
	if fault, _ := s.box.failing(); fault == Foreign {
		return foreign
	}
	return nil
}

func (s *session) Rcpt(to string, _ *smtp.RcptOptions) error {
	switch fault, _ := s.box.failing(); fault {
	case Refuse:
		return refused
	case Busy:
		return busy
	}
	s.to = append(s.to, to)
	return nil
}

func (s *session) Data(r io.Reader) error {
	raw, err := io.ReadAll(r)
	if err != nil {
		return err
	}
	for _, to := range s.to {
		received, err := parse(to, raw)
		if err != nil {
			return err
		}
		s.box.add(received)
	}
	return s.fail()
}

func (s *session) fail() error {
	switch fault, over := s.box.failing(); fault {
	case Slow:
		<-over
	case Drop:
		return s.conn.Conn().Close()
	case HangUp:
		s.hang = true
	}
	return nil
}

// Reset is called when the answer to Data has been written. The server holds
// its own lock then, so it is the bare connection that is closed.
func (s *session) Reset() {
	s.to = nil
	if s.hang {
		_ = s.conn.Conn().Close()
	}
}

func (s *session) Logout() error { return nil }
