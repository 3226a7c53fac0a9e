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
	ctx, end := context.WithCancel(ctx)
	defer end()
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
	wg.Go(func() { s.sealing(workers, lease, copier) })
	wg.Go(func() {
		s.seal(workers, copier) // what the console wrote, and the copy at once: no stop should come between
		again := func(ctx context.Context) {
			if s.copy(ctx, copier) != nil { // which is said at the end
				end()
			}
		}
		again(workers)
		every(workers, copyEvery, again)
	})
	err = s.serve(ctx)
	stopWorkers()
	wg.Wait()
	s.app.Wait()
	last, cancel := context.WithTimeout(context.WithoutCancel(ctx), stopTimeout)
	defer cancel()
	s.seal(last, copier)
	return errors.Join(err, s.copy(last, copier))
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
	s.log.Info("serving", "listen", s.listener.Addr().String(), "base", s.app.BaseURL.String())
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
func (s *server) sealing(ctx context.Context, lease *db.Lease, copier *audit.Copier) {
	every(ctx, sealEvery, func(ctx context.Context) {
		err := lease.Do(ctx, func(ctx context.Context) error { s.seal(ctx, copier); return nil })
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

// seal adds nothing to a chain that went back: its copy could not be put back
// any more.
func (s *server) seal(ctx context.Context, copier *audit.Copier) {
	err := copier.Look(ctx)
	if s.back(copier.Held()) != nil {
		return // which ends the server at the next copy
	}
	if err == nil {
		_, err = s.sealer.Seal(ctx)
	}
	if err == nil {
		_, err = s.sealer.PlaceOlder(ctx)
	}
	if err != nil && ctx.Err() == nil {
		s.log.Error("audit seal", "err", err)
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
