package main

import (
	"context"
	"crypto/tls"
	"errors"
	"fmt"
	"log/slog"
	"net"
	"net/http"
	"sync"
	"time"

	"pulih/app"
	"pulih/audit"
	"pulih/db"
	"pulih/mail"
)

// server is everything that runs beside the requests: the clock, the outbox,
// the sealer of the audit log and its copy.
type server struct {
	app       *app.App
	db        *db.DB
	outbox    *mail.Outbox
	relay     mail.Relay
	log       *slog.Logger
	sealer    audit.Sealer
	auditCopy string
	direct    string
	reference reference
	listener  net.Listener
	metrics   net.Listener // nil serves none
	tls       *tls.Config  // nil leaves TLS to a proxy

	// allowed is asked once more when others see that this process serves; nil
	// where nobody restores.
	allowed func(context.Context, *db.DB) error
}

// Times of the HTTP server. WriteTimeout is lifted for the one stream.
const (
	headerTimeout = 5 * time.Second
	readTimeout   = 30 * time.Second
	writeTimeout  = 60 * time.Second
	idleTimeout   = 120 * time.Second
	maxHeader     = 32 << 10
	stopTimeout   = 20 * time.Second

	sealEvery = time.Second
	copyEvery = 10 * time.Second // impostor 26 asks for 60 s at most
)

// run serves until ctx ends and then stops in order: /siap fails and streams
// end, requests finish, the workers stop between two things.
func (s *server) run(ctx context.Context) error {
	copier, err := s.copier(context.WithoutCancel(ctx))
	if err != nil {
		return err
	}
	defer copier.Close() //nolint:errcheck // Copy has synced it
	lease := s.db.Lease("seal")
	if err := s.present(context.WithoutCancel(ctx), lease); err != nil {
		return err
	}
	workers, stopWorkers := context.WithCancel(context.WithoutCancel(ctx))
	var wg sync.WaitGroup
	wg.Go(func() { s.worker("outbox", s.outbox.Run(workers, s.relay)) })
	wg.Go(func() { s.worker("clock", s.app.Run(workers)) })
	wg.Go(func() { s.reference.watch(workers, s.app.TellClockOff) })
	wg.Go(func() { s.worker("follow", s.db.Follow(workers, s.direct, s.missed)) })
	wg.Go(func() { s.sealing(workers, lease) })
	wg.Go(func() {
		s.seal(workers) // what the console wrote, and the copy at once: no stop should come between
		s.copy(workers, copier)
		every(workers, copyEvery, func(ctx context.Context) { s.copy(ctx, copier) })
	})
	err = s.serve(ctx)
	stopWorkers()
	wg.Wait()
	s.app.Wait()
	last, cancel := context.WithTimeout(context.WithoutCancel(ctx), stopTimeout)
	defer cancel()
	s.seal(last)
	s.copy(last, copier)
	return err
}

// present has a restore see this process, and then looks whether one is under
// way: of the two, one always sees the other (impostor 19).
func (s *server) present(ctx context.Context, lease *db.Lease) error {
	if s.allowed == nil {
		return nil
	}
	_, err := lease.Mine(ctx)
	if err == nil {
		err = s.allowed(ctx, s.db)
	}
	if err != nil {
		err = errors.Join(err, lease.Free(ctx))
	}
	return err
}

// errLost says that something was restored and not made safe, or that somebody
// has cut the log's tail. To serve it would let in who was locked out since.
var errLost = errors.New("the audit copy holds events that the database has lost. After a restore by other means, run pulih restore --already-loaded; " +
	"it puts them back, too, where there was none. If the copy is another installation's, put its path right")

