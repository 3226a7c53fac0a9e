package main

import (
	"context"
	"errors"
	"net/http"
	"slices"
	"sync"
	"time"

	"pulih/cmd/rig"
)

type watched struct {
	took []time.Duration // sorted
	err  error
}

// watch opens the start page every 5 ms while something goes on, whether the
// one before has come or not.
func watch(ctx context.Context, base string, meanwhile func() error) (w watched) {
	ctx, cancel := context.WithCancel(ctx)
	var mu sync.Mutex
	var wg sync.WaitGroup
	wg.Go(func() {
		for v := rig.NewVisitor(base); ctx.Err() == nil; time.Sleep(5 * time.Millisecond) {
			wg.Go(func() {
				page, err := (&rig.Visitor{Base: base, Network: v.Network}).Get("/")
				mu.Lock()
				defer mu.Unlock()
				w.took, w.err = append(w.took, page.Took), errors.Join(w.err, page.Must(http.StatusOK, err))
			})
		}
	})
	err := meanwhile()
	cancel()
	wg.Wait()
	slices.Sort(w.took)
	w.err = errors.Join(w.err, err)
	return w
}
