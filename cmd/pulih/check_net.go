package main

import (
	"context"
	"crypto/tls"
	"crypto/x509"
	"errors"
	"fmt"
	"log/slog"
	"net"
	"net/url"
	"time"

	"pulih/app"
)

func (d doctor) clock() finding {
	const part = "clock"
	if d.env.serve.TimeReference == "" {
		return finding{Part: part, State: untried, Text: "not tried: PULIH_TIME_REFERENCE is not set", Do: "nobody would notice a wrong clock, and codes depend on it"}
	}
	off, answered := reference{d.env.serve.TimeReference, slog.New(slog.DiscardHandler)}.compare()
	switch {
	case !answered:
		return doubt(part, "serve starts without it; find out why", "%s does not answer", d.env.serve.TimeReference)
	case off.Abs() > app.ClockTolerance:
		return failed(part, errors.New("this machine's clock is "+aside(off)), "set it, and let chrony or systemd-timesyncd keep it; serve does not start like this")
	}
	return fine(part, "%s", aside(off))
}

// relayPatience is less than a delivery has: an operator waits for the doctor,
// and a relay that takes longer is ill.
const relayPatience = 30 * time.Second

// relay connects as for a message and sends none.
func (d doctor) relay(ctx context.Context) finding {
	const part = "relay"
	if d.env.serve.SMTPHost == "" {
		return skipped(part, "PULIH_SMTP_HOST is not set")
	}
	relay, err := d.env.serve.relay()
	if err != nil {
		return failed(part, err, "")
	}
	ctx, cancel := context.WithTimeout(ctx, min(2*d.env.serve.SMTPTimeout, relayPatience))
	defer cancel()
	at := fmt.Sprintf("%s:%d", d.env.serve.SMTPHost, d.env.serve.SMTPPort)
	if err := relay.Try(ctx); err != nil {
		return failed(part, fmt.Errorf("%s: %w", at, err), "mails wait meanwhile and none is lost; a code lives for 30 minutes")
	}
	signed := map[bool]string{true: "signed in", false: "without a name"}[d.env.serve.SMTPUser != ""]
	return fine(part, "%s greets us (%s, %s)", at, d.env.serve.SMTPTLS, signed)
}

// certificateSoon is when an operator should have renewed a certificate.
const certificateSoon = 14 * 24 * time.Hour

func (d doctor) ownCertificate() finding {
	const part = "certificate"
	if d.env.serve.TLSCert == "" {
		return skipped(part, "PULIH_TLS_CERT is not set: a proxy ends TLS")
	}
	if why := d.env.why(); why != "" {
		return skipped(part, why)
	}
	leaf := d.env.parts.tls.Certificates[0].Leaf
	return judgeCertificate(part, leaf, d.env.parts.base.Hostname(), d.db.Clock()())
}

func judgeCertificate(part string, leaf *x509.Certificate, name string, now time.Time) finding {
	left := leaf.NotAfter.Sub(now)
	text := fmt.Sprintf("%s until %s", name, leaf.NotAfter.Format(time.DateOnly))
	switch {
	case leaf.VerifyHostname(name) != nil:
		return failed(part, leaf.VerifyHostname(name), "browsers refuse it: ask for one with this name")
	case left <= 0:
		return failed(part, errors.New("ended on "+leaf.NotAfter.Format(time.DateOnly)), "renew it and restart serve: browsers refuse it")
	case left < certificateSoon:
		return doubt(part, "renew it, and restart serve", "%s, %d days left", text, int(left.Hours()/24))
	}
	return fine(part, "%s", text)
}

// publicCertificate is what browsers get, from whoever ends TLS.
func (d doctor) publicCertificate(ctx context.Context) finding {
	const part = "public name"
	base, err := url.Parse(d.env.serve.BaseURL)
	if err != nil || base.Scheme != "https" {
		return skipped(part, "PULIH_BASE_URL is not set, or not https")
	}
	ctx, cancel := context.WithTimeout(ctx, 5*time.Second)
	defer cancel()
	leaf, err := dialCertificate(ctx, base)
	var refused *tls.CertificateVerificationError
	switch {
	case errors.As(err, &refused):
		return failed(part, err, "browsers refuse it: look at the proxy's certificate and chain")
	case err != nil:
		return skipped(part, "it cannot be reached from here: "+err.Error())
	}
	return judgeCertificate(part, leaf, base.Hostname(), d.db.Clock()())
}

func dialCertificate(ctx context.Context, base *url.URL) (*x509.Certificate, error) {
	port := base.Port()
	if port == "" {
		port = "443"
	}
	dialer := tls.Dialer{Config: &tls.Config{ServerName: base.Hostname(), MinVersion: tls.VersionTLS12}}
	conn, err := dialer.DialContext(ctx, "tcp", net.JoinHostPort(base.Hostname(), port))
	if err != nil {
		return nil, err
	}
	defer conn.Close() //nolint:errcheck // only looked at
	return conn.(*tls.Conn).ConnectionState().PeerCertificates[0], nil
}
