package app

import (
	"bytes"
	"context"
	"io"
	"log/slog"
	"net"
	"net/http"
	"net/http/cookiejar"
	"net/http/httptest"
	"net/netip"
	"net/url"
	"os"
	"strconv"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/PuerkitoBio/goquery"

	"pulih/accounts"
	"pulih/db"
	"pulih/db/dbtest"
	"pulih/guide"
	"pulih/mail"
	"pulih/mail/mailbox"
	"pulih/secret"
	"pulih/static"
	"pulih/tickets"
	"pulih/views"
)

// test is the real app over real HTTP and TLS, with a real database and a
// real SMTP server, and a clock that the test moves.
type test struct {
	*App
	t     testing.TB
	clock *dbtest.Clock
	box   *mailbox.Box
	url   string
	log   *syncBuffer
	cert  *http.Transport
	evil  http.Header // what every browser's requests carry besides
	keys  *secret.Keys
}

// newTest is on SQLite, or where PULIH_TEST_ENGINE says "postgres", on that.
func newTest(t testing.TB) *test {
	made := dbtest.New
	if os.Getenv("PULIH_TEST_ENGINE") == string(db.Postgres) {
		made = dbtest.NewPostgres
	}
	d, clock := made(t)
	return newTestOn(t, d, clock)
}

func newTestOn(t testing.TB, d *db.DB, clock *dbtest.Clock) *test {
	t.Helper()
	x := &test{t: t, clock: clock, log: &syncBuffer{}, keys: must(secret.ParseKeys("1:"+secret.NewKey(), secret.NewKey()))(t)}
	var processes balancer
	server := httptest.NewUnstartedServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) { processes.or(x.App).ServeHTTP(w, r) }))
	server.StartTLS()
	t.Cleanup(server.Close)
	x.url, x.cert = server.URL, server.Client().Transport.(*http.Transport)
	ctx, stop := context.WithCancel(context.Background())
	t.Cleanup(stop)
	x.box = must(mailbox.Start("127.0.0.1:0"))(t)
	t.Cleanup(func() { _ = x.box.Close() })
	x.App = New(ctx, x.parts(d))
	x.deliver(ctx)
	if os.Getenv("PULIH_TEST_PROCESSES") == "2" {
		processes.others = append(processes.others, x.another(ctx))
	}
	return x
}

func (x *test) parts(d *db.DB) *App {
	keys := x.keys
	site := mail.Site{Agency: "BKPSDM Kabupaten Contoh", ShortAgency: "BKPSDM Contoh", BaseURL: x.url, Hours: "Senin–Jumat", Phone: "(0401) 555 0100",
		Address: "Jl. Contoh No. 1", Zone: db.WITA, Sender: "pulih@contoh.test"}
	outbox := mail.NewOutbox(d, keys, site)
	people := accounts.New(accounts.Config{DB: d, Keys: keys, Outbox: outbox, Agency: site.Agency, Hasher: accounts.NewHasher(2, 10*time.Second)})
	return &App{
		DB: d, Keys: keys, Accounts: people, Outbox: outbox, Zone: db.WITA,
		Desk: tickets.New(tickets.Config{DB: d, Keys: keys, Accounts: people, Outbox: outbox, Zone: db.WITA,
			Agency: site.Agency, Hosts: []string{"portal.example.go.id"}, Calendar: tickets.Office(db.WITA), Waits: tickets.Production()}),
		Guide: guide.New(guide.Config{DB: d, Keys: keys, Agency: site.Agency, Zone: db.WITA}), Assets: must(static.Load())(x.t),
		Log:       slog.New(slog.NewJSONHandler(x.log, nil)),
		Catalogue: must(guide.LoadCatalogue(guide.Builtin(), guide.Words{Portal: "ASN Digital", Address: "https://portal.example.go.id", Entry: "contoh-entri"}))(x.t),
		BaseURL:   must(url.Parse(x.url))(x.t), Issuer: "ASN Digital Contoh",
		CounterNetworks: []netip.Prefix{netip.MustParsePrefix("127.0.0.0/8")},
		Site: views.Site{Agency: site.Agency, ShortAgency: site.ShortAgency, Portal: "ASN Digital",
			PortalAddress: "https://portal.example.go.id", Hours: site.Hours, Phone: site.Phone, Address: site.Address, Zone: "WITA"},
	}
}

// deliver runs the outbox against the mailbox for as long as the test lasts.
func (x *test) deliver(ctx context.Context) {
	host, port, _ := net.SplitHostPort(x.box.Addr())
	relay := must(mail.NewRelay(mail.RelaySettings{
		Host: host, Port: must(strconv.Atoi(port))(x.t), TLS: mail.NoTLS, HELO: "localhost", Timeout: 5 * time.Second}))(x.t)
	var wg sync.WaitGroup
	ctx, stop := context.WithCancel(ctx)
	outbox := x.Outbox // a test may put another App in place of this one
	wg.Go(func() { _ = outbox.Run(ctx, relay) })
	x.t.Cleanup(func() { stop(); wg.Wait() })
}

