package main

import (
	"fmt"
	"io"
	"net/http"
	"slices"
	"time"

	"pulih/cmd/rig"
)

// view is a page of the desk that is timed, and its limits in milliseconds.
type view struct {
	name     string
	path     func(n int) string
	p50, p99 float64 // 0 is none
}

// deskRounds are how often each is read for a second.
const deskRounds = 3

var deskViews = []view{
	{"queue page", at("/petugas/antrean?tampilan=belum-diambil"), 5, 25},
	{"queue page, unproven", at("/petugas/antrean?tampilan=belum-terbukti"), 5, 25},
	{"filtered, common", at("/petugas/antrean?tampilan=belum-terbukti&jenis=other"), 5, 25},
	{"filtered, rare", at("/petugas/antrean?tampilan=selesai&unit=contoh+137"), 5, 25},
	{"filtered, none", at("/petugas/antrean?tampilan=selesai&sebab=lain"), 5, 25},
	{"ticket page", func(n int) string { return "/petugas/tiket/" + number(n%written) }, 5, 25},
	{"search, 1 in 1,000", func(n int) string { return fmt.Sprintf("/petugas/cari?kata=langka%d", n%1000) }, 0, 25},
	{"search, every one", at("/petugas/cari?kata=kode"), 0, 100},
	{"search, every other", at("/petugas/cari?kata=kode+utara"), 0, 100},
	{"search, none", at("/petugas/cari?kata=utara+selatan"), 0, 100},
}

func at(path string) func(int) string { return func(int) string { return path } }

// desks measures the desk with few and with many tickets, one client at it.
func desks(both [2]*house, w io.Writer) error {
	fmt.Fprintf(w, "one client; %d and %d tickets, interleaved\n\n%-22s %9s %9s %9s %9s %9s %9s %7s  %s\n", both[0].size, both[1].size,
		"row", "p50 ms", "p99 ms", "req/s", "p50 ms", "p99 ms", "req/s", "ratio", "limits")
	for _, v := range deskViews {
		if err := v.compare(both, w); err != nil {
			return fmt.Errorf("%s: %w", v.name, err)
		}
	}
	return nil
}

// compare times a page on both desks in turn.
func (v view) compare(both [2]*house, w io.Writer) error {
	readers := [2]*rig.Visitor{both[0].visitor(), both[1].visitor()}
	var took [2][]time.Duration
	for range deskRounds {
		for i, c := range readers {
			for until := time.Now().Add(time.Second); time.Now().Before(until); {
				a, err := c.Get(v.path(len(took[i]) * 7919))
				if err := a.Must(http.StatusOK, err); err != nil {
					return err
				}
				took[i] = append(took[i], a.Took)
			}
		}
	}
	fmt.Fprintf(w, "%-22s", v.name)
	var rates [2]float64
	for i := range took {
		slices.Sort(took[i])
		rates[i] = rate(took[i])
		fmt.Fprintf(w, " %9.1f %9.1f %9.0f", milliseconds(took[i], 50), milliseconds(took[i], 99), rates[i])
	}
	fmt.Fprintf(w, " %7.2f  %s\n", rates[1]/rates[0], v.verdict(took[1], rates))
	return nil
}

func rate(took []time.Duration) float64 {
	var sum time.Duration
	for _, t := range took {
		sum += t
	}
	return float64(len(took)) / sum.Seconds()
}

func (v view) verdict(took []time.Duration, rates [2]float64) string {
	limits := fmt.Sprintf("p99 %.0f", v.p99)
	kept := milliseconds(took, 99) <= v.p99
	if v.p50 > 0 {
		limits = fmt.Sprintf("p50 %.0f, %s, ratio 0.5", v.p50, limits)
		kept = kept && milliseconds(took, 50) <= v.p50 && rates[1] >= rates[0]/2
	}
	if !kept {
		return limits + ": MISSED"
	}
	return limits + ": kept"
}
