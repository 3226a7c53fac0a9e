package main

import (
	"crypto/tls"
	"encoding/pem"
	"errors"
	"io"
	"log"
	"net"
	"net/http/httptest"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"github.com/emersion/go-sasl"
	"github.com/emersion/go-smtp"
)

// asCheck has this test's own program be the doctor: the roots that it trusts
// are read once in a process's life.
const asCheck = "PULIH_TEST_AS_CHECK"

// TestAsCheck is the doctor in a process of its own, for the test below.
func TestAsCheck(t *testing.T) {
	if os.Getenv(asCheck) == "" {
		t.Skip("a part of TestCheckTriesStartTLSAndSignIn")
	}
	d := doctor{checkCmd: &checkCmd{}, env: readEnvironment()}
	t.Log(d.relay(t.Context()).String())
}

// guardedRelay is an agency's relay with a certificate of its own, that lets in
// nobody but "pulih" with "benar".
type guardedRelay struct{ smtp.Session }

// AuthMechanisms is what it offers.
func (guardedRelay) AuthMechanisms() []string { return []string{sasl.Plain} }

// Auth asks for name and password.
func (guardedRelay) Auth(string) (sasl.Server, error) {
	return sasl.NewPlainServer(func(_, user, password string) error {
		if user != "pulih" || password != "benar" {
			return errors.New("pulih@example.go.id may not enter")
		}
		return nil
	}), nil
}

// Logout ends a session in which no mail was sent.
func (guardedRelay) Logout() error { return nil }

// startRelay listens on loopback, and gives its port and its certificate.
func startRelay(t *testing.T, secured bool) (port, roots string) {
	t.Helper()
	web := httptest.NewTLSServer(nil)
	defer web.Close()
	server := smtp.NewServer(smtp.BackendFunc(func(*smtp.Conn) (smtp.Session, error) { return guardedRelay{}, nil }))
	server.ErrorLog = log.New(io.Discard, "", 0)
	if secured {
		server.TLSConfig = &tls.Config{Certificates: web.TLS.Certificates}
	}
	l, err := net.Listen("tcp", "127.0.0.1:0")
	must(t, err)
	go server.Serve(l) //nolint:errcheck // it ends with Close
	t.Cleanup(func() { _ = server.Close() })
	roots = filepath.Join(t.TempDir(), "roots.pem")
	must(t, os.WriteFile(roots, pem.EncodeToMemory(&pem.Block{Type: "CERTIFICATE", Bytes: web.Certificate().Raw}), 0o600))
	_, port, _ = net.SplitHostPort(l.Addr().String())
	return port, roots
}

// The doctor goes the way of a mail: STARTTLS with a certificate that is
// trusted, and a password that is right. Of what fails it says what, and the
// password is in no line.
func TestCheckTriesStartTLSAndSignIn(t *testing.T) {
	port, roots := startRelay(t, true)
	bare, _ := startRelay(t, false)
	for name, c := range map[string]struct{ port, roots, password, say string }{
		"all well":             {port, roots, "benar", "ok "},
		"a wrong password":     {port, roots, "salah-sekali", "fail "},
		"an unknown authority": {port, os.DevNull, "benar", "certificate"},
		"no TLS offered":       {bare, roots, "benar", "STARTTLS"},
	} {
		line := checkedAlone(t, c.port, c.roots, c.password)
		if !strings.Contains(line, c.say) || strings.Contains(line, "ok ") != (name == "all well") {
			t.Errorf("%s: %s", name, line)
		}
		if name == "all well" && !strings.Contains(line, "(starttls, signed in)") {
			t.Error(line)
		}
		if strings.Contains(line, c.password) || strings.Contains(line, "pulih@") {
			t.Error("it tells a secret:", line)
		}
	}
}

// checkedAlone is the relay's line of a doctor in a process of its own.
func checkedAlone(t *testing.T, port, roots, password string) string {
	t.Helper()
	settings := lawSettings(t)
	settings["smtp-port"], settings["smtp-tls"], settings["smtp-user"], settings["smtp-password-file"] = port, "starttls", "pulih", filepath.Join(t.TempDir(), "password")
	must(t, os.WriteFile(settings["smtp-password-file"], []byte(password), 0o600))
	c := exec.CommandContext(t.Context(), os.Args[0], "-test.run=^TestAsCheck$", "-test.v")
	c.Env = append(os.Environ(), asCheck+"=1", "SSL_CERT_FILE="+roots, "SSL_CERT_DIR="+t.TempDir())
	for name, value := range settings {
		c.Env = append(c.Env, "PULIH_"+strings.ToUpper(strings.ReplaceAll(name, "-", "_"))+"="+value)
	}
	out, err := c.CombinedOutput()
	if err != nil {
		t.Fatalf("%v\n%s", err, out)
	}
	for _, line := range strings.Split(string(out), "\n") {
		if strings.Contains(line, "relay") {
			return line
		}
	}
	t.Fatalf("no line of the relay: %s", out)
	return ""
}
