package app

import (
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"testing"

	"pulih/mail/mailbox"
)

// Who the client is (RL-05). The attack is that of a client inside the
// office's own network: with echo's default trust it chooses its address.
func TestOnlyListedProxiesSayWhoTheClientIs_RL05(t *testing.T) {
	for name, c := range map[string]struct {
		proxies   []string
		peer      string
		forwarded []string
		want      string
	}{
		"no proxy is listed":              {nil, "10.0.0.5:1", []string{"8.8.8.8"}, "10.0.0.5"},
		"loopback is no proxy by itself":  {nil, "127.0.0.1:1", []string{"8.8.8.8"}, "127.0.0.1"},
		"the peer is not listed":          {[]string{"10.0.0.5/32"}, "10.0.0.6:1", []string{"8.8.8.8"}, "10.0.0.6"},
		"an internal client forges":       {[]string{"10.0.0.5/32"}, "10.0.0.5:1", []string{"8.8.8.8, 10.9.9.9"}, "10.9.9.9"},
		"an internal client, two headers": {[]string{"10.0.0.5/32"}, "10.0.0.5:1", []string{"8.8.8.8", "10.9.9.9"}, "10.9.9.9"},
		"a loopback client forges":        {[]string{"10.0.0.5/32"}, "10.0.0.5:1", []string{"8.8.8.8, 127.0.0.1"}, "127.0.0.1"},
		"a link-local client forges":      {[]string{"10.0.0.5/32"}, "10.0.0.5:1", []string{"8.8.8.8, 169.254.1.1"}, "169.254.1.1"},
		"an outside client forges":        {[]string{"10.0.0.5/32"}, "10.0.0.5:1", []string{"8.8.8.8, 203.0.113.9"}, "203.0.113.9"},
		"two listed proxies":              {[]string{"10.0.0.0/24"}, "10.0.0.5:1", []string{"8.8.8.8, 203.0.113.9, 10.0.0.6"}, "203.0.113.9"},
		"a proxy's own address forged":    {[]string{"10.0.0.0/24"}, "10.0.0.5:1", []string{"10.0.0.6, 203.0.113.9"}, "203.0.113.9"},
		"no header":                       {[]string{"10.0.0.5/32"}, "10.0.0.5:1", nil, "10.0.0.5"},
		"an empty header":                 {[]string{"10.0.0.5/32"}, "10.0.0.5:1", []string{""}, "10.0.0.5"},
		"rubbish":                         {[]string{"10.0.0.5/32"}, "10.0.0.5:1", []string{"8.8.8.8, <script>"}, "10.0.0.5"},
		"an address with a port":          {[]string{"10.0.0.5/32"}, "10.0.0.5:1", []string{"203.0.113.9:5555"}, "10.0.0.5"},
		"IPv6":                            {[]string{"fd00::/64"}, "[fd00::1]:1", []string{"2001:db8::1, 2001:db8::2"}, "2001:db8::2"},
		"an IPv4 peer on an IPv6 socket":  {[]string{"10.0.0.5/32"}, "[::ffff:10.0.0.5]:1", []string{"203.0.113.9"}, "203.0.113.9"},
	} {
		r := lawRequest(http.MethodGet, "/")
		r.RemoteAddr = c.peer
		for _, f := range c.forwarded {
			r.Header.Add("X-Forwarded-For", f)
		}
		r.Header.Set("X-Real-IP", "9.9.9.9")
		r.Header.Set("Forwarded", "for=9.9.9.9")
		if got := clientAddress(lawPrefixes(c.proxies...))(r); got != c.want {
			t.Errorf("%s: %s, want %s", name, got, c.want)
		}
	}
}

// lawServe answers a request without a network, as if it came from peer.
func (x *test) lawServe(r *http.Request, peer string) *http.Response {
	r.RemoteAddr = peer
	w := httptest.NewRecorder()
	x.ServeHTTP(w, r)
	return w.Result()
}

// lawAt is a request to our own name.
func (x *test) lawAt(method, path string) *http.Request {
	r := lawRequest(method, path)
	r.Host = x.BaseURL.Host
	return r
}

