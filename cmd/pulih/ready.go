package main

import (
	"context"
	"crypto/tls"
	"errors"
	"fmt"
	"net"
	"net/http"
	"time"
)

// readyCmd asks the server on this machine whether requests may be sent: the
// health check of a container that has no shell and no other program.
type readyCmd struct {
	Listen  string `default:"127.0.0.1:8080" help:"As serve has it."`
	TLSCert string `name:"tls-cert" env:"PULIH_TLS_CERT" placeholder:"PATH" help:"As serve has it: with a certificate the question goes over TLS."`
}

var errNotReady = errors.New("not ready")

// Run fails unless /siap says 200.
func (c *readyCmd) Run(ctx context.Context) error {
	address, err := c.address()
	if err != nil {
		return err
	}
	// The certificate is for the public name, and this is only loopback.
	client := http.Client{Timeout: 5 * time.Second, Transport: &http.Transport{TLSClientConfig: &tls.Config{InsecureSkipVerify: true}}} //nolint:gosec // nothing is told, nothing is believed
	r, err := http.NewRequestWithContext(ctx, http.MethodGet, address+"/siap", nil)
	if err != nil {
		return err
	}
	answer, err := client.Do(r)
	if err != nil {
		return err
	}
	defer answer.Body.Close() //nolint:errcheck // the status says it all
	if answer.StatusCode != http.StatusOK {
		return fmt.Errorf("%w: /siap answers %d", errNotReady, answer.StatusCode)
	}
	return nil
}

// address is where serve listens, as this machine reaches it.
func (c *readyCmd) address() (string, error) {
	host, port, err := net.SplitHostPort(c.Listen)
	if err != nil {
		return "", setting("listen", err)
	}
	if ip := net.ParseIP(host); host == "" || ip != nil && ip.IsUnspecified() {
		host = "127.0.0.1"
	}
	scheme := map[bool]string{true: "https://", false: "http://"}[c.TLSCert != ""]
	return scheme + net.JoinHostPort(host, port), nil
}
