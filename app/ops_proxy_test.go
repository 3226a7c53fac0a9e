package app

import (
	"bytes"
	"context"
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/tls"
	"crypto/x509"
	"encoding/pem"
	"math/big"
	"net"
	"net/http"
	"net/http/httptest"
	"net/url"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"pulih/db/dbtest"
	"pulih/tickets/upload"
	"pulih/views"
)

// publicName is the name in the examples of ops/.
const publicName = "pulih.example.go.id"

// proxy is a real reverse proxy with an example of ops/ before the app.
type proxy struct {
	*test
	folder  string // its logs and whatever else it writes
	plain   string // where it listens for http
	backend *httptest.Server
}

// fronted starts the app as it is behind a proxy. example is a file of ops/,
// whose addresses and paths replace; start gives the command that serves it.
func fronted(t *testing.T, example string, changes map[string]string, start func(config, folder string) *exec.Cmd) *proxy {
	t.Helper()
	x := newTest(t)
	p := &proxy{test: x, folder: t.TempDir()}
	p.backend = httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) { x.App.ServeHTTP(w, r) }))
	t.Cleanup(p.backend.Close)
	var secure string
	p.plain, secure = freeAddress(t), freeAddress(t)
	x.url = "https://" + publicName
	x.App.BaseURL, x.App.TrustedProxies = must(url.Parse(x.url))(t), lawPrefixes("127.0.0.1/32")
	x.App = New(x.stop, x.App)
	x.cert = &http.Transport{TLSClientConfig: &tls.Config{InsecureSkipVerify: true}, ForceAttemptHTTP2: true,
		DialContext: func(ctx context.Context, _, _ string) (net.Conn, error) {
			return new(net.Dialer).DialContext(ctx, "tcp", secure)
		}}
	p.writeCertificate()
	text := string(must(os.ReadFile("../ops/" + example))(t))
	for from, to := range changes {
		if !strings.Contains(text, from) {
			t.Fatalf("%s does not say %q", example, from)
		}
		text = strings.ReplaceAll(text, from, to)
	}
	text = strings.NewReplacer("FOLDER", p.folder, "PLAINPORT", port(p.plain), "SECUREPORT", port(secure), "PLAIN", p.plain, "SECURE", secure, "BACKEND", strings.TrimPrefix(p.backend.URL, "http://")).Replace(text)
	config := filepath.Join(p.folder, example)
	if err := os.WriteFile(config, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
	p.run(start(config, p.folder), secure)
	return p
}

func port(address string) string { return address[strings.LastIndexByte(address, ':')+1:] }

func freeAddress(t *testing.T) string {
	t.Helper()
	l := must(net.Listen("tcp", "127.0.0.1:0"))(t)
	defer l.Close()
	return l.Addr().String()
}

// run starts the proxy and ends it with the test.
func (p *proxy) run(c *exec.Cmd, address string) {
	p.t.Helper()
	said := must(os.Create(filepath.Join(p.folder, "stderr.log")))(p.t)
	defer said.Close()
	c.Stdout, c.Stderr = said, said
	if err := c.Start(); err != nil {
		p.t.Fatal(err)
	}
	p.t.Cleanup(func() { _ = c.Process.Kill(); _ = c.Wait() })
	for range 500 {
		if conn, err := net.Dial("tcp", address); err == nil {
			_ = conn.Close()
			return
		}
		time.Sleep(20 * time.Millisecond)
	}
	p.t.Fatalf("it does not start: %s", must(os.ReadFile(said.Name()))(p.t))
}

func (p *proxy) writeCertificate() {
	p.t.Helper()
	key := must(ecdsa.GenerateKey(elliptic.P256(), rand.Reader))(p.t)
	of := &x509.Certificate{SerialNumber: big.NewInt(1), DNSNames: []string{publicName}, NotAfter: time.Now().Add(time.Hour)}
	der := must(x509.CreateCertificate(rand.Reader, of, of, &key.PublicKey, key))(p.t)
	for name, block := range map[string]*pem.Block{"fullchain.pem": {Type: "CERTIFICATE", Bytes: der}, "key.pem": {Type: "EC PRIVATE KEY", Bytes: must(x509.MarshalECPrivateKey(key))(p.t)}} {
		if err := os.WriteFile(filepath.Join(p.folder, name), pem.EncodeToMemory(block), 0o600); err != nil {
			p.t.Fatal(err)
		}
	}
}

