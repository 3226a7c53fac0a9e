package main

import (
	"bufio"
	"context"
	"encoding/base64"
	"errors"
	"fmt"
	"html"
	"io"
	"log/slog"
	"net"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
	"time"

	"github.com/alecthomas/kong"

	"pulih/accounts"
	"pulih/app"
	"pulih/audit"
	"pulih/db"
	"pulih/otp"
	"pulih/secret"
)

// lawSettings is all that serve needs, as flags.
func lawSettings(t *testing.T) map[string]string {
	folder := t.TempDir()
	return map[string]string{
		"database": filepath.Join(folder, "pulih.db"), "audit-copy": filepath.Join(folder, "audit.jsonl"),
		"keys-sealing": "1:" + secret.NewKey(), "key-pepper": secret.NewKey(),
		"agency": "BKPSDM Kabupaten Contoh", "hours": "Senin–Jumat", "phone": "(0401) 555 0100", "address": "Jl. Contoh No. 1",
		"zone": "WITA", "base-url": "https://pulih.example.go.id", "smtp-host": "127.0.0.1", "smtp-tls": "none",
		"sender": "pulih@example.go.id", "listen": "127.0.0.1:0",
	}
}

func lawArgs(command string, settings map[string]string) []string {
	args := []string{command}
	for name, value := range settings {
		args = append(args, "--"+name+"="+value)
	}
	return args
}

// lawRefused starts serve with settings that it must refuse before it listens
// to anybody, and says which setting it named.
func lawRefused(t *testing.T, name, want string, change func(map[string]string)) {
	t.Helper()
	settings := lawSettings(t)
	change(settings)
	ctx, cancel := context.WithTimeout(context.Background(), 20*time.Second)
	defer cancel()
	err := run(ctx, lawArgs("serve", settings))
	if err == nil || ctx.Err() != nil || !strings.Contains(err.Error(), want) {
		t.Errorf("%s: %v, want a word of %s", name, err, want)
		return
	}
	for key, value := range map[string]string{"a sealing key": settings["keys-sealing"], "the pepper": settings["key-pepper"]} {
		if len(value) > 30 && strings.Contains(err.Error(), value) {
			t.Errorf("%s: the error shows %s", name, key)
		}
	}
}

func TestServeRefusesWhatIsMissing_SC01(t *testing.T) {
	for _, name := range []string{"database", "audit-copy", "keys-sealing", "key-pepper", "agency", "hours", "phone", "address",
		"zone", "base-url", "smtp-host", "sender"} {
		lawRefused(t, "without "+name, name, func(s map[string]string) { delete(s, name) })
		lawRefused(t, "with an empty "+name, strings.SplitN(name, "-", 2)[0], func(s map[string]string) { s[name] = "" })
	}
}

func TestServeRefusesWeakKeys_SC01(t *testing.T) {
	one := secret.NewKey()
	short := base64.StdEncoding.EncodeToString([]byte("thirty bytes are not enough..."))
	same := base64.StdEncoding.EncodeToString(make([]byte, 32))
	for name, c := range map[string][2]string{
		"a short sealing key": {"1:" + short, one}, "a short pepper": {"1:" + one, short},
		"equal keys": {"1:" + one, one}, "two equal sealing keys": {"1:" + one + ",2:" + one, secret.NewKey()},
		"all bytes equal": {"1:" + same, one}, "a pepper of zeros": {"1:" + one, same},
		"a word": {"1:secret", "secret"}, "no number": {one, secret.NewKey()},
	} {
		lawRefused(t, name, "key", func(s map[string]string) { s["keys-sealing"], s["key-pepper"] = c[0], c[1] })
	}
	lawRefused(t, "a key twice, as value and file", "keys-sealing", func(s map[string]string) { s["keys-sealing-file"] = s["database"] })
	lawRefused(t, "a key file that is not there", "keys-sealing-file", func(s map[string]string) {
		delete(s, "keys-sealing")
		s["keys-sealing-file"] = filepath.Join(t.TempDir(), "none")
	})
}