func TestAnotherHostIsMisdirected_RC12(t *testing.T) {
	x := newTest(t)
	for _, host := range []string{"evil.test", "", "pulih.evil.test", x.BaseURL.Host + ".evil.test", x.BaseURL.Host + ".",
		"evil.test:443", "localhost", "user@" + x.BaseURL.Host, x.BaseURL.Hostname(), x.BaseURL.Host + "\\@evil.test"} {
		for _, path := range []string{"/", "/pulihkan", "/static/pulih.css", "/tidak-ada", "/petugas"} {
			r := lawRequest(http.MethodGet, path)
			r.Host = host
			if got := x.lawServe(r, "203.0.113.9:1"); got.StatusCode != http.StatusMisdirectedRequest {
				t.Errorf("Host %q at %s: %d", host, path, got.StatusCode)
			}
		}
	}
	r := x.lawAt(http.MethodGet, "/")
	r.Host = strings.ToUpper(r.Host)
	if got := x.lawServe(r, "203.0.113.9:1"); got.StatusCode != http.StatusOK {
		t.Errorf("our name in capitals: %d", got.StatusCode)
	}
	for _, path := range []string{"/sehat", "/siap"} {
		r := lawRequest(http.MethodGet, path)
		r.Host = "10.1.2.3:8080"
		if got := x.lawServe(r, "10.1.2.3:1"); got.StatusCode != http.StatusOK {
			t.Errorf("a probe of %s by address: %d", path, got.StatusCode)
		}
	}
}

// A name of somebody else that points at this machine reaches no demo.
func TestTheDemoAnswersToLocalNamesOnly_impostor20(t *testing.T) {
	x := newTest(t)
	x.Demo = true
	for host, want := range map[string]int{
		"localhost": 200, "localhost:8080": 200, "127.0.0.1:8080": 200, "[::1]:8080": 200, "127.0.0.1": 200,
		"evil.test": 421, "evil.test:8080": 421, "localhost.evil.test": 421, "10.0.0.5:8080": 421, "": 421, "0.0.0.0:8080": 421,
		"127.0.0.1:9100.evil.test": 421, "localhost:": 421, ":8080": 421,
	} {
		r := lawRequest(http.MethodGet, "/")
		r.Host = host
		if got := x.lawServe(r, "127.0.0.1:1"); got.StatusCode != want {
			t.Errorf("Host %q: %d, want %d", host, got.StatusCode, want)
		}
	}
}

// Links in mails are built from the configured address, whatever a request
// says of its own (RC-12; CVE-2025-64101, CVE-2023-49097).
func TestForwardedHostReachesNoMail_RC12(t *testing.T) {
	x := newTest(t)
	e, b := x.employee(sitiNIP), x.browser()
	b.client.Transport = lawHeaders{x.cert, lawEvil}
	p := b.askCode(sitiNIP, string(e.Email))
	m := x.mailTo(string(e.Email), "Kode untuk kata sandi baru")
	for _, text := range []string{p.body, m.Text, m.HTML, m.Subject} {
		if strings.Contains(text, "evil") {
			t.Errorf("a forwarded host was believed: %s", text)
		}
	}
	for _, link := range lawLinks(m) {
		if !strings.HasPrefix(link, x.url+"/") {
			t.Errorf("a mail links to %s", link)
		}
	}
	if len(lawLinks(m)) == 0 {
		t.Error("the mail has no link")
	}
}

// lawEvil names another host in every way that a proxy might.
var lawEvil = http.Header{"X-Forwarded-Host": {"evil.test"}, "X-Forwarded-Proto": {"gopher"}, "X-Forwarded-Server": {"evil.test"},
	"X-Original-Url": {"/evil"}, "X-Rewrite-Url": {"/evil"}, "Forwarded": {"host=evil.test;proto=http"}, "X-Forwarded-Prefix": {"/evil"},
	"X-Host": {"evil.test"}, "X-Forwarded-Port": {"666"}}

// lawHeaders adds headers to every request of a browser.
type lawHeaders struct {
	next http.RoundTripper
	more http.Header
}

