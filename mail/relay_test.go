package mail

import (
	"bytes"
	"context"
	"crypto/tls"
	"crypto/x509"
	"errors"
	"io"
	"log"
	"log/slog"
	"net"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"github.com/emersion/go-sasl"
	"github.com/emersion/go-smtp"

	"pulih/db"
	"pulih/db/dbtest"
	"pulih/mail/mailbox"
	"pulih/secret"
)

func TestUnsafeRelaySettingsAreRefused(t *testing.T) {
	good := RelaySettings{Host: "smtp.example.go.id", Port: 587, TLS: StartTLS, User: "u", Password: "p",
		HELO: "pulih.example.go.id", Timeout: 15 * time.Second}
	if _, err := NewRelay(good); err != nil {
		t.Fatal(err)
	}
	for want, spoil := range map[string]func(*RelaySettings){
		"host":                func(s *RelaySettings) { s.Host = "smtp.example.go.id\r\nX" },
		"host is":             func(s *RelaySettings) { s.Host = "" },
		"port":                func(s *RelaySettings) { s.Port = 0 },
		"TLS is not":          func(s *RelaySettings) { s.TLS = "opportunistic" },
		"this machine":        func(s *RelaySettings) { s.TLS = NoTLS },
		"go together":         func(s *RelaySettings) { s.Password = "" },
		"not sent without":    func(s *RelaySettings) { s.TLS, s.Host = NoTLS, "127.0.0.1" },
		"HELO":                func(s *RelaySettings) { s.HELO = "" },
		"HELO is not":         func(s *RelaySettings) { s.HELO = "a b" },
		"timeout":             func(s *RelaySettings) { s.Timeout = 0 },
		"timeout is not betw": func(s *RelaySettings) { s.Timeout = time.Hour },
	} {
		bad := good
		spoil(&bad)
		if _, err := NewRelay(bad); !errors.Is(err, ErrRelaySettings) || !strings.Contains(err.Error(), want) {
			t.Errorf("%s: %v", want, err)
		}
	}
}

// guarded is a relay that lets in nobody but "pulih" with "benar".
type guarded struct{ smtp.Session }

func (guarded) AuthMechanisms() []string { return []string{sasl.Plain} }

func (guarded) Auth(string) (sasl.Server, error) {
	return sasl.NewPlainServer(func(_, user, password string) error {
		if user != "pulih" || password != "benar" {
			return errors.New("pulih@example.go.id may not enter")
		}
		return nil
	}), nil
}

type sink struct{}

func (sink) Reset()                               {}
func (sink) Logout() error                        { return nil }
func (sink) Mail(string, *smtp.MailOptions) error { return nil }
func (sink) Rcpt(string, *smtp.RcptOptions) error { return nil }
func (sink) Data(r io.Reader) error               { _, err := io.Copy(io.Discard, r); return err }

func securedRelay(t *testing.T, way TLS) (settings RelaySettings) {
	t.Helper()
	web := httptest.NewTLSServer(nil)
	defer web.Close()
	server := smtp.NewServer(smtp.BackendFunc(func(*smtp.Conn) (smtp.Session, error) { return guarded{sink{}}, nil }))
	server.ErrorLog = log.New(io.Discard, "", 0)
	server.TLSConfig = &tls.Config{Certificates: web.TLS.Certificates}
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	port := l.Addr().(*net.TCPAddr).Port
	if way == Implicit {
		l = tls.NewListener(l, server.TLSConfig)
	}
	go server.Serve(l) //nolint:errcheck // it ends with Close
	t.Cleanup(func() { _ = server.Close() })
	roots := x509.NewCertPool()
	roots.AddCert(web.Certificate())
	return RelaySettings{Host: "127.0.0.1", Port: port, TLS: way, User: "pulih", Password: "benar",
		HELO: "pulih.example.go.id", Timeout: 5 * time.Second, Roots: roots}
}

