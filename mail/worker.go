package mail

import (
	"context"
	"errors"
	"fmt"
	"sync"
	"time"

	"pulih/audit"
	"pulih/db"
)

// ErrClosed says that the database was closed under a running outbox.
var ErrClosed = errors.New("mail: database is closed")

// entry is a row of the outbox.
type entry struct {
	ID, Kind, Person, MessageID string
	sealed                      []byte
	attempts                    int64
	created, expires            db.Time
}

const (
	// atOnce is how many messages are under way: a relay that takes a minute
	// over one must not hold up the others.
	atOnce = 8
	// lease is longer than any try: NewRelay allows mostPatience for each of its
	// five phases (the greeting, EHLO to AUTH, MAIL to DATA, the answer, QUIT).
	lease = 8 * time.Minute
	// leave is how long a stop waits for what is under way.
	leave = 15 * time.Second
	// poll is how soon a retry falls due, or another process's row is seen.
	poll = time.Second
)

// Run delivers what is due until ctx ends. It stops between messages, or in
// the middle of those that a slow relay thinks about for longer than leave:
// they are sent again when their lease is over. Several may run, in one process
// or in many.
func (o *Outbox) Run(ctx context.Context, relay Relay) error {
	w := &worker{Outbox: o, relay: relay, more: make(chan struct{}, atOnce)}
	helping, home := context.WithCancel(ctx)
	var helpers sync.WaitGroup
	for range atOnce {
		helpers.Go(func() { w.help(helping) })
	}
	ended := make(chan error, 1)
	go func() {
		err := w.lead(ctx)
		home()
		helpers.Wait()
		ended <- err
	}()
	select {
	case err := <-ended:
		return err
	case <-ctx.Done():
	}
	select {
	case err := <-ended:
		return err
	case <-time.After(leave):
		return nil
	}
}

// lead wakes a helper when something may be due, so that only one asks an
// empty outbox. It sends nothing itself, or a slow relay would make it deaf.
func (w *worker) lead(ctx context.Context) error {
	changed, stop := w.db.Watch("outbox")
	defer stop()
	tick := time.NewTicker(poll)
	defer tick.Stop()
	for {
		w.wake()
		select {
		case <-ctx.Done():
			return nil
		case <-tick.C:
		case _, open := <-changed:
			if !open {
				return ErrClosed
			}
		}
	}
}

// help works whenever somebody found that there is something to do.
func (w *worker) help(ctx context.Context) {
	for {
		select {
		case <-ctx.Done():
			return
		case <-w.more:
			w.work(ctx)
		}
	}
}

func (w *worker) work(ctx context.Context) {
	if err := w.deliver(ctx); err != nil && ctx.Err() == nil {
		w.Log.Error("mail: the outbox cannot be worked", "err", err)
	}
}

type worker struct {
	*Outbox
	relay Relay
	more  chan struct{} // there may be more than one has in hand

	mu   sync.Mutex
	down bool // the operator knows of the trouble
}

// call asks for help, but not with a relay that takes nothing: one try is
// enough to hear that it is back.
func (w *worker) call() {
	w.mu.Lock()
	defer w.mu.Unlock()
	if !w.down {
		w.wake()
	}
}

func (w *worker) wake() {
	select {
	case w.more <- struct{}{}:
	default:
	}
}

// deliver tries each message that is due, and stops early where the relay
// could take none of them.
func (w *worker) deliver(ctx context.Context) error {
	for ctx.Err() == nil {
		e, err := w.lease(ctx)
		if errors.Is(err, db.ErrNotFound) {
			return nil
		}
		if err != nil {
			return fmt.Errorf("mail: lease: %w", err)
		}
		w.call()
		v := w.try(context.WithoutCancel(ctx), e)
		if err := w.record(context.WithoutCancel(ctx), e, v); err != nil {
			return fmt.Errorf("mail: record %s: %w", v.state, err)
		}
		if w.tell(e, v); v.trouble != nil {
			return nil
		}
	}
	return nil
}

func (w *worker) lease(ctx context.Context) (e entry, err error) {
	err = w.db.Write(ctx, func(tx *db.Tx) error {
		return tx.Row(ctx, leaseMessage, tx.Now, tx.Now.Add(lease)).Scan(&e.ID, &e.Kind, &e.Person, &e.MessageID,
			&e.sealed, &e.attempts, &e.created, &e.expires)
	})
	return e, err
}

func (w *worker) try(ctx context.Context, e entry) verdict {
	if e.expires <= w.db.Now() {
		return verdict{state: Expired, answer: "expired"}
	}
	content, err := w.open(e.ID, e.sealed)
	if err != nil {
		return verdict{state: Queued, answer: "sealed", fault: err}
	}
	return w.relay.send(ctx, w.site, e, content)
}

// record writes the verdict down. What the relay has taken is taken, whoever
// holds the lease by now; a retry is due only to the one who holds it.
func (w *worker) record(ctx context.Context, e entry, v verdict) error {
	group := w.groupOf(e)
	return w.db.Write(ctx, func(tx *db.Tx) error {
		if v.state == Queued {
			next := min(tx.Now.Add(w.jitter(v.wait(e.attempts))), e.expires)
			_, err := tx.Exec(ctx, retryMessage, e.ID, e.attempts, next, v.answer)
			return err
		}
		err := w.end(ctx, tx, e, v)
		if errors.Is(err, db.ErrConflict) && v.state == Accepted {
			err = w.arrive(ctx, tx, e, v)
		}
		if errors.Is(err, db.ErrConflict) {
			return nil
		}
		if err != nil {
			return err
		}
		return w.countDelay(ctx, tx, e, v.state, group)
	})
}

// arrive ends a message that was withdrawn while it was under way.
func (w *worker) arrive(ctx context.Context, tx *db.Tx, e entry, v verdict) error {
	if err := tx.One(ctx, arriveMessage, e.ID, v.state, v.answer, tx.Now, withdrawn); err != nil {
		return err
	}
	return w.log(ctx, tx, e, v, audit.Actor{Kind: audit.Clock})
}

// tell writes to the operator's log, without an address: once when trouble
// begins, once when it is over, and each message that will never arrive.
func (w *worker) tell(e entry, v verdict) {
	w.tries.count(v)
	if v.fault != nil {
		w.Log.Error("mail: this message cannot be sent", "id", e.ID, "kind", e.Kind, "err", v.fault)
		return
	}
	w.mu.Lock()
	defer w.mu.Unlock()
	switch {
	case v.trouble != nil && !w.down:
		w.Log.Error("mail: nothing can be sent, messages wait", "err", v.trouble)
	case v.trouble == nil && w.down:
		w.Log.Info("mail: sending again")
	}
	w.down = v.trouble != nil
	if v.state == Refused || v.state == Expired {
		w.Log.Warn("mail: not delivered", "id", e.ID, "kind", e.Kind, "answer", v.answer)
	}
}
