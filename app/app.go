// Package app is Pulih over HTTP: one table of routes, their guards, the gate
// and the limits. A handler binds a form, calls one verb and draws one page;
// rules live below.
package app

import (
	"context"
	"errors"
	"log/slog"
	"net/http"
	"net/netip"
	"net/url"
	"sync"
	"sync/atomic"
	"time"

	"github.com/labstack/echo/v4"

	"pulih/accounts"
	"pulih/audit"
	"pulih/db"
	"pulih/guide"
	"pulih/mail"
	"pulih/mail/mailbox"
	"pulih/secret"
	"pulih/static"
	"pulih/tickets"
	"pulih/views"
)

// App holds what the handlers work with. cmd fills it; New completes it.
type App struct {
	DB       *db.DB
	Keys     *secret.Keys
	Accounts *accounts.Accounts
	Desk     *tickets.Desk
	Guide    *guide.Guide
	// Catalogue is what the troubleshooter says.
	Catalogue *guide.Catalogue
	Outbox    *mail.Outbox
	Assets    *static.Assets
	Log       *slog.Logger
	Site      views.Site
	Zone      db.Zone

	// BaseURL is where people reach us. Links are built from it alone and a
	// request for another host is refused (RC-12).
	BaseURL *url.URL
	// TrustedProxies may say who the client is; nobody else may (RL-05).
	TrustedProxies []netip.Prefix
	// CounterNetworks are where the agency's counters stand (impostor 6).
	CounterNetworks []netip.Prefix
	// AuditKeep is how long the log stays in the database, 0 for ever; its
	// copy outside keeps all.
	AuditKeep time.Duration
	// Issuer is what authenticator apps show for an account.
	Issuer string
	// Demo shows the demo's mailbox and authenticators; Box and Phones are
	// nil otherwise.
	Demo   bool
	Box    *mailbox.Box
	Phones Phones

	// Checks verify the audit log; New makes them where cmd has named no copy.
	Checks *audit.Checker

	Limits    *Limits
	Metrics   *Metrics
	echo      *echo.Echo
	stop      context.Context
	streams   slots
	uploads   slots // under way, of each draft and receipt
	room      room  // that they share
	exporting slots // of each member of staff
	sheets    sheetJobs
	captchas  atomic.Int64 // made since the start
	clockOff  atomic.Int64 // in nanoseconds, by its reference
	flood     atomic.Bool
	behind    sync.WaitGroup // checks that go on after an answer
	look      sharedLook     // at the database, for the metrics
}

// Phones are the authenticators of the demo's people.
type Phones interface {
	Show(now db.Time) []views.DemoPhone
	Add(key string) error // a key in base32, as an app takes it when typed
}

// New completes a and installs its routes. When stop ends, /siap fails and
// streams close at once.
func New(stop context.Context, a *App) *App {
	if a.Checks == nil {
		a.Checks = &audit.Checker{DB: a.DB}
	}
	a.Metrics = newMetrics(a)
	a.Limits = &Limits{db: a.DB, keys: a.Keys, refused: a.Metrics.limited}
	a.Site.Asset = a.Assets.URL
	a.stop = stop
	a.echo = echo.New()
	a.echo.HTTPErrorHandler = a.handleError
	a.echo.IPExtractor = clientAddress(a.TrustedProxies)
	a.echo.SchemeExtractor = clientScheme(a.TrustedProxies)
	a.echo.Use(a.around()...)
	a.install(a.echo)
	return a
}

// Wait returns when nothing goes on behind the answers any more.
func (a *App) Wait() { a.behind.Wait() }

// ServeHTTP answers a request.
func (a *App) ServeHTTP(w http.ResponseWriter, r *http.Request) { a.echo.ServeHTTP(w, r) }

func (a *App) start(c echo.Context) error {
	notices, err := a.notices(c)
	if err != nil {
		return err
	}
	return a.renderOpen(c, http.StatusOK, views.Start(a.page(c, "Tidak bisa masuk "+a.Site.Portal+"?"), views.StartPage{Notices: notices}))
}

func (a *App) static(c echo.Context) error {
	a.Assets.ServeHTTP(c.Response(), c.Request())
	return nil
}

// healthy says that the process answers; a restart would help if not.
func (a *App) healthy(c echo.Context) error {
	return c.String(http.StatusOK, "sehat\n")
}

// robots keeps search engines out: nothing here is to be found by a search.
func (a *App) robots(c echo.Context) error {
	return c.String(http.StatusOK, "User-agent: *\nDisallow: /\n")
}

// ready says that requests may be sent here; it fails first when stopping.
func (a *App) ready(c echo.Context) error {
	if a.stop.Err() != nil {
		return c.String(http.StatusServiceUnavailable, "berhenti\n")
	}
	if err := a.DB.Ping(c.Request().Context()); err != nil {
		if !errors.Is(c.Request().Context().Err(), context.Canceled) { // else who asked has gone
			a.Log.Error("not ready", "err", err)
		}
		return c.String(http.StatusServiceUnavailable, "basis data tidak terjangkau\n")
	}
	if a.DB.Failing() {
		return c.String(http.StatusServiceUnavailable, "basis data menolak tulisan\n")
	}
	if a.clockIsOff() {
		return c.String(http.StatusServiceUnavailable, "jam server salah\n")
	}
	return c.String(http.StatusOK, "siap\n")
}
