package app

import (
	"context"
	"errors"
	"sync"
	"time"

	"pulih/db"
)

// round does what is due in the n-th round of a clock.
type round func(ctx context.Context, n int) error

// Run does what the clock asks for, each second, until ctx ends: it seals
// nothing and sends nothing, which cmd runs beside it. What somebody waits for
// has a clock of its own: counting and purging may take minutes.
func (a *App) Run(ctx context.Context) error {
	prompt, leisure := a.DB.Lease("clock"), a.DB.Lease("leisure")
	a.clocks(ctx, time.Second, a.here, byOne(prompt, a.promptly), byOne(leisure, a.atLeisure))
	ctx, stop := context.WithTimeout(context.WithoutCancel(ctx), time.Second)
	defer stop()
	return errors.Join(prompt.Free(ctx), leisure.Free(ctx))
}

// byOne has a round done by one of all processes.
func byOne(l *db.Lease, do round) round {
	return func(ctx context.Context, n int) error {
		return l.Do(ctx, func(ctx context.Context) error { return do(ctx, n) })
	}
}

// here is what each process does for itself.
func (a *App) here(ctx context.Context, n int) error {
	if a.DB.Failing() { // whoever holds no lease would never find out that it is over
		return a.DB.Try(ctx)
	}
	if n%60 != 0 {
		return nil
	}
	a.endSheets()
	return a.watchFlood(ctx)
}

// clocks runs each of rounds by itself: none waits for another.
func (a *App) clocks(ctx context.Context, every time.Duration, rounds ...round) {
	var all sync.WaitGroup
	for _, do := range rounds {
		all.Go(func() { a.every(ctx, every, do) })
	}
	all.Wait()
}

func (a *App) every(ctx context.Context, pace time.Duration, do round) {
	ticker := time.NewTicker(pace)
	defer ticker.Stop()
	for n := 0; ; n++ {
		select {
		case <-ctx.Done():
			return
		case <-ticker.C:
		}
		if err := do(ctx, n); err != nil && ctx.Err() == nil {
			a.Log.Error("clock", "err", err)
		}
	}
}

// promptly is what somebody waits for: a code, a wait that is over, a request.
func (a *App) promptly(ctx context.Context, _ int) error {
	return errors.Join(a.Accounts.SendCodes(ctx), a.Accounts.TendWaits(ctx), a.Desk.Tick(ctx))
}

// atLeisure is what goes on until all is done, however much there is.
func (a *App) atLeisure(ctx context.Context, n int) (err error) {
	if n%10 == 0 {
		err = a.sendSummary(ctx)
	}
	if n%60 == 0 {
		err = errors.Join(err, a.sweep(ctx), a.Guide.CountEnded(ctx), a.Accounts.CountFlows(ctx))
	}
	if n%600 == 0 {
		err = errors.Join(err, a.checkNightly(ctx))
	}
	if n%3600 == 600 { // not at once: a start is a busy time
		err = errors.Join(err, a.purge(ctx))
	}
	return err
}
