package main

import (
	"os"
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
	before := used(os.Getpid(), 0, "")
	for until := time.Now().Add(300 * time.Millisecond); time.Now().Before(until); {
	}
	spent := used(os.Getpid(), 0, "").since(before)
	if spent.server < 0.05 || spent.machine < spent.server-0.05 || spent.ours < spent.server {
		t.Errorf("%+v", spent)
	}
}
