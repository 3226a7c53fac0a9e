package main

import (
	"bytes"
	"context"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"slices"
	"strings"
	"sync"
	"sync/atomic"
	"time"

	"pulih/cmd/rig"
)

// row is one thing that is measured.
type row struct {
	name    string
	clients int
	make    func(base string, n int64) (*http.Request, error)
	refused int // the status of an answer that refuses and yet is meant; 0 for none
}

func heading() {
	fmt.Printf("%-14s %7s %10s %10s %8s %8s %8s\n", "row", "clients", "req/s", "floor", "ratio", "p50 ms", "p99 ms")
}

// meant tells whether an answer is what the row is about.
func (r row) meant(status int) bool { return status < http.StatusBadRequest || status == r.refused }

// compare measures both sides in turn, A B B A A B, and prints the medians.
func (r row) compare(ctx context.Context, ours, floor string) error {
	if err := r.teach(ours, floor); err != nil {
		return err
	}
	var a, b []float64
	var times []time.Duration
	for i := range rounds * 2 {
		if i%4 == 0 || i%4 == 3 {
			rate, took, err := r.load(ctx, ours)
			if err != nil {
				return err
			}
			a, times = append(a, rate), append(times, took...)
			continue
		}
		rate, _, err := r.load(ctx, floor)
		if err != nil {
			return err
		}
		b = append(b, rate)
	}
	slices.Sort(times)
	fmt.Printf("%-18s %3d %10.0f %10.0f %8.2f %8.1f %8.1f\n", r.name, r.clients, median(a), median(b), median(a)/median(b),
		milliseconds(times, 50), milliseconds(times, 99))
	return nil
}

// teach tells the floor to answer with what we answer.
func (r row) teach(ours, floor string) error {
	request, err := r.make(ours, 0)
	if err != nil {
		return err
	}
	answer, err := rig.Client.Do(request)
	if err != nil {
		return err
	}
	defer answer.Body.Close() //nolint:errcheck // only read
	page, err := io.ReadAll(answer.Body)
	if err != nil || !r.meant(answer.StatusCode) {
		return fmt.Errorf("answered %d, %w", answer.StatusCode, err)
	}
	taught, err := rig.Client.Post(floor+"/page", "text/html", bytes.NewReader(page))
	if err != nil {
		return err
	}
	return taught.Body.Close()
}

var serial atomic.Int64

// load runs the clients for one slice and returns requests per second.
func (r row) load(ctx context.Context, base string) (float64, []time.Duration, error) {
	ctx, cancel := context.WithTimeout(ctx, slice)
	defer cancel()
	var mu sync.Mutex
	var all []time.Duration
	var failed error
	var wg sync.WaitGroup
	begun := time.Now()
	for range r.clients {
		wg.Go(func() {
			took, err := r.client(ctx, base)
			mu.Lock()
			defer mu.Unlock()
			all = append(all, took...)
			if err != nil {
				failed = err
			}
		})
	}
	wg.Wait()
	return float64(len(all)) / time.Since(begun).Seconds(), all, failed
}

func (r row) client(ctx context.Context, base string) (took []time.Duration, err error) {
	for ctx.Err() == nil {
		request, err := r.make(base, serial.Add(1))
		if err != nil {
			return took, err
		}
		begun := time.Now()
		answer, err := rig.Client.Do(request)
		if err != nil {
			return took, err
		}
		_, _ = io.Copy(io.Discard, answer.Body)
		_ = answer.Body.Close()
		if !r.meant(answer.StatusCode) {
			return took, fmt.Errorf("answered %d", answer.StatusCode)
		}
		took = append(took, time.Since(begun))
	}
	return took, nil
}

func getter(path string) func(string, int64) (*http.Request, error) {
	return func(base string, _ int64) (*http.Request, error) {
		return http.NewRequest(http.MethodGet, base+path, nil)
	}
}

// resetter starts a reset with a number of its own, from a network of its
// own: the limits hold for each and are part of what is measured.
func resetter() func(string, int64) (*http.Request, error) {
	return func(base string, n int64) (*http.Request, error) {
		form := url.Values{"nip": {fmt.Sprintf("19860926201505%d%03d", 1+n%2, 1+n/2%999)}}
		r, err := http.NewRequest(http.MethodPost, base+"/pulihkan", strings.NewReader(form.Encode()))
		if err != nil {
			return nil, err
		}
		r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
		r.Header.Set("X-Forwarded-For", fmt.Sprintf("198.%d.%d.%d", 18+n>>16&1, n>>8&255, n&255))
		return r, nil
	}
}

func median(v []float64) float64 {
	slices.Sort(v)
	return v[len(v)/2]
}

func milliseconds(sorted []time.Duration, percent int) float64 {
	if len(sorted) == 0 {
		return 0
	}
	return float64(sorted[len(sorted)*percent/100].Microseconds()) / 1000
}