func (l lawHeaders) RoundTrip(r *http.Request) (*http.Response, error) {
	r = r.Clone(r.Context())
	for name, values := range l.more {
		r.Header[name] = values
	}
	return l.next.RoundTrip(r)
}

func lawLinks(m mailbox.Received) (links []string) {
	for _, word := range strings.FieldsFunc(m.Text+" "+m.HTML, func(r rune) bool { return strings.ContainsRune(" \r\n\t\"'<>()", r) }) {
		if u, err := url.Parse(word); err == nil && u.Scheme != "" && strings.HasPrefix(u.Scheme, "http") {
			links = append(links, word)
		}
	}
	return links
}

// What another site makes a browser post does nothing, on any route
// ("Decisions taken": cross-site requests).
func TestCrossSitePostsAreRefused_HD04(t *testing.T) {
	x := newTest(t)
	before := lawDump(t, x.DB, lawTables(t, x.DB)...)
	for _, r := range routes {
		if r.Method != post {
			continue
		}
		for name, h := range map[string]http.Header{
			"cross-site":      {"Sec-Fetch-Site": {"cross-site"}},
			"same-site":       {"Sec-Fetch-Site": {"same-site"}},
			"foreign origin":  {"Origin": {"https://evil.test"}},
			"a null origin":   {"Origin": {"null"}},
			"another port":    {"Origin": {"https://" + x.BaseURL.Hostname() + ":1"}},
			"cross-site, own": {"Sec-Fetch-Site": {"cross-site"}, "Origin": {x.url}},
		} {
			request := x.lawAt(post, lawPath(r.Path, nil))
			request.Header = h
			if got := x.lawServe(request, "203.0.113.9:1"); got.StatusCode != http.StatusForbidden {
				t.Errorf("%s %s: %d", name, r.Path, got.StatusCode)
			}
		}
	}
	lawSame(t, before, lawDump(t, x.DB, lawTables(t, x.DB)...), "cross-site posts")
	own := x.lawAt(post, "/pulihkan")
	own.Header = http.Header{"Sec-Fetch-Site": {"same-origin"}, "Origin": {x.url}, "Content-Type": {"application/x-www-form-urlencoded"}}
	if got := x.lawServe(own, "203.0.113.9:1"); got.StatusCode == http.StatusForbidden {
		t.Error("our own form is refused")
	}
}

// A request's id is echoed into a header, a page and the log.
func TestHostileRequestIDsAreNotEchoed(t *testing.T) {
	x := newTest(t)
	x.TrustedProxies = lawPrefixes("10.0.0.5/32")
	for id, peers := range map[string]map[string]bool{ // peer → believed
		"abcdefgh":                {"10.0.0.5:1": true, "10.0.0.6:1": false, "127.0.0.1:1": false},
		"req_01-AZ":               {"10.0.0.5:1": true},
		strings.Repeat("a", 64):   {"10.0.0.5:1": true},
		strings.Repeat("a", 65):   {"10.0.0.5:1": false},
		strings.Repeat("a", 5000): {"10.0.0.5:1": false},
		"short":                   {"10.0.0.5:1": false},
		"<script>alert(1)":        {"10.0.0.5:1": false},
		"abcdefgh\nfault":         {"10.0.0.5:1": false},
		"abcdefgh\n":              {"10.0.0.5:1": false},
		"abcdefgh\x1b[31m":        {"10.0.0.5:1": false},
		"198609262015052001 ":     {"10.0.0.5:1": false},
	} {
		for peer, believed := range peers {
			logged := len(x.log.String())
			r := x.lawAt(http.MethodGet, "/tidak-ada")
			r.Header.Set("X-Request-ID", id)
			answer := x.lawServe(r, peer)
			body := must(readAll(answer))(t)
			got := answer.Header.Get("X-Request-ID")
			if (got == id) != believed || !plainID.MatchString(got) {
				t.Errorf("%.20q from %s is echoed as %q", id, peer, got)
			}
			if !believed && strings.Contains(body+x.log.String()[logged:], id) {
				t.Errorf("%.20q stands in the page or the log", id)
			}
		}
	}
}
