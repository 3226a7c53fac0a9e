package mail

import (
	"context"
	"crypto/tls"
	"crypto/x509"
	"errors"
	"fmt"
	"net/netip"
	"regexp"
	"strings"
	"time"

	gomail "github.com/wneessen/go-mail"

	"pulih/secret"
)

// ErrRelaySettings says that a setting of the relay is missing or unsafe.
var ErrRelaySettings = errors.New("mail: relay settings")

// TLS is how the connection to the relay is protected. There is no "if the
// relay offers it": whoever sits between could say that it does not (NO-05).
type TLS string

// The ways.
const (
	StartTLS TLS = "starttls" // ports 587 and 25
	Implicit TLS = "tls"      // port 465
	NoTLS    TLS = "none"     // a relay on this machine only
)

// RelaySettings name the relay. HELO is our own host name as the relay shall
// see it; left to the library it would tell the machine's. Timeout bounds
// connecting, greeting and sending, each. Roots nil means the system's.
type RelaySettings struct {
	Host     string
	Port     int
	TLS      TLS
	User     string
	Password secret.Password
	HELO     string
	Timeout  time.Duration
	Roots    *x509.CertPool
}

// mostPatience is for one phase of a delivery. Who hangs up while the relay
// still thinks about a message does not know that it was taken, and sends it
// again (RFC 5321 §4.5.3.2.6).
const mostPatience = 90 * time.Second

// Relay is the agency's SMTP server.
type Relay struct{ client *gomail.Client }

// NewRelay refuses wrong settings with ErrRelaySettings and does not dial.
func NewRelay(s RelaySettings) (Relay, error) {
	if err := s.check(); err != nil {
		return Relay{}, fmt.Errorf("%w: %w", ErrRelaySettings, err)
	}
	client, err := gomail.NewClient(s.Host, s.options()...)
	if err != nil {
		return Relay{}, fmt.Errorf("%w: %w", ErrRelaySettings, err)
	}
	return Relay{client}, nil
}

var hostName = regexp.MustCompile(`^[A-Za-z0-9]([A-Za-z0-9.-]{0,250}[A-Za-z0-9])?$`)

func (s RelaySettings) check() error {
	switch {
	case !hostName.MatchString(s.Host) && !isAddress(s.Host):
		return errors.New("host is not a host name or an IP address")
	case s.Port < 1 || s.Port > 65535:
		return errors.New("port is not between 1 and 65535")
	case s.TLS != StartTLS && s.TLS != Implicit && s.TLS != NoTLS:
		return errors.New("TLS is not starttls, tls or none")
	case s.TLS == NoTLS && !isLoopback(s.Host):
		return errors.New("TLS none is for a relay on this machine only")
	case (s.User == "") != (s.Password == ""):
		return errors.New("user and password go together")
	case s.TLS == NoTLS && s.User != "":
		return errors.New("a password is not sent without TLS")
	case !hostName.MatchString(s.HELO):
		return errors.New("HELO is not a host name")
	case s.Timeout <= 0 || s.Timeout > mostPatience:
		return errors.New("timeout is not between 0 and 90 seconds")
	}
	return nil
}

func isAddress(host string) bool { _, err := netip.ParseAddr(host); return err == nil }

func isLoopback(host string) bool {
	ip, err := netip.ParseAddr(host)
	return strings.EqualFold(host, "localhost") || err == nil && ip.IsLoopback()
}

func (s RelaySettings) options() []gomail.Option {
	all := []gomail.Option{gomail.WithPort(s.Port), gomail.WithHELO(s.HELO), gomail.WithTimeout(s.Timeout),
		gomail.WithoutNoop(), gomail.WithTLSConfig(&tls.Config{ServerName: s.Host, RootCAs: s.Roots, MinVersion: tls.VersionTLS12})}
	switch s.TLS {
	case Implicit:
		all = append(all, gomail.WithSSL())
	case NoTLS:
		all = append(all, gomail.WithTLSPolicy(gomail.NoTLS))
	default:
		all = append(all, gomail.WithTLSPolicy(gomail.TLSMandatory))
	}
	if s.User != "" {
		all = append(all, gomail.WithSMTPAuth(gomail.SMTPAuthAutoDiscover),
			gomail.WithUsername(s.User), gomail.WithPassword(string(s.Password)))
	}
	return all
}

// Try connects as for a message, with greeting, TLS and sign-in, and sends
// none: for an operator who asks whether mail would go out.
func (r Relay) Try(ctx context.Context) error {
	c, err := r.client.DialToSMTPClientWithContext(ctx)
	if err != nil {
		return scrub(err)
	}
	return r.client.CloseWithSMTPClient(c)
}