// The example for nginx, walked with the real one.
func TestBehindNginx(t *testing.T) {
	nginx := dbtest.Require(t, "nginx", "PULIH_TEST_NGINX")
	walkProxy(t, fronted(t, "nginx.conf", map[string]string{
		"server 127.0.0.1:8080;": "server BACKEND;", "listen [::]:80;": "", "listen [::]:443 ssl http2;": "",
		"listen 80;": "listen PLAIN;", "listen 443 ssl http2;": "listen SECURE ssl http2;", "/etc/ssl/pulih/": "FOLDER/", "/var/log/nginx/": "FOLDER/",
	}, func(config, folder string) *exec.Cmd {
		whole := filepath.Join(folder, "whole.conf")
		text := "daemon off;\nmaster_process off;\npid " + folder + "/pid;\nerror_log stderr;\nevents {}\nhttp {\n"
		for _, dir := range []string{"client_body", "proxy", "fastcgi", "uwsgi", "scgi"} {
			text += dir + "_temp_path " + folder + "/" + dir + ";\n"
		}
		if err := os.WriteFile(whole, []byte(text+"include "+config+";\n}\n"), 0o600); err != nil {
			t.Fatal(err)
		}
		return exec.Command(nginx, "-c", whole, "-p", folder)
	}))
}

// The example for Caddy, walked with the real one.
func TestBehindCaddy(t *testing.T) {
	caddy := dbtest.Require(t, "caddy", "PULIH_TEST_CADDY")
	walkProxy(t, fronted(t, "Caddyfile", map[string]string{
		"\n{\n":                  "\n{\n\tadmin off\n\tdefault_bind 127.0.0.1\n\thttp_port PLAINPORT\n\thttps_port SECUREPORT\n",
		"\n" + publicName + " {": "\n" + publicName + " {\n\ttls FOLDER/fullchain.pem FOLDER/key.pem", "/var/log/caddy/": "FOLDER/", "127.0.0.1:8080": "BACKEND",
	}, func(config, folder string) *exec.Cmd {
		c := exec.Command(caddy, "run", "--config", config, "--adapter", "caddyfile")
		c.Env = append(os.Environ(), "HOME="+folder, "XDG_DATA_HOME="+folder, "XDG_CONFIG_HOME="+folder)
		return c
	}))
}

func walkProxy(t *testing.T, p *proxy) {
	p.pages()
	p.forms()
	p.addresses()
	p.streams()
	p.uploads()
	p.redirect()
	p.keepsQuiet()
}

// Security headers come from the app, once; what may be kept is the app's word.
func (p *proxy) pages() {
	page := p.browser().get("/")
	page.mustSay(p.t, http.StatusOK, "Tidak bisa masuk")
	for name, want := range map[string]string{"Content-Security-Policy": policy, "X-Content-Type-Options": "nosniff", "Cache-Control": "no-store",
		"Strict-Transport-Security": "max-age=31536000; includeSubDomains", "Referrer-Policy": "same-origin"} {
		if got := page.header.Values(name); len(got) != 1 || got[0] != want {
			p.t.Errorf("%s: %q", name, got)
		}
	}
	if style := p.browser().get(p.Assets.URL("pulih.css")); style.status != http.StatusOK || !strings.Contains(style.header.Get("Cache-Control"), "immutable") {
		p.t.Errorf("the stylesheet: %d, %q", style.status, style.header.Get("Cache-Control"))
	}
}

// What a browser posts from our own page passes; what another site posts does
// not: Host is kept.
func (p *proxy) forms() {
	for origin, want := range map[string]int{"https://" + publicName: http.StatusSeeOther, "https://jahat.test": http.StatusForbidden} {
		b := p.browser()
		b.client.Transport = lawHeaders{p.cert, http.Header{"Origin": {origin}}}
		if got := b.post("/pulihkan", url.Values{"nip": {sitiNIP}}); got.status != want {
			p.t.Errorf("a form from %s: %d\n%s", origin, got.status, got.text())
		}
	}
}

// Nobody says himself who he is, nor names his request (RL-05).
func (p *proxy) addresses() {
	before := len(p.log.String())
	b := p.browser()
	b.client.Transport = lawHeaders{p.cert, http.Header{"X-Forwarded-For": {"203.0.113.77"}, "Forwarded": {"for=203.0.113.77;host=jahat.test"},
		"X-Forwarded-Host": {"jahat.test"}, "X-Forwarded-Proto": {"http"}, "X-Real-Ip": {"203.0.113.77"}, "X-Request-Id": {"pilihan-tamu-0001"}}}
	page := b.get("/panduan")
	said := p.log.String()[before:]
	if page.status != http.StatusOK || strings.Contains(said, "203.0.113") || !strings.Contains(said, "127.0.0.0") {
		p.t.Errorf("%d: %s", page.status, said)
	}
	if page.header.Get("X-Request-Id") == "pilihan-tamu-0001" || page.header.Get("Strict-Transport-Security") == "" || strings.Contains(page.body, "jahat.test") {
		p.t.Errorf("the client's word is taken: %v", page.header)
	}
}

