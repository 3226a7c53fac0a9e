package mail

import (
	"crypto/x509"
	"errors"
	"time"

	gomail "github.com/wneessen/go-mail"

	"pulih/secret"
)

// ErrRelaySettings says that the relay's settings are missing or unsafe.
var ErrRelaySettings = errors.New("mail: relay settings")

// TLS is how the connection to the relay is protected.
type TLS string

// The ways; there is no "if the relay offers it" (NO-05).
const (
	StartTLS TLS = "starttls" // port 587 or 25; refused without
	Implicit TLS = "tls"      // port 465
	NoTLS    TLS = "none"     // a relay on this machine only
)

// RelaySettings name the relay. HELO is our own host name as the relay shall
// see it. Timeout bounds each phase: connecting, then the whole sending.
// Roots nil means the system's authorities.
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

// Relay is the agency's SMTP server.
type Relay struct{ client *gomail.Client }

// NewRelay checks the settings and does not dial.
func NewRelay(s RelaySettings) (Relay, error) {
	return Relay{}, ErrRelaySettings
}
