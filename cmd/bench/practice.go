package main

import (
	"context"
	"fmt"
	"net/http"
	"net/url"
	"strings"
	"testing"
	"time"

	"pulih/cmd/rig"
	"pulih/otp"
)

// practices measures wrong codes of practice entries over HTTP, the memory
// they take, and one search alone, as far as each may go (clock.md §4.3).
func practices(ctx context.Context, pulih, floor *rig.Process) error {
	if err := pulih.ForgetPeak(); err != nil {
		return err
	}
	fmt.Printf("\npractice codes; each wrong, for an entry of its own that is begun before it\n\n")
	heading()
	r := row{"practice code", 16, practiser, http.StatusUnprocessableEntity}
	if err := r.compare(ctx, pulih.URL, floor.URL); err != nil {
		return fmt.Errorf("%s: %w", r.name, err)
	}
	fmt.Printf("\nmemory, peak      %.1f MiB resident meanwhile\n\n%-14s %12s %12s\n", pulih.Peak(), "one search", "searches/s", "bytes each")
	for _, reach := range []struct {
		name   string
		window int
	}{{"26 hours", otp.Window}, {"7 days", otp.WindowWeek}, {"400 days", otp.WindowYear}} {
		searched := search(reach.window)
		fmt.Printf("%-14s %12.1f %12d\n", reach.name, 1/time.Duration(searched.NsPerOp()).Seconds(), searched.AllocedBytesPerOp())
	}
	return nil
}

func search(window int) testing.BenchmarkResult {
	practice, at := otp.NewSecret(), time.Now()
	return testing.Benchmark(func(b *testing.B) {
		for b.Loop() {
			otp.Search(practice, "123456", at, window)
		}
	})
}

// practiser begins a practice in a network of its own and makes the request
// that types a code: a wrong one, but for one in 160.
func practiser(base string, n int64) (*http.Request, error) {
	v := rig.NewVisitor(base)
	if _, err := v.Post("/cek-jam/latihan"); err != nil {
		return nil, err
	}
	form := url.Values{"kode": {fmt.Sprintf("%06d", n*7919%1e6)}, "selisih": {""}, "ragu": {""}, "usia": {""}}
	return v.Request(http.MethodPost, "/cek-jam/latihan/kode", strings.NewReader(form.Encode()))
}