// copier opens the copy of the audit log. One that was cut or is gone is not
// written anew, but told of: in the log, and to supervisors by a check. errLost.
func (s *server) copier(ctx context.Context) (*audit.Copier, error) {
	c, err := audit.NewCopier(ctx, s.db, s.auditCopy)
	if err != nil {
		return nil, err
	}
	s.app.Checks.Copier = c
	switch c.Held() {
	case "":
		return c, nil
	case audit.TailCut:
		return nil, setting("audit-copy", fmt.Errorf("%s: %w", s.auditCopy, errLost))
	}
	s.log.Error("audit copy is not where it was left: nothing is added to it", "path", s.auditCopy, "problem", c.Held())
	return c, s.app.CheckAudit(ctx)
}

func (s *server) serve(ctx context.Context) error {
	servers := []*http.Server{s.httpServer(s.app)}
	listeners := []net.Listener{s.listener}
	if s.tls != nil {
		listeners[0] = tls.NewListener(s.listener, s.tls)
	}
	if s.metrics != nil {
		servers = append(servers, s.httpServer(s.app.Metrics.Handler()))
		listeners = append(listeners, s.metrics)
	}
	failed := make(chan error, len(servers))
	for i, server := range servers {
		go func() { failed <- server.Serve(listeners[i]) }()
	}
	notify(s.log, "READY=1")
	select {
	case err := <-failed:
		return err
	case <-ctx.Done():
	}
	notify(s.log, "STOPPING=1")
	return shutdown(servers)
}

// shutdown lets requests finish. Streams have ended already: their context
// comes from the one that ended.
func shutdown(servers []*http.Server) error {
	patience, cancel := context.WithTimeout(context.Background(), stopTimeout)
	defer cancel()
	var errs []error
	for _, server := range servers {
		errs = append(errs, server.Shutdown(patience))
	}
	return errors.Join(errs...)
}

func (s *server) httpServer(h http.Handler) *http.Server {
	return &http.Server{
		Handler: h, ReadHeaderTimeout: headerTimeout, ReadTimeout: readTimeout,
		WriteTimeout: writeTimeout, IdleTimeout: idleTimeout, MaxHeaderBytes: maxHeader,
		ErrorLog: slog.NewLogLogger(s.log.Handler(), slog.LevelWarn),
	}
}

func (s *server) worker(name string, err error) {
	if err != nil && !errors.Is(err, context.Canceled) {
		s.log.Error("worker ended", "worker", name, "err", err)
	}
}

// missed reports that changes of other processes may go unheard for a while:
// what shows them looks every few seconds by itself.
func (s *server) missed(err error) { s.log.Warn("changes of other processes", "err", err) }

// sealing has one of all processes seal.
func (s *server) sealing(ctx context.Context, lease *db.Lease) {
	every(ctx, sealEvery, func(ctx context.Context) {
		err := lease.Do(ctx, func(ctx context.Context) error { s.seal(ctx); return nil })
		if err != nil && ctx.Err() == nil {
			s.log.Error("audit seal", "err", err)
		}
	})
	ctx, stop := context.WithTimeout(context.WithoutCancel(ctx), time.Second)
	defer stop()
	if err := lease.Free(ctx); err != nil {
		s.log.Warn("audit seal", "err", err)
	}
}

func (s *server) seal(ctx context.Context) {
	_, err := s.sealer.Seal(ctx)
	if err == nil {
		_, err = s.sealer.PlaceOlder(ctx)
	}
	if err != nil && ctx.Err() == nil {
		s.log.Error("audit seal", "err", err)
	}
}

func (s *server) copy(ctx context.Context, c *audit.Copier) {
	if _, err := c.Copy(ctx); err != nil && ctx.Err() == nil {
		s.log.Error("audit copy", "err", err)
	}
}

func every(ctx context.Context, d time.Duration, do func(context.Context)) {
	tick := time.NewTicker(d)
	defer tick.Stop()
	for {
		select {
		case <-ctx.Done():
			return
		case <-tick.C:
			do(ctx)
		}
	}
}

func listen(address string) (net.Listener, error) {
	l, err := net.Listen("tcp", address)
	if err != nil {
		return nil, setting("listen", fmt.Errorf("%s: %w", address, err))
	}
	return l, nil
}
