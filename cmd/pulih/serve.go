package main

import (
	"context"
	"crypto/tls"
	"errors"
	"log/slog"
	"os"

	"pulih/accounts"
	"pulih/app"
	"pulih/tickets"
)

// serveCmd is production. It refuses to start rather than to run with a
// default where a decision is needed.
type serveCmd struct {
	store
	siteFlags
	relayFlags
	wordsFlags

	Listen          string    `default:"127.0.0.1:8080" help:"Address to serve people and staff on."`
	MetricsListen   string    `placeholder:"HOST:PORT" help:"Address to serve /metrics on, apart from people; none when left out."`
	AuditCopy       string    `required:"" placeholder:"PATH" help:"File outside the database that every audit row is copied to; put it on another disk."`
	AuditKeep       auditKeep `placeholder:"DAYS" help:"Days that the audit log stays in the database, 180 at least; for ever when left out. The copy keeps all."`
	TrustedProxies  []string  `placeholder:"CIDR" help:"Networks of the proxies in front, which alone may say who the client is."`
	CounterNetworks []string  `placeholder:"CIDR" help:"Networks of the agency's counters; counter work is refused elsewhere."`
	TLSCert         string    `name:"tls-cert" env:"PULIH_TLS_CERT" placeholder:"PATH" help:"Certificate chain in PEM, when no proxy ends TLS."`
	TLSKey          string    `name:"tls-key" env:"PULIH_TLS_KEY" placeholder:"PATH" help:"Its key in PEM."`
	Holidays        string    `placeholder:"PATH" help:"File of dates, one YYYY-MM-DD a line, on which the office is closed."`

	DatabaseDirect    string `placeholder:"URL" help:"PostgreSQL itself, where --database goes through a pooler: changes of other processes are heard there."`
	BreachedPasswords string `placeholder:"PATH" help:"File of passwords known from breaches, as Have I Been Pwned gives it out: SHA-1 in hex, sorted; none is looked up when left out."`
	TimeReference     string `placeholder:"HOST[:PORT]" help:"NTP server that this machine's clock is compared with, at start and every 10 minutes."`
}

// Run serves until ctx ends.
func (c *serveCmd) Run(ctx context.Context) error {
	tune()
	log := slog.New(slog.NewJSONHandler(os.Stderr, nil))
	s, err := c.build(ctx, log)
	if err != nil {
		return err
	}
	defer s.db.Close() //nolint:errcheck // nothing is written any more
	return s.run(ctx)
}

// warnOfOpenFiles tells of keys that others can read. It is no reason to stop:
// a container's secrets are often 0444, in a file system that nobody else has.
func (c *serveCmd) warnOfOpenFiles(log *slog.Logger) {
	open, _ := exposed(c.secretFiles()) // one that is missing is refused where it is read
	for _, what := range open {
		log.Warn("a file of keys can be read by others: chmod 600, and ask who has read it", "file", what)
	}
}

// build checks every setting before anything is opened for the world.
func (c *serveCmd) build(ctx context.Context, log *slog.Logger) (*server, error) {
	parts, err := c.parts(log)
	if err != nil {
		return nil, err
	}
	c.warnOfOpenFiles(log)
	off, err := parts.reference.atStart()
	if err != nil {
		return nil, err
	}
	d, keys, err := c.open(ctx, openDatabase)
	if err != nil {
		return nil, err
	}
	if err := app.RefuseDemo(ctx, d); err != nil {
		return nil, errors.Join(setting("database", err), d.Close())
	}
	parts.db, parts.keys = d, keys
	s, err := parts.assemble(ctx)
	if err != nil {
		return nil, errors.Join(err, d.Close())
	}
	s.allowed = app.RefuseDemo
	s.app.TellClockOff(off)
	return s, c.openListeners(s)
}

func (c *serveCmd) openListeners(s *server) (err error) {
	if s.listener, err = listen(c.Listen); err != nil || c.MetricsListen == "" {
		return err
	}
	s.metrics, err = listen(c.MetricsListen)
	return err
}

func (c *serveCmd) parts(log *slog.Logger) (p parts, err error) {
	p.log, p.reference = log, reference{c.TimeReference, log}
	if p.base, p.zone, err = c.complete(); err != nil {
		return p, err
	}
	if p.proxies, err = networks("trusted-proxies", c.TrustedProxies); err != nil {
		return p, err
	}
	if p.counters, err = networks("counter-networks", c.CounterNetworks); err != nil {
		return p, err
	}
	if p.calendar, err = calendar(c.Holidays, p.zone); err != nil {
		return p, err
	}
	if p.auditKeep, err = c.AuditKeep.period(); err != nil {
		return p, err
	}
	if p.tls, err = c.tls(); err != nil {
		return p, err
	}
	if p.breached, err = breached(c.BreachedPasswords, log); err != nil {
		return p, err
	}
	p.site, p.mail, p.issuer, p.entry = c.views(), c.mail(p.zone, c.Sender), c.Issuer, c.entry()
	if err = p.mail.Check(); err != nil { // the relay is greeted by the sender's domain
		return p, err
	}
	if p.relay, err = c.relay(); err != nil {
		return p, err
	}
	p.catalogue, p.auditCopy, p.direct, p.waits = c.files(), c.AuditCopy, c.DatabaseDirect, tickets.Production()
	return p, nil
}

// breached opens the file of PW-04, if there is one.
func breached(path string, log *slog.Logger) (*accounts.Breached, error) {
	if path == "" {
		return nil, nil
	}
	b, err := accounts.OpenBreached(path, log)
	if err != nil {
		return nil, setting("breached-passwords", err)
	}
	return b, nil
}

func (c *serveCmd) tls() (*tls.Config, error) {
	if c.TLSCert == "" && c.TLSKey == "" {
		return nil, nil
	}
	pair, err := tls.LoadX509KeyPair(c.TLSCert, c.TLSKey)
	if err != nil {
		return nil, setting("tls-cert, tls-key", err)
	}
	return &tls.Config{Certificates: []tls.Certificate{pair}, MinVersion: tls.VersionTLS12, NextProtos: []string{"h2", "http/1.1"}}, nil
}
