package main

import (
	"context"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"testing"
	"time"

	"pulih/cmd/rig"
	"pulih/otp"
	"pulih/secret"
)

// practices measures wrong codes of practice entries over HTTP, the memory
// they take, and one search alone, as far as each may go (clock.md §4.3).
func (b *bench) practices(ctx context.Context, h *house, w io.Writer) error {
	c, err := b.measure(ctx, h, practiceCode, 16)
	if err != nil {
		return err
	}
	b.report.add(c)
	fmt.Fprintf(w, "%-14s %12s %12s\n", "one search", "searches/s", "bytes each")
	for _, reach := range []struct {
		name   string
		window int
	}{{"26 hours", otp.Window}, {"7 days", otp.WindowWeek}, {"400 days", otp.WindowYear}} {
		searched := search(reach.window)
		fmt.Fprintf(w, "%-14s %12.1f %12d\n", reach.name, 1/time.Duration(searched.NsPerOp()).Seconds(), searched.AllocedBytesPerOp())
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

// practiceCode is a wrong code, but for one in 160, of an entry of its own that
// was begun before. It takes a limit, counts a try, searches 26 hours each way,
// and draws two QR codes.
var practiceCode = row{name: "practice code", limit: aWrite, prepare: practised, status: http.StatusUnprocessableEntity, chance: http.StatusSeeOther}

func practised(ctx context.Context, h *house, n int) (all []visit, err error) {
	begun, err := many(ctx, h, n, func(context.Context, int) (secret.Token, error) {
		v := rig.NewVisitor(h.pulih.URL)
		_, err := v.Post("/cek-jam/latihan")
		return secret.Token(v.Cookies[practiceCookie]), err
	})
	for i, entry := range begun {
		form := url.Values{"kode": {fmt.Sprintf("%06d", i*7919%1e6)}, "selisih": {""}, "ragu": {""}, "usia": {""}}
		all = append(all, visit{method: "POST", path: "/cek-jam/latihan/kode", cookie: practiceCookie + "=" + string(entry), form: form})
	}
	return all, err
}

const practiceCookie = "__Host-latihan"