// mailTo waits for the newest mail to an address that holds text.
func (x *test) mailTo(address, text string) mailbox.Received {
	x.t.Helper()
	ctx, cancel := context.WithTimeout(context.Background(), 10*time.Second)
	defer cancel()
	return must(x.box.Wait(ctx, func(m mailbox.Received) bool {
		return m.To == address && strings.Contains(m.Subject+"\n"+m.Text, text)
	}))(x.t)
}

// browser is a person's browser: cookies, no scripts, redirects shown.
type browser struct {
	x      *test
	client *http.Client
}

func (x *test) browser() *browser {
	jar := must(cookiejar.New(nil))(x.t)
	return &browser{x, &http.Client{Transport: lawHeaders{x.cert, x.evil}, Jar: jar,
		CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }}}
}

// page is an answer as it was read.
type page struct {
	*goquery.Document
	status int
	header http.Header
	body   string
	path   string
}

func (b *browser) do(r *http.Request) page {
	b.x.t.Helper()
	answer := must(b.client.Do(r))(b.x.t)
	defer answer.Body.Close()
	body := must(io.ReadAll(answer.Body))(b.x.t)
	doc := must(goquery.NewDocumentFromReader(bytes.NewReader(body)))(b.x.t)
	return page{doc, answer.StatusCode, answer.Header, string(body), r.URL.Path}
}

func (b *browser) get(path string) page {
	b.x.t.Helper()
	return b.do(must(http.NewRequest(http.MethodGet, b.x.url+path, nil))(b.x.t))
}

// follow opens what a redirect names.
func (b *browser) follow(p page) page {
	b.x.t.Helper()
	if p.status != http.StatusSeeOther {
		b.x.t.Fatalf("%s answered %d, not a redirect:\n%s", p.path, p.status, p.text())
	}
	return b.get(p.header.Get("Location"))
}

func (b *browser) post(path string, form url.Values) page {
	b.x.t.Helper()
	r := must(http.NewRequest(http.MethodPost, b.x.url+path, strings.NewReader(form.Encode())))(b.x.t)
	r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	return b.do(r)
}

// submit fills the page's form as a person would, hidden fields and all, and
// sends it. Pairs are names and values; the form is the one that has the
// first name, or the only one.
func (b *browser) submit(p page, pairs ...string) page {
	b.x.t.Helper()
	form := p.Find("main form").FilterFunction(func(_ int, f *goquery.Selection) bool {
		return len(pairs) == 0 || f.Find(`[name="`+pairs[0]+`"]`).Length() > 0
	}).First()
	if form.Length() == 0 {
		b.x.t.Fatalf("%s has no form with %v:\n%s", p.path, pairs, p.text())
	}
	values := url.Values{}
	form.Find("input[name], textarea[name], select[name]").Each(func(_ int, f *goquery.Selection) {
		kind, name := f.AttrOr("type", ""), f.AttrOr("name", "")
		if _, ticked := f.Attr("checked"); (kind == "radio" || kind == "checkbox") && !ticked {
			return
		}
		if goquery.NodeName(f) == "select" {
			f = f.Find("option[selected], option").First()
		}
		values.Set(name, f.AttrOr("value", f.Text()))
	})
	for i := 0; i+1 < len(pairs); i += 2 {
		values.Set(pairs[i], pairs[i+1])
	}
	action := form.AttrOr("action", p.path)
	return b.post(action, values)
}

// text is what a person reads, for failure messages.
func (p page) text() string {
	return strings.Join(strings.Fields(p.Find("main").Text()), " ")
}

func (p page) mustSay(t testing.TB, status int, sentence string) {
	t.Helper()
	if p.status != status || !strings.Contains(p.text(), sentence) {
		t.Fatalf("%s: %d, want %d and %q:\n%s", p.path, p.status, status, sentence, p.text())
	}
}

// must turns (value, error) into value or the end of the test.
func must[T any](value T, err error) func(testing.TB) T {
	return func(t testing.TB) T {
		t.Helper()
		if err != nil {
			t.Fatal(err)
		}
		return value
	}
}

// syncBuffer collects the log, to search it for secrets.
type syncBuffer struct {
	mu sync.Mutex
	b  bytes.Buffer
}

func (s *syncBuffer) Write(p []byte) (int, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.b.Write(p)
}

func (s *syncBuffer) String() string {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.b.String()
}
