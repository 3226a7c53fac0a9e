package mail

import (
	"context"
	"fmt"
	"sync/atomic"

	"pulih/db"
)

// What a try came to, as Tries counts it: final, or to be tried again because
// the addressee's side wants that (later), the relay or its settings are
// to blame (unreachable), or the message itself is (broken).
const (
	triedLater       = "later"
	triedUnreachable = "unreachable"
	triedBroken      = "broken"
)

// tries counts what became of the tries of this process.
type tries map[string]*atomic.Int64

func newTries() tries {
	t := tries{}
	for _, result := range []string{string(Accepted), string(Refused), string(Expired), triedLater, triedUnreachable, triedBroken} {
		t[result] = new(atomic.Int64)
	}
	return t
}

func (t tries) count(v verdict) {
	result := string(v.state)
	switch {
	case v.trouble != nil:
		result = triedUnreachable
	case v.fault != nil:
		result = triedBroken
	case v.state == Queued:
		result = triedLater
	}
	t[result].Add(1)
}

// Tries says how many tries of this process came to what, since its start.
func (o *Outbox) Tries() map[string]int64 {
	all := map[string]int64{}
	for result, n := range o.tries {
		all[result] = n.Load()
	}
	return all
}

// Queue is how many messages of a kind wait for the relay, and since when the
// oldest of them does.
type Queue struct {
	Kind  string
	N     int64
	Since db.Time
}

// Queues counts what waits, of the first most messages that are due: however
// long the relay has been down, a look costs no more.
func Queues(ctx context.Context, tx *db.Tx, most int) ([]Queue, error) {
	all, err := db.All(ctx, tx, scanQueue, selectQueues, most)
	if err != nil {
		return nil, fmt.Errorf("mail: queues: %w", err)
	}
	return all, nil
}

func scanQueue(row db.Scanner) (q Queue, err error) {
	err = row.Scan(&q.Kind, &q.N, &q.Since)
	return q, err
}