func TestServeRefusesWrongSettings(t *testing.T) {
	for name, c := range map[string][2]string{
		"http for the world":       {"base-url", "http://pulih.example.go.id"},
		"http to a private host":   {"base-url", "http://10.1.2.3"},
		"no scheme":                {"base-url", "pulih.example.go.id"},
		"another scheme":           {"base-url", "gopher://127.0.0.1"},
		"a path":                   {"base-url", "https://pulih.example.go.id/pulih"},
		"a query":                  {"base-url", "https://pulih.example.go.id/?a=b"},
		"a fragment":               {"base-url", "https://pulih.example.go.id/#a"},
		"a user":                   {"base-url", "https://a@pulih.example.go.id"},
		"a port that says nothing": {"base-url", "https://pulih.example.go.id:443"},
		"no address":               {"base-url", "https://"},
		"a control character":      {"base-url", "https://pulih.example.go.id\n"},
		"a zone of elsewhere":      {"zone", "UTC"},
		"an ampersand":             {"issuer", "ASN & Digital"},
		"a colon":                  {"issuer", "ASN:Digital"},
		"an equals sign":           {"issuer", "ASN=Digital"},
		"a long issuer":            {"issuer", strings.Repeat("a", 41)},
		"a bad CIDR":               {"trusted-proxies", "10.0.0.0/33"},
		"everybody's a proxy":      {"trusted-proxies", "0.0.0.0/0"},
		"everybody, IPv6":          {"trusted-proxies", "::/0"},
		"a name for a proxy":       {"trusted-proxies", "proxy.example.go.id"},
		"a bad counter":            {"counter-networks", "10.0.0"},
		"the world's a counter":    {"counter-networks", "0.0.0.0/0"},
		"a bad port":               {"smtp-port", "seratus"},
		"a port beyond":            {"smtp-port", "65536"},
		"an unknown TLS":           {"smtp-tls", "maybe"},
		"a sender without domain":  {"sender", "pulih"},
		"a sender with a header":   {"sender", "pulih@example.go.id\r\nBcc: a@b.test"},
		"a password of no user":    {"smtp-user", "pulih"},
		"half a certificate":       {"tls-cert", "/nonexistent.pem"},
		"holidays that are none":   {"holidays", "/nonexistent.txt"},
		"no breached passwords":    {"breached-passwords", "/nonexistent.txt"},
		"a folder of them":         {"breached-passwords", "/"},
		"no place to listen":       {"listen", "256.0.0.1:1"},
	} {
		want := c[0]
		if strings.HasPrefix(c[0], "smtp-") {
			want = "smtp"
		}
		lawRefused(t, name, want, func(s map[string]string) { s[c[0]] = c[1] })
	}
	lawRefused(t, "no TLS to a relay elsewhere", "smtp", func(s map[string]string) { s["smtp-host"] = "mail.example.go.id" })
	lawRefused(t, "an audit copy in no folder", "audit", func(s map[string]string) { s["audit-copy"] = "/nonexistent/audit.jsonl" })
}

// Neither touches the other's data (impostor 20).
func TestServeAndDemoRefuseEachOther_impostor20(t *testing.T) {
	ctx := context.Background()
	lawMarked := func(path string, mark func(context.Context, *db.DB) error) {
		d, err := openDatabase(ctx, path)
		if err == nil {
			err = errors.Join(mark(ctx, d), d.Close())
		}
		if err != nil {
			t.Fatal(err)
		}
	}
	settings := lawSettings(t)
	lawMarked(settings["database"], app.RefuseReal)
	if err := run(ctx, lawArgs("serve", settings)); !errors.Is(err, app.ErrDemoDatabase) || !strings.Contains(err.Error(), "database") {
		t.Errorf("serve on a demo's database: %v", err)
	}
	folder := t.TempDir()
	lawMarked(filepath.Join(folder, "pulih.db"), app.RefuseDemo)
	err := run(ctx, []string{"demo", "--listen=127.0.0.1:0", "--data=" + folder})
	if !errors.Is(err, app.ErrNotDemoDatabase) || !strings.Contains(err.Error(), "data") {
		t.Errorf("a demo on a real database: %v", err)
	}
}

func TestTheDemoListensHereOnly_impostor20(t *testing.T) {
	for _, address := range []string{"0.0.0.0:0", "[::]:0", ":8080", "192.0.2.1:80", "10.0.0.1:80", "example.test:80",
		"localhost.example.test:80", "127.0.0.1.example.test:80", "8080", "", "0:80"} {
		err := run(context.Background(), []string{"demo", "--listen=" + address, "--data=" + t.TempDir()})
		if err == nil || !strings.Contains(err.Error(), "listen") {
			t.Errorf("--listen %q: %v", address, err)
		}
	}
}

