package main

import (
	"bytes"
	"context"
	"crypto/x509"
	"encoding/json"
	"log/slog"
	"maps"
	"net"
	"net/http"
	"net/http/httptest"
	"net/netip"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"pulih/db"
	"pulih/mail/mailbox"
	"pulih/secret"
)

// patient is an installation that served for a moment, with its settings in
// the environment and its keys in files.
func patient(t *testing.T) map[string]string {
	t.Helper()
	settings := lawSettings(t)
	folder := filepath.Dir(settings["database"])
	for name, file := range map[string]string{"keys-sealing": "sealing", "key-pepper": "pepper"} {
		settings[name+"-file"] = filepath.Join(folder, file)
		if err := os.WriteFile(settings[name+"-file"], []byte(settings[name]), 0o600); err != nil {
			t.Fatal(err)
		}
		delete(settings, name)
	}
	box, err := mailbox.Start("127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = box.Close() })
	settings["smtp-host"], settings["smtp-port"], _ = net.SplitHostPort(box.Addr())
	settings["time-reference"] = newTimeServer(t, 0).LocalAddr().String()
	l := lawServe(t, settings, slog.DiscardHandler)
	l.agent(t)
	l.stop()
	l.ended(t)
	_ = l.db.Close()
	settings["base-url"] = "http://" + l.host
	delete(settings, "metrics-listen")
	return settings
}

// checked runs the check in an environment, and reads its report by part.
func checked(t *testing.T, settings map[string]string) (map[string]finding, error) {
	t.Helper()
	for name, value := range settings {
		t.Setenv("PULIH_"+strings.ToUpper(strings.ReplaceAll(name, "-", "_")), value)
	}
	var out bytes.Buffer
	c := checkCmd{Database: settings["database"], AuditCopy: settings["audit-copy"], JSON: true, figuresFlags: figuresFlags{Zone: "WITA"}, screen: screen{&out}}
	failed := c.Run(context.Background())
	var all []finding
	if err := json.Unmarshal(out.Bytes(), &all); err != nil {
		t.Fatalf("%v: %s", err, &out)
	}
	parts := map[string]finding{}
	for _, f := range all {
		parts[f.Part] = f
	}
	return parts, failed
}

func TestCheckFindsAHealthyInstallationWell(t *testing.T) {
	parts, err := checked(t, patient(t))
	if err != nil {
		t.Error(err)
	}
	for _, part := range []string{"settings", "key files", "proxies", "database", "schema", "keys", "audit", "figures", "outbox", "leases", "clock", "relay"} {
		if parts[part].State != well {
			t.Errorf("%s: %s", part, parts[part])
		}
	}
	for _, part := range []string{"certificate", "public name"} {
		if parts[part].State != untried {
			t.Errorf("%s: %s", part, parts[part])
		}
	}
	if parts["audit copy"].State != warns { // beside the database
		t.Error(parts["audit copy"])
	}
}

// Each thing that is wrong is found in its own part, and in no other.
func TestCheckFindsWhatIsWrong(t *testing.T) {
	sick := map[string]struct {
		part string
		want health
		say  string
		harm func(t *testing.T, settings map[string]string)
	}{
		"no relay": {"relay", fails, "refused", func(t *testing.T, s map[string]string) { s["smtp-port"] = deadPort(t) }},
		"a late clock": {"clock", fails, "behind", func(t *testing.T, s map[string]string) {
			s["time-reference"] = newTimeServer(t, time.Minute).LocalAddr().String()
		}},
		"an open key file": {"key files", fails, "0644", func(t *testing.T, s map[string]string) { must(t, os.Chmod(s["keys-sealing-file"], 0o644)) }},
		"other keys": {"keys", fails, "staff.secret", func(t *testing.T, s map[string]string) {
			must(t, os.WriteFile(s["keys-sealing-file"], []byte("1:"+secret.NewKey()), 0o600))
		}},
		"a wide proxy": {"proxies", warns, "0.0.0.0/1", func(_ *testing.T, s map[string]string) { s["trusted-proxies"] = "0.0.0.0/1" }},
		"a newer schema": {"schema", warns, "99999", func(t *testing.T, s map[string]string) {
			change(t, s, `INSERT INTO goose_db_version (version_id, is_applied) VALUES (99999, TRUE)`)
		}},
		"a stuck mail": {"outbox", fails, "reset.code 1", func(t *testing.T, s map[string]string) {
			change(t, s, `INSERT INTO outbox (id, kind, person, message_id, sealed, state, attempts, created_at, run_at, lease_until, expires_at, ended_at, answer)
				VALUES ('m', 'reset.code', '', 'm', $1, 'queued', 9, 1, 1, 0, $2, 0, '')`, []byte("x"), int64(1)<<60)
		}},
		"a job that rests": {"leases", warns, "seal rests", func(t *testing.T, s map[string]string) {
			change(t, s, `INSERT INTO leases (name, holder, until) VALUES ('clock', 'a', $1), ('seal', 'b', 1)
				ON CONFLICT (name) DO UPDATE SET holder = excluded.holder, until = excluded.until`, db.At(time.Now()).Add(5*time.Second))
		}},
		"a copy that is gone": {"audit", fails, "no copy at", func(t *testing.T, s map[string]string) { must(t, os.Remove(s["audit-copy"])) }},
		"a setting":           {"settings", fails, "zone", func(_ *testing.T, s map[string]string) { s["zone"] = "WKK" }},
	}
	healthy := patient(t)
	for name, c := range sick {
		t.Run(name, func(t *testing.T) {
			settings := twin(t, healthy)
			c.harm(t, settings)
			parts, err := checked(t, settings)
			if got := parts[c.part]; got.State != c.want || !strings.Contains(got.Text, c.say) || got.Do == "" {
				t.Errorf("%s: %s", c.part, got)
			}
			if (err != nil) != (c.want == fails) {
				t.Errorf("the command ends with %v", err)
			}
			for part, f := range parts {
				if f.State == fails && part != c.part {
					t.Errorf("%s too: %s", part, f)
				}
			}
		})
	}
}

// twin is a copy of an installation, to be harmed.
func twin(t *testing.T, settings map[string]string) map[string]string {
	t.Helper()
	from, to := filepath.Dir(settings["database"]), t.TempDir()
	must(t, os.CopyFS(to, os.DirFS(from)))
	other := maps.Clone(settings)
	for name, value := range other {
		if strings.HasPrefix(value, from) {
			other[name] = to + strings.TrimPrefix(value, from)
		}
	}
	for _, file := range []string{"sealing", "pepper"} {
		must(t, os.Chmod(filepath.Join(to, file), 0o600))
	}
	return other
}

func must(t *testing.T, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

func change(t *testing.T, settings map[string]string, statement string, args ...any) {
	t.Helper()
	d, err := openDatabase(t.Context(), settings["database"])
	must(t, err)
	err = d.Write(t.Context(), func(tx *db.Tx) error { _, err := tx.Exec(t.Context(), statement, args...); return err })
	must(t, err)
	must(t, d.Close())
}

func deadPort(t *testing.T) string {
	t.Helper()
	l, err := net.Listen("tcp", "127.0.0.1:0")
	must(t, err)
	defer l.Close()
	_, port, _ := net.SplitHostPort(l.Addr().String())
	return port
}

// The doctor changes no row, and sends no mail.
func TestCheckChangesNothing(t *testing.T) {
	settings := patient(t)
	sums := func() db.Sums {
		d, err := openAsItIs(t.Context(), settings["database"])
		must(t, err)
		defer d.Close() //nolint:errcheck // only read
		s, err := d.SumsOf(t.Context())
		must(t, err)
		return s
	}
	before := sums()
	if _, err := checked(t, settings); err != nil {
		t.Error(err)
	}
	if after := sums(); !maps.Equal(before, after) {
		t.Errorf("before %v\nafter %v", before, after)
	}
}

// Without serve's settings nothing is said about what they name.
func TestCheckSaysWhatItDidNotTry(t *testing.T) {
	settings := patient(t)
	parts, err := checked(t, map[string]string{"database": settings["database"]})
	if err != nil {
		t.Error(err)
	}
	for _, part := range []string{"settings", "key files", "proxies", "keys", "clock", "relay", "certificate", "public name", "audit copy"} {
		if parts[part].State != untried || !strings.Contains(parts[part].Text, "not tried") {
			t.Errorf("%s: %s", part, parts[part])
		}
	}
}

func TestCheckReadsCertificates(t *testing.T) {
	now := time.Date(2026, 11, 23, 2, 0, 0, 0, time.UTC)
	for name, c := range map[string]struct {
		names []string
		ends  time.Duration
		want  health
	}{
		"whole":         {[]string{"pulih.example.go.id"}, 90 * 24 * time.Hour, well},
		"soon":          {[]string{"pulih.example.go.id"}, 13 * 24 * time.Hour, warns},
		"over":          {[]string{"pulih.example.go.id"}, -time.Hour, fails},
		"somebody else": {[]string{"example.go.id"}, 90 * 24 * time.Hour, fails},
	} {
		leaf := &x509.Certificate{DNSNames: c.names, NotAfter: now.Add(c.ends)}
		if f := judgeCertificate("certificate", leaf, "pulih.example.go.id", now); f.State != c.want {
			t.Errorf("%s: %s", name, f)
		}
	}
	stranger := httptest.NewTLSServer(http.NotFoundHandler())
	defer stranger.Close()
	d := doctor{env: environment{serve: serveCmd{siteFlags: siteFlags{BaseURL: stranger.URL}}}}
	if f := d.publicCertificate(t.Context()); f.State != fails {
		t.Errorf("a certificate that nobody signed: %s", f)
	}
	d.env.serve.BaseURL = "https://127.0.0.1:" + deadPort(t)
	if f := d.publicCertificate(t.Context()); f.State != untried {
		t.Errorf("nobody there: %s", f)
	}
}

func TestCheckJudgesPostgreSQL(t *testing.T) {
	good := postgresServer{version: 15_08, connections: 100, reserved: 3, standbys: "siaga", commit: "on", checksums: "on", replicas: 1}
	good.version = 150008
	if f := good.judge(); f.State != well {
		t.Error(f)
	}
	for want, harm := range map[string]func(*postgresServer){
		"15 or newer": func(s *postgresServer) { s.version = 140009 }, "power cut": func(s *postgresServer) { s.commit = "off" },
		"no synchronous standby": func(s *postgresServer) { s.standbys = "" }, "no standby is connected": func(s *postgresServer) { s.replicas = 0 },
		"checksums": func(s *postgresServer) { s.checksums = "off" }, "max_connections": func(s *postgresServer) { s.connections = 30 },
	} {
		s := good
		harm(&s)
		if f := s.judge(); f.State != warns || !strings.Contains(f.Text, want) {
			t.Errorf("%s: %s", want, f)
		}
	}
}

func TestCheckJudgesSpaceAndNetworks(t *testing.T) {
	for free, want := range map[uint64]health{100 << 20: fails, 500 << 20: warns, 3 << 30: warns, 40 << 30: well} {
		if f := spaceOf("database", free, 100<<30); f.State != want {
			t.Errorf("%d: %s", free>>20, f)
		}
	}
	for text, want := range map[string]bool{"10.0.0.0/8": false, "127.0.0.1/32": false, "0.0.0.0/1": true, "2001:db8::/32": false, "2000::/3": true} {
		if got := wide(netip.MustParsePrefix(text)); got != want {
			t.Errorf("%s is wide: %v", text, got)
		}
	}
}

// The health check of a container asks the server itself, wherever it listens.
func TestReadyAsksTheServer(t *testing.T) {
	l := newLawServer(t)
	_, port, _ := net.SplitHostPort(l.host)
	for _, listen := range []string{l.host, ":" + port, "0.0.0.0:" + port} {
		if err := run(t.Context(), []string{"ready", "--listen", listen}); err != nil {
			t.Errorf("%s: %v", listen, err)
		}
	}
	l.app.TellClockOff(time.Hour)
	if err := run(t.Context(), []string{"ready", "--listen", l.host}); err == nil {
		t.Error("ready with a wrong clock")
	}
	if err := run(t.Context(), []string{"ready", "--listen", "127.0.0.1:" + deadPort(t)}); err == nil {
		t.Error("ready where nobody listens")
	}
}

// systemd hears when requests may come, and that a stop is wanted.
func TestServeTellsSystemd(t *testing.T) {
	path := filepath.Join(t.TempDir(), "notify")
	conn, err := net.ListenUnixgram("unixgram", &net.UnixAddr{Name: path, Net: "unixgram"})
	must(t, err)
	defer conn.Close()
	t.Setenv("NOTIFY_SOCKET", path)
	l := newLawServer(t)
	said := func() string {
		_ = conn.SetReadDeadline(time.Now().Add(10 * time.Second))
		b := make([]byte, 64)
		n, err := conn.Read(b)
		must(t, err)
		return string(b[:n])
	}
	if got := said(); got != "READY=1" {
		t.Error(got)
	}
	l.stop()
	if got := said(); got != "STOPPING=1" {
		t.Error(got)
	}
	l.ended(t)
}
