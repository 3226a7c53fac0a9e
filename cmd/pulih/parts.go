package main

import (
	"context"
	"crypto/tls"
	"io/fs"
	"log/slog"
	"net/netip"
	"net/url"
	"time"

	"pulih/accounts"
	"pulih/app"
	"pulih/audit"
	"pulih/db"
	"pulih/guide"
	"pulih/mail"
	"pulih/secret"
	"pulih/static"
	"pulih/tickets"
	"pulih/views"
)

// parts are what serve and demo put together in the same way.
type parts struct {
	db        *db.DB
	keys      *secret.Keys
	log       *slog.Logger
	base      *url.URL
	zone      db.Zone
	site      views.Site
	mail      mail.Site
	issuer    string
	entry     string // in the troubleshooter
	calendar  tickets.Calendar
	waits     tickets.Waits
	relay     mail.Relay
	proxies   []netip.Prefix
	counters  []netip.Prefix
	breached  *accounts.Breached
	catalogue fs.FS
	reference reference
	tls       *tls.Config
	auditCopy string
	direct    string // the database past its pooler
	auditKeep time.Duration
	demo      bool
}

// hashWait is how long a password waits for its turn at Argon2 before the
// answer is "sibuk, coba lagi".
const hashWait = 5 * time.Second

// assemble builds the program. Listeners are opened after it, when nothing
// can go wrong any more.
func (p parts) assemble(ctx context.Context) (*server, error) {
	assets, err := static.Load()
	if err != nil {
		return nil, err
	}
	if err := p.mail.Check(); err != nil {
		return nil, err
	}
	outbox := mail.NewOutbox(p.db, p.keys, p.mail)
	outbox.Log = p.log
	people := accounts.New(accounts.Config{
		DB: p.db, Keys: p.keys, Outbox: outbox, Agency: p.site.Agency, Wait: p.waits.Alone,
		Hasher: accounts.NewHasher(hashes(), hashWait), Breached: p.breached,
	})
	desk := tickets.New(tickets.Config{
		DB: p.db, Keys: p.keys, Accounts: people, Outbox: outbox,
		Calendar: p.calendar, Waits: p.waits, Zone: p.zone, Agency: p.site.Agency,
		Hosts: app.Hosts(p.base, p.site),
	})
	catalogue, err := guide.LoadCatalogue(p.catalogue, guide.Words{Portal: p.site.Portal, Address: p.site.PortalAddress, Entry: p.entry})
	if err != nil {
		return nil, err
	}
	sealer := audit.Sealer{DB: p.db, Where: tickets.Whose(p.site.Agency)}
	a := app.New(ctx, &app.App{
		DB: p.db, Keys: p.keys, Accounts: people, Desk: desk, Outbox: outbox, Assets: assets,
		Guide: guide.New(guide.Config{DB: p.db, Keys: p.keys, Agency: p.site.Agency, Zone: p.zone}), Catalogue: catalogue, Log: p.log, Site: p.site, Zone: p.zone,
		Checks: &audit.Checker{DB: p.db, Copy: p.auditCopy, Keep: p.auditKeep, Sealer: &sealer}, AuditKeep: p.auditKeep,
		BaseURL: p.base, TrustedProxies: p.proxies, CounterNetworks: p.counters, Demo: p.demo, Issuer: p.issuer,
	})
	tellCertificate(a, p.tls)
	return &server{app: a, db: p.db, outbox: outbox, relay: p.relay, log: p.log, auditCopy: p.auditCopy, direct: p.direct, sealer: sealer, tls: p.tls, reference: p.reference}, nil
}

// tellCertificate has the metrics say when our own certificate ends.
func tellCertificate(a *app.App, t *tls.Config) {
	if t != nil && t.Certificates[0].Leaf != nil {
		a.Metrics.Certificate(t.Certificates[0].Leaf.NotAfter)
	}
}