func TestLogInAndCertificate(t *testing.T) {
	for _, way := range []TLS{StartTLS, Implicit} {
		settings := securedRelay(t, way)
		if v := attempt(t, settings); v.state != Accepted {
			t.Errorf("%s: %+v", way, v)
		}
		wrong := settings
		wrong.Password = "salah"
		if v := attempt(t, wrong); v.state != Queued || v.trouble == nil || strings.Contains(v.trouble.Error(), "@") {
			t.Errorf("%s, wrong password: %+v", way, v)
		}
		stranger := settings
		stranger.Roots = x509.NewCertPool()
		if v := attempt(t, stranger); v.state != Queued || v.trouble == nil {
			t.Errorf("%s, unknown certificate: %+v", way, v)
		}
	}
}

func TestARelayWithoutTLSGetsNothing(t *testing.T) {
	box, err := mailbox.Start("127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer box.Close() //nolint:errcheck // the end of the test
	_, port, _ := net.SplitHostPort(box.Addr())
	settings := RelaySettings{Host: "127.0.0.1", TLS: StartTLS, HELO: "pulih.example.go.id", Timeout: time.Second}
	if settings.Port, err = net.LookupPort("tcp", port); err != nil {
		t.Fatal(err)
	}
	if v := attempt(t, settings); v.state != Queued || v.trouble == nil || len(box.Messages()) != 0 {
		t.Errorf("%+v", v)
	}
}

func attempt(t *testing.T, s RelaySettings) verdict {
	t.Helper()
	relay, err := NewRelay(s)
	if err != nil {
		t.Fatal(err)
	}
	site := testSite()
	return relay.send(context.Background(), site, entry{ID: "1", MessageID: "1@example.go.id"},
		envelope{To: "budi@example.test", Subject: "Uji", Text: "Uji", HTML: "<p>Uji</p>"})
}

func TestTheLogNamesNobodyAndCallsOnce(t *testing.T) {
	d, clock := dbtest.New(t)
	box, err := mailbox.Start("127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer box.Close() //nolint:errcheck // the end of the test
	var written bytes.Buffer
	p := post{&worker{Outbox: NewOutbox(d, testKeys(t), testSite()), relay: relayAt(t, box.Addr())}, box, clock, t}
	p.Log = slog.New(slog.NewTextHandler(&written, nil))
	p.notice()
	for _, fault := range []mailbox.Fault{mailbox.Foreign, mailbox.Down, mailbox.Foreign, mailbox.Refuse} {
		box.Fail(fault)
		p.pass()
		clock.Advance(time.Hour)
	}
	if got := strings.Count(written.String(), "level=ERROR"); got != 1 {
		t.Errorf("the operator is called %d times", got)
	}
	if !strings.Contains(written.String(), "not delivered") || strings.Contains(written.String(), "budi") {
		t.Error(written.String())
	}
}

func TestResealMovesWhatWaitsToTheNewestKey(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB, _ *dbtest.Clock) {
		old, pepper := "1:"+secret.NewKey(), secret.NewKey()
		parse := func(keys string) *secret.Keys {
			k, err := secret.ParseKeys(keys, pepper)
			if err != nil {
				t.Fatal(err)
			}
			return k
		}
		newest := "2:" + secret.NewKey()
		put(t, NewOutbox(d, parse(old), testSite()), StaffNotice(testSite(), "budi@example.test", "Uji", "Uji"))
		both := NewOutbox(d, parse(old+","+newest), testSite())
		put(t, both, StaffNotice(testSite(), "budi@example.test", "Uji", "Uji"))
		for _, want := range []int{1, 0} {
			if n, err := both.Reseal(context.Background()); err != nil || n != want {
				t.Errorf("resealed %d, %v; want %d", n, err, want)
			}
		}
		w := &worker{Outbox: NewOutbox(d, parse(newest), testSite())}
		for range 2 {
			e, err := w.lease(context.Background())
			if err != nil {
				t.Fatal(err)
			}
			if c, err := w.open(e.ID, e.sealed); err != nil || c.To != "budi@example.test" {
				t.Errorf("the new key alone does not open it: %v", err)
			}
		}
	})
}
