package mail

import (
	"context"
	"errors"
	"fmt"
	"time"

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
	// lease is longer than any try: NewRelay allows a minute for each of its
	// three phases.
	lease = 5 * time.Minute
	// poll is how soon a retry falls due, or another process's row is seen.
	poll = time.Second
)

// Run delivers what is due until ctx ends. It stops between messages. Several
// may run, in one process or in many.
func (o *Outbox) Run(ctx context.Context, relay Relay) error {
	changed, stop := o.db.Watch("outbox")
	defer stop()
	tick := time.NewTicker(poll)
	defer tick.Stop()
	w := &worker{Outbox: o, relay: relay}
	for {
		if err := w.deliver(ctx); err != nil && ctx.Err() == nil {
			o.Log.Error("mail: the outbox cannot be worked", "err", err)
		}
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

type worker struct {
	*Outbox
	relay Relay
	down  bool // the operator knows of the trouble
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
		if errors.Is(err, db.ErrConflict) {
			return nil
		}
		if err != nil {
			return err
		}
		return w.countDelay(ctx, tx, e, v.state, group)
	})
}

// tell writes to the operator's log, without an address: once when trouble
// begins, once when it is over, and each message that will never arrive.
func (w *worker) tell(e entry, v verdict) {
	w.tries.count(v)
	if v.fault != nil {
		w.Log.Error("mail: this message cannot be sent", "id", e.ID, "kind", e.Kind, "err", v.fault)
		return
	}
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
