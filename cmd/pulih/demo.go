package main

import (
	"context"
	"fmt"
	"io"
	"log/slog"
	"net"
	"os"
	"path/filepath"
	"strconv"
	"time"

	"pulih/mail"
	"pulih/mail/mailbox"
	"pulih/secret"
	"pulih/tickets"
)

// demoCmd shows Pulih with a made-up agency. Nothing in it goes past the code
// that production runs; only the waits and the calendar are shorter.
type demoCmd struct {
	Listen string `default:"127.0.0.1:8080" help:"Address on this machine to serve on."`
	Data   string `placeholder:"FOLDER" help:"Folder to keep the demo in; a temporary one when left out."`
	wordsFlags

	// What tests set: where it prints, its clock, another database, and what
	// is called when it serves.
	out       io.Writer
	clock     *demoClock
	database  string
	assembled func(*server)
	ready     func(signpost)
}

// Run serves the demo until ctx ends.
func (c *demoCmd) Run(ctx context.Context) error {
	c.complete()
	forget, err := c.folder()
	if err != nil {
		return err
	}
	defer forget()
	listener, err := listenLoopback(c.Listen)
	if err != nil {
		return err
	}
	box, err := mailbox.Start("127.0.0.1:0")
	if err != nil {
		return err
	}
	defer box.Close() //nolint:errcheck // the demo is over
	return c.serve(ctx, listener, box)
}

func (c *demoCmd) complete() {
	if c.out == nil {
		c.out = os.Stdout
	}
	if c.clock == nil {
		c.clock = &demoClock{}
	}
	if c.ready == nil {
		c.ready, c.assembled = func(signpost) {}, func(*server) {}
	}
}

func (c *demoCmd) serve(ctx context.Context, listener net.Listener, box *mailbox.Box) error {
	p, err := c.parts(ctx, listener, box)
	if err != nil {
		return err
	}
	defer p.db.Close() //nolint:errcheck // nothing is written any more
	s, err := p.assemble(ctx)
	if err != nil {
		return err
	}
	s.listener, s.app.Box = listener, box
	c.assembled(s)
	guide, err := c.prepare(ctx, s)
	if err != nil {
		return err
	}
	guide.print(c.out)
	c.ready(guide)
	return s.run(ctx)
}

// folder makes the demo's folder; a temporary one is forgotten at the end.
func (c *demoCmd) folder() (forget func(), err error) {
	if c.Data != "" {
		return func() {}, os.MkdirAll(c.Data, 0o700)
	}
	c.Data, err = os.MkdirTemp("", "pulih-demo-")
	return func() { _ = os.RemoveAll(c.Data) }, err
}

// listenLoopback refuses to show the demo to anybody but this machine
// (impostor 20).
func listenLoopback(address string) (net.Listener, error) {
	host, _, err := net.SplitHostPort(address)
	if err != nil {
		return nil, setting("listen", err)
	}
	if ip := net.ParseIP(host); host != "localhost" && (ip == nil || !ip.IsLoopback()) {
		return nil, setting("listen", fmt.Errorf("%s is not this machine; the demo listens on loopback only", host))
	}
	return listen(address)
}

func (c *demoCmd) parts(ctx context.Context, l net.Listener, box *mailbox.Box) (p parts, err error) {
	site := demoSite("http://" + l.Addr().String())
	if p.base, p.zone, err = site.complete(); err != nil {
		return p, err
	}
	if p.keys, err = c.keys(); err != nil {
		return p, err
	}
	if p.relay, err = demoRelay(box); err != nil {
		return p, err
	}
	p.counters, err = networks("", []string{"127.0.0.0/8", "::1"})
	if err != nil {
		return p, err
	}
	p.site, p.mail, p.demo = site.views(), site.mail(p.zone, "pulih@contoh.test"), true
	p.issuer, p.entry = site.Issuer, site.entry()
	p.calendar, p.waits, p.catalogue = tickets.Always(p.zone), tickets.Demo(), c.files()
	p.auditCopy = filepath.Join(c.Data, "audit.jsonl")
	p.log = slog.New(slog.NewTextHandler(os.Stderr, &slog.HandlerOptions{Level: slog.LevelWarn}))
	where := filepath.Join(c.Data, "pulih.db")
	if c.database != "" {
		where = c.database
	}
	p.db, err = openDemo(ctx, where, c.clock.Now)
	return p, err
}

func demoSite(base string) siteFlags {
	return siteFlags{
		Agency: demoAgency, ShortAgency: "BKPSDM Contoh", Portal: "ASN Digital", PortalAddress: "https://portal.example.go.id",
		Issuer: "Pulih BKPSDM Contoh", Hours: "Setiap hari, 24 jam", Phone: "(0401) 555 0100",
		Address: "Jl. Contoh No. 1, Kabupaten Contoh", Zone: "WITA", BaseURL: base,
	}
}

func demoRelay(box *mailbox.Box) (mail.Relay, error) {
	host, text, err := net.SplitHostPort(box.Addr())
	if err != nil {
		return mail.Relay{}, err
	}
	port, err := strconv.Atoi(text)
	if err != nil {
		return mail.Relay{}, err
	}
	return mail.NewRelay(mail.RelaySettings{Host: host, Port: port, TLS: mail.NoTLS, HELO: "localhost", Timeout: 5 * time.Second})
}

// keys are made once for a folder and kept beside the database: good enough
// for a demo, and only there.
func (c *demoCmd) keys() (*secret.Keys, error) {
	path := filepath.Join(c.Data, "keys")
	text, err := os.ReadFile(path)
	if os.IsNotExist(err) {
		text = []byte("1:" + secret.NewKey() + "\n" + secret.NewKey() + "\n")
		err = os.WriteFile(path, text, 0o600)
	}
	if err != nil {
		return nil, err
	}
	return demoKeys(string(text))
}
