package main

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"sync"
	"sync/atomic"
	"time"
)

// target is one side of a ratio, and what is sent to it. What cannot be sent
// twice ends the slice when it is used up.
type target struct {
	address string
	status  int // that is meant
	chance  int // and one that may come by chance, 0 for none
	again   bool
	calls   []call
	next    atomic.Int64
}

// take is the next call, nil when there is none.
func (t *target) take() call {
	n := t.next.Add(1) - 1
	if !t.again && n >= int64(len(t.calls)) {
		return nil
	}
	return t.calls[n%int64(len(t.calls))]
}

// spread is when call n is due, in the open loop; nil is the closed one, in
// which each client sends the next when the last was answered.
type spread func(n int64) time.Time

// load runs clients for so long, and says how long each answer took, sorted,
// and how long all of them.
func (t *target) load(ctx context.Context, clients int, long time.Duration, due spread) (took []time.Duration, lasted time.Duration, err error) {
	ctx, cancel := context.WithTimeout(ctx, long)
	defer cancel()
	var mu sync.Mutex
	var wg sync.WaitGroup
	var sent atomic.Int64
	begun := time.Now()
	for range clients {
		wg.Go(func() {
			one, failed := t.client(ctx, &sent, due)
			mu.Lock()
			defer mu.Unlock()
			took, err = append(took, one...), errors.Join(err, failed)
		})
	}
	wg.Wait()
	slices.Sort(took)
	return took, time.Since(begun), err
}

func (t *target) client(ctx context.Context, sent *atomic.Int64, due spread) (took []time.Duration, err error) {
	w, err := dial(t.address)
	if err != nil {
		return nil, err
	}
	defer w.Close() //nolint:errcheck // nothing is on its way
	for ctx.Err() == nil {
		from := time.Now()
		if due != nil {
			from = due(sent.Add(1) - 1)
			if !wait(ctx, from) {
				return took, nil
			}
		}
		call := t.take()
		if call == nil {
			return took, nil
		}
		status, _, err := w.ask(call)
		if err == nil && status != t.status && status != t.chance {
			err = fmt.Errorf("answered %d and not %d:\n%s", status, t.status, call)
		}
		if err != nil {
			return took, err
		}
		took = append(took, time.Since(from))
	}
	return took, nil
}

// wait sleeps until a moment, unless the slice ends before.
func wait(ctx context.Context, until time.Time) bool {
	if left := time.Until(until); left > 0 {
		select {
		case <-ctx.Done():
			return false
		case <-time.After(left):
		}
	}
	return true
}

// evenly is due n so often a second.
func evenly(rate float64) spread {
	begun, gap := time.Now(), float64(time.Second)/rate
	return func(n int64) time.Time { return begun.Add(time.Duration(float64(n) * gap)) }
}
