package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"net/http"
	"slices"
	"sync"
	"sync/atomic"
	"time"

	"pulih/cmd/rig"
)

// reported is a page of the reports that is read so many times, and its limit
// in milliseconds, 0 for none.
type reported struct {
	name, path string
	runs       int
	limit      float64
}

// A month and a year that end fifty days ago, and the months before them.
var month, year = ending(30), ending(365)

func ending(days int) string {
	last := time.Now().AddDate(0, 0, -50)
	return "dari=" + last.AddDate(0, 0, 1-days).Format(time.DateOnly) + "&sampai=" + last.Format(time.DateOnly)
}

var reportPages = []reported{
	{"report of a month", "/petugas/laporan?" + month, 40, 300},
	{"report of a year", "/petugas/laporan?" + year, 20, 1000},
	{"list of a year", "/petugas/laporan/daftar?angka=selesai&" + year, 20, 1000},
	{"list of a year, unit", "/petugas/laporan/daftar?angka=masuk&menurut=unit&nilai=Dinas+Contoh+7&" + year, 20, 1000},
	{"audit of a year", "/petugas/audit?" + year, 20, 0},
}

// counter is a supervisor at his browser.
type counter struct {
	*rig.Visitor
	*house
	out io.Writer
}

func (c *counter) reports(ctx context.Context) error {
	fmt.Fprintf(c.out, "%-24s %5s %9s %9s  %s\n", "row", "runs", "p50 ms", "p99 ms", "limit")
	for _, p := range reportPages {
		took, err := c.times(p.path, p.runs)
		if err != nil {
			return fmt.Errorf("%s: %w", p.name, err)
		}
		p.print(c.out, took)
	}
	for _, part := range []func(context.Context) error{c.cold, c.exports, c.beside} {
		if err := part(ctx); err != nil {
			return err
		}
	}
	return nil
}

func (p reported) print(w io.Writer, took []time.Duration) {
	slices.Sort(took)
	fmt.Fprintf(w, "%-24s %5d %9.1f %9.1f  %s\n", p.name, len(took), milliseconds(took, 50), milliseconds(took, 99), verdict(milliseconds(took, 99), p.limit))
}

func verdict(ms, limit float64) string {
	switch {
	case limit == 0:
		return "none"
	case ms > limit:
		return fmt.Sprintf("%.0f: MISSED", limit)
	}
	return fmt.Sprintf("%.0f: kept", limit)
}

// times reads a page so often, after once that does not count.
func (c *counter) times(path string, runs int) (took []time.Duration, err error) {
	for n := range runs + 1 {
		a, err := c.Get(path)
		if err := a.Must(http.StatusOK, err); err != nil {
			return took, err
		}
		if n > 0 {
			took = append(took, a.Took)
		}
	}
	return took, nil
}

// cold reads the year in a process that has just begun, whose database the
// system has forgotten where that can be asked for.
func (c *counter) cold(ctx context.Context) error {
	name, between := "year, cold", func() error { return forget(c.place.URL()) }
	if c.engine == "postgres" {
		name, between = "year, new process", nothing
	}
	if err := c.again(ctx, between); err != nil {
		return err
	}
	a, err := c.Get("/petugas/laporan?" + year)
	if err := a.Must(http.StatusOK, err); err != nil {
		return err
	}
	reported{name: name, limit: 3000}.print(c.out, []time.Duration{a.Took})
	return nil
}

// again stops the process and starts another one.
func (c *counter) again(ctx context.Context, between func() error) (err error) {
	c.pulih.Stop()
	if err := between(); err != nil {
		return err
	}
	if c.pulih, err = c.place.Serve(ctx); err == nil {
		c.Visitor = c.visitor()
	}
	return err
}

func nothing() error { return nil }

const queuePage = "/petugas/antrean?tampilan=belum-diambil"

// beside asks how long the queue takes while a supervisor reads one year after
// the other, against a quiet desk.
func (c *counter) beside(context.Context) error {
	quiet, err := c.times(queuePage, 1000)
	if err != nil {
		return err
	}
	var over atomic.Bool
	var failed error
	var wg sync.WaitGroup
	read := 0
	reader := c.visitor()
	wg.Go(func() {
		for !over.Load() && failed == nil {
			a, err := reader.Get("/petugas/laporan?" + year)
			failed, read = a.Must(http.StatusOK, err), read+1
		}
	})
	during, err := c.times(queuePage, 1000)
	over.Store(true)
	wg.Wait()
	if err := errors.Join(err, failed); err != nil {
		return err
	}
	reported{name: "queue page, quiet"}.print(c.out, quiet)
	reported{name: "queue page, meanwhile", limit: 2 * milliseconds(quiet, 99)}.print(c.out, during)
	fmt.Fprintf(c.out, "%d reports of a year were read meanwhile\n", read)
	return nil
}