// lawServer is serve as it runs in production, on this machine.
type lawServer struct {
	*server
	host string
	stop context.CancelFunc
	done chan error
}

func newLawServer(t *testing.T) *lawServer {
	t.Helper()
	return lawServe(t, lawSettings(t), slog.DiscardHandler)
}

func lawServe(t *testing.T, settings map[string]string, log slog.Handler) *lawServer {
	t.Helper()
	free, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	l := &lawServer{host: free.Addr().String(), done: make(chan error, 1)}
	_ = free.Close()
	settings["listen"], settings["base-url"] = l.host, "http://"+l.host
	settings["metrics-listen"] = "127.0.0.1:0"
	var c commands
	parser, err := kong.New(&c, kong.BindTo(context.Background(), (*context.Context)(nil)))
	if err == nil {
		_, err = parser.Parse(lawArgs("serve", settings))
	}
	if err != nil {
		t.Fatal(err)
	}
	ctx, stop := context.WithCancel(context.Background())
	l.stop = stop
	t.Cleanup(stop)
	if l.server, err = c.Serve.build(ctx, slog.New(log)); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = l.db.Close() })
	go func() { l.done <- l.run(ctx) }()
	return l
}

func (l *lawServer) ended(t *testing.T) {
	t.Helper()
	select {
	case err := <-l.done:
		if err != nil {
			t.Error(err)
		}
	case <-time.After(10 * time.Second):
		t.Fatal("it does not stop")
	}
}

// lawInFlight posts half a form and returns when the server reads it.
func lawInFlight(t *testing.T, host string) (conn net.Conn, answer *bufio.Reader) {
	t.Helper()
	conn, err := net.Dial("tcp", host)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = conn.Close() })
	_ = conn.SetDeadline(time.Now().Add(15 * time.Second))
	fmt.Fprintf(conn, "POST /pulihkan HTTP/1.1\r\nHost: %s\r\nContent-Type: application/x-www-form-urlencoded\r\nContent-Length: 22\r\nExpect: 100-continue\r\n\r\n", host)
	answer = bufio.NewReader(conn)
	if line, err := answer.ReadString('\n'); err != nil || !strings.Contains(line, "100 Continue") {
		t.Fatal(line, err)
	}
	_, _ = answer.ReadString('\n')
	fmt.Fprint(conn, "nip=19860926201")
	return conn, answer
}

// A stop lets what has begun finish, and keeps nobody waiting who only
// listens.
func TestServeStopsGracefully(t *testing.T) {
	l := newLawServer(t)
	conn, answer := lawInFlight(t, l.host)
	stream := l.stream(t)
	if got := l.siap(); got != http.StatusOK {
		t.Errorf("/siap says %d while it serves", got)
	}
	ended := make(chan struct{})
	go func() { _, _ = io.Copy(io.Discard, stream); close(ended) }()
	select {
	case <-ended:
		t.Fatal("the stream ended by itself")
	case <-time.After(50 * time.Millisecond):
	}
	l.stop()
	select {
	case <-ended:
	case <-time.After(2 * time.Second):
		t.Error("the stream does not end")
	}
	if got := l.siap(); got != http.StatusServiceUnavailable {
		t.Errorf("/siap says %d while it stops", got)
	}
	select {
	case err := <-l.done:
		t.Fatalf("it ended before the request did: %v", err)
	case <-time.After(50 * time.Millisecond):
	}
	fmt.Fprint(conn, "5052001")
	got, err := http.ReadResponse(answer, nil)
	if err != nil || got.StatusCode != http.StatusSeeOther {
		t.Errorf("the request under way: %v, %v", got, err)
	}
	l.ended(t)
	if _, err := net.Dial("tcp", l.host); err == nil {
		t.Error("it still listens")
	}
}

func (l *lawServer) siap() int {
	w := httptest.NewRecorder()
	l.app.ServeHTTP(w, httptest.NewRequest(http.MethodGet, "/siap", nil))
	return w.Code
}

var lawStream = regexp.MustCompile(`/petugas/acara[^"]*`)