// The first line of a stream comes at once.
func (p *proxy) streams() {
	b := p.clockBrowser(onComputer)
	b.practise()
	ctx, cancel := context.WithTimeout(p.t.Context(), 5*time.Second)
	defer cancel()
	status, lines, closing := b.listens(ctx, "0")
	defer closing()
	if status != http.StatusOK || !lines.Scan() || !strings.HasPrefix(lines.Text(), "retry:") {
		p.t.Errorf("%d, %q, %v", status, lines.Text(), lines.Err())
	}
}

// A file of the largest size arrives, one byte more is refused in our words,
// and so is a form above all limits. Nothing of them ever lay where nginx keeps
// what it does not hold in memory: a file that came and went changes its
// folder's time. Caddy has no such folder.
func (p *proxy) uploads() {
	before := p.spooled()
	f := p.filed()
	at := views.StatusPath(f.number, "berkas")
	most := append([]byte("%PDF-1.4\n"), bytes.Repeat([]byte(" "), upload.MaxBytes-15)...)
	most = append(most, "\n%%EOF"...)[:upload.MaxBytes]
	copy(most[len(most)-6:], "\n%%EOF")
	f.follow(f.upload(at, ktp, file{"SK.pdf", "application/pdf", most})).mustSay(p.t, http.StatusOK, "Berkas Anda sudah kami terima.")
	f.upload(at, ktp, file{"SK.pdf", "application/pdf", append(most, ' ')}).mustSay(p.t, http.StatusUnprocessableEntity, "lebih dari 5 MB")
	large := file{"SK.pdf", "application/pdf", bytes.Repeat([]byte("x"), 17<<20)}
	if got := f.upload(at, ktp, large); got.status != http.StatusRequestEntityTooLarge || !strings.Contains(got.body, `lang="id"`) {
		p.t.Errorf("17 MiB: %d\n%s", got.status, got.text())
	}
	for dir, at := range p.spooled() {
		if at != before[dir] {
			p.t.Errorf("something lay in %s", dir)
		}
	}
}

// spooled are nginx's folders of what passes, and when each was written to.
func (p *proxy) spooled() map[string]time.Time {
	all := map[string]time.Time{}
	for _, name := range []string{"client_body", "proxy"} {
		_ = filepath.WalkDir(filepath.Join(p.folder, name), func(path string, d os.DirEntry, err error) error {
			if err == nil && d.IsDir() {
				all[path] = must(os.Stat(path))(p.t).ModTime()
			}
			return nil
		})
	}
	return all
}

func (p *proxy) redirect() {
	r := must(http.NewRequest(http.MethodGet, "http://"+p.plain+"/panduan?a=1", nil))(p.t)
	r.Host = publicName
	client := &http.Client{CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }}
	answer := must(client.Do(r))(p.t)
	_ = answer.Body.Close()
	if to := answer.Header.Get("Location"); answer.StatusCode/100 != 3 || to != "https://"+publicName+"/panduan?a=1" {
		p.t.Errorf("%d to %q", answer.StatusCode, to)
	}
}

// What was asked for stands in no log of the proxy's, be it after "?" or the
// token of a mailed link; not even when the app is gone.
func (p *proxy) keepsQuiet() {
	b := p.browser()
	b.get("/petugas/cari?q=" + sitiNIP)
	b.get("/bukan-saya/RAHASIA-0123456789-ABCDEF")
	p.backend.Close()
	for _, path := range []string{"/petugas/cari?q=" + sitiNIP, "/bukan-saya/RAHASIA-0123456789-ABCDEF"} {
		if got := b.get(path); got.status != http.StatusBadGateway {
			p.t.Errorf("without the app: %d", got.status)
		}
	}
	logged := ""
	for range 100 {
		logs := must(filepath.Glob(filepath.Join(p.folder, "*.log")))(p.t)
		logged = ""
		for _, path := range logs {
			logged += string(must(os.ReadFile(path))(p.t))
		}
		if strings.Count(logged, "\n") > 10 {
			break
		}
		time.Sleep(20 * time.Millisecond)
	}
	if strings.Count(logged, "\n") < 5 {
		p.t.Errorf("it logs nothing: %s", logged)
	}
	for _, secret := range []string{sitiNIP, "RAHASIA", "?", "q=", "Cookie"} {
		if strings.Contains(logged, secret) {
			p.t.Errorf("its log says %q:\n%.600s", secret, logged)
		}
	}
}
