package main

import (
	"context"
	"os"
	"runtime/debug"
	"strings"
	"testing"
	"time"
)

// Load is never put on somebody else's machine.
func TestPeersAreOnLoopback(t *testing.T) {
	for text, good := range map[string]bool{
		"rt=http://127.0.0.1:8000/,cookie=a=b; c=d": true, "rt=http://[::1]:8000/x": true, "rt=http://localhost:1/": true,
		"rt=http://example.go.id/": false, "rt=http://10.0.0.1/": false, "rt=https://127.0.0.1/": false,
		"rt=http://127.0.0.1.example.go.id/": false, "rt=http://localhost.example.go.id/": false, "http://127.0.0.1/": false, "": false,
	} {
		p, err := peerOf(text)
		if (err == nil) != good {
			t.Errorf("%q: %v", text, err)
		}
		if err == nil && text[len(text)-1] == 'd' && p.cookie != "a=b; c=d" {
			t.Errorf("%q: cookie %q", text, p.cookie)
		}
	}
}

func TestVerdicts(t *testing.T) {
	r := &report{}
	for _, g := range []goal{{Figure: 0.5, Spread: [2]float64{0.4, 0.6}, Wanted: 0.5}, {Figure: 0.45, Spread: [2]float64{0.4, 0.51}, Wanted: 0.5},
		{Figure: 0.45, Spread: [2]float64{0.4, 0.49}, Wanted: 0.5}} {
		r.reached(g)
	}
	r.held("memory", 255, 256, "MiB")
	r.held("memory", 257, 256, "MiB")
	for i, want := range []string{"met", "open", "MISSED", "met", "MISSED"} {
		if r.Goals[i].Verdict != want {
			t.Errorf("%v: not %s", r.Goals[i], want)
		}
	}
	if ratio, spread := ratios([]float64{6, 5, 4}, []float64{10, 10, 16}); ratio != 0.5 || spread != [2]float64{0.25, 0.6} {
		t.Error(ratio, spread)
	}
}

// Time that this process spends is ours, and part of the machine's.
func TestOwnTimeIsNotForeign(t *testing.T) {
	before := sessions{}.used(os.Getpid(), 0, "")
	for until := time.Now().Add(300 * time.Millisecond); time.Now().Before(until); {
	}
	spent := sessions{}.used(os.Getpid(), 0, "").since(before)
	if spent.server < 0.05 || spent.machine < spent.server-0.05 || spent.ours < spent.server {
		t.Errorf("%+v", spent)
	}
}

// The report says what was measured, also where that is in no commit.
func TestTheReportNamesItsCommit(t *testing.T) {
	stamped := []debug.BuildSetting{{Key: "vcs", Value: "git"}, {Key: "vcs.revision", Value: "abc"}, {Key: "vcs.modified", Value: "false"}}
	if got := commitOf(stamped); got != "abc" {
		t.Error(got)
	}
	if stamped[2].Value = "true"; commitOf(stamped) != "abc, and changes" {
		t.Error(commitOf(stamped))
	}
	make, err := os.ReadFile("../../Makefile")
	if err != nil || !strings.Contains(string(make), "go run -buildvcs=true ./cmd/bench $(ARGS)") {
		t.Error("make bench stamps none:", err)
	}
}

// A machine without PostgreSQL proves the rest, and no machine proves nothing.
func TestAShortRunCountsTheEnginesThatAreThere(t *testing.T) {
	b := &bench{options: options{Engines: []string{"sqlite", "postgres"}}, report: &report{}}
	if b.proved() == nil {
		t.Error("nothing ran, and it is proved")
	}
	for range rows {
		b.report.Cells = append(b.report.Cells, cell{Ratio: 1, Memory: 1})
	}
	if err := b.proved(); err != nil {
		t.Error("without PostgreSQL:", err)
	}
	if b.postgres = "postgres://"; b.proved() == nil {
		t.Error("PostgreSQL did not run, and it is proved")
	}
	b.Engines, b.postgres, b.report.Cells = []string{"postgres"}, "", nil
	if b.proved() == nil {
		t.Error("no engine was there, and it is proved")
	}
}

// The CPU of a peer cannot be told from that of others, and is not asked for.
func TestAPeerIsNotForeign(t *testing.T) {
	peer := &side{prepare: func(context.Context, int) (*target, error) { return &target{address: "127.0.0.1:1"}, nil }}
	b := &bench{options: options{Slice: 100 * time.Millisecond, Short: true}}
	if _, err := b.slice(t.Context(), peer, 0, nil); err != nil || peer.Noisy != 0 {
		t.Error(err, peer.Noisy)
	}
}