// stream opens the stream of the queue's page as an agent; nothing changes in
// the queue, so it stays open.
func (l *lawServer) stream(t *testing.T) io.Reader {
	t.Helper()
	session := l.agent(t)
	page, err := io.ReadAll(l.get(t, "/petugas/antrean", session).Body)
	if err != nil {
		t.Fatal(err)
	}
	answer := l.get(t, html.UnescapeString(lawStream.FindString(string(page))), session)
	if answer.Header.Get("Content-Type") != "text/event-stream" {
		t.Fatal(answer)
	}
	first := bufio.NewReader(answer.Body)
	if line, err := first.ReadString('\n'); err != nil || !strings.HasPrefix(line, "retry:") {
		t.Fatal(line, err)
	}
	return first
}

func (l *lawServer) get(t *testing.T, path string, session secret.Token) *http.Response {
	t.Helper()
	r, err := http.NewRequest(http.MethodGet, "http://"+l.host+path, nil)
	if err != nil {
		t.Fatal(err)
	}
	r.Header.Set("Cookie", "__Host-petugas="+string(session))
	answer, err := http.DefaultClient.Do(r)
	if err != nil || answer.StatusCode != http.StatusOK {
		t.Fatal(answer, err)
	}
	t.Cleanup(func() { _ = answer.Body.Close() })
	return answer
}

func (l *lawServer) agent(t *testing.T) secret.Token {
	t.Helper()
	ctx, console := context.Background(), audit.Actor{Kind: audit.Console}
	code, err := l.app.Accounts.AddStaff(ctx, accounts.NewStaff{NIP: "197001012000011001", Name: "Rina Petugas",
		Email: "rina@example.go.id", Roles: []accounts.Role{accounts.Agent}}, console)
	if err != nil {
		t.Fatal(err)
	}
	setup, err := l.app.Accounts.BeginStaffSetup(ctx, accounts.SetupForm{Code: code, Password: "Empat-Kuda-Hijau-72"}, console)
	if err != nil {
		t.Fatal(err)
	}
	in, err := l.app.Accounts.FinishStaffSetup(ctx, setup.Browser,
		accounts.StaffForm{OTP: otp.Code(setup.Secret, otp.Step(l.db.Now().Time()))}, console)
	if err != nil || in.Token == "" {
		t.Fatal(in.Result, err)
	}
	return in.Token
}

// What was audited before the stop is sealed and copied by its end.
func TestServeCopiesTheAuditAtItsEnd_impostor26(t *testing.T) {
	l := newLawServer(t)
	l.agent(t)
	l.stop()
	l.ended(t)
	copied, err := os.ReadFile(l.auditCopy)
	if err != nil || strings.Count(string(copied), "\n") < 3 {
		t.Fatalf("%v, %s", err, copied)
	}
	r, err := audit.Verify(context.Background(), l.db, audit.Terms{Copy: l.auditCopy}, nil)
	if err != nil || len(r.Findings) > 0 || r.Copied != r.Sealed {
		t.Error(r, err)
	}
}

// Metrics are on a listener of their own and nowhere else (impostor 20).
func TestMetricsHaveTheirOwnListener_impostor20(t *testing.T) {
	l := newLawServer(t)
	for address, want := range map[string]int{"http://" + l.host + "/metrics": 404, "http://" + l.metrics.Addr().String() + "/metrics": 200,
		"http://" + l.metrics.Addr().String() + "/debug/pprof/": 200, "http://" + l.host + "/debug/pprof/": 404, "http://" + l.host + "/debug/vars": 404} {
		answer, err := http.Get(address)
		if err != nil {
			t.Fatal(err)
		}
		body, _ := io.ReadAll(answer.Body)
		_ = answer.Body.Close()
		if answer.StatusCode != want || strings.Contains(string(body), "goroutine profile") {
			t.Errorf("%s: %d, want %d", address, answer.StatusCode, want)
		}
	}
}

// A client that trickles its request is cut off (stack.md, pitfall 17).
func TestTheServerHasTimeouts(t *testing.T) {
	s := newLawServer(t).httpServer(http.NotFoundHandler())
	if s.ReadHeaderTimeout == 0 || s.ReadTimeout == 0 || s.WriteTimeout == 0 || s.IdleTimeout == 0 || s.MaxHeaderBytes == 0 {
		t.Errorf("%+v", s)
	}
}
