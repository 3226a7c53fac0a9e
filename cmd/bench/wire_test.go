package main

import (
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"
)

func serverOf(t *testing.T, h http.HandlerFunc) string {
	t.Helper()
	s := httptest.NewServer(h)
	t.Cleanup(s.Close)
	return strings.TrimPrefix(s.URL, "http://")
}

// Whatever way a body comes, all of it is read, and the next answer is its own.
func TestTheWireReadsEveryBody(t *testing.T) {
	host := serverOf(t, func(w http.ResponseWriter, r *http.Request) {
		switch r.URL.Path {
		case "/chunked":
			for range 3 {
				_, _ = w.Write([]byte(strings.Repeat("x", 40_000)))
				w.(http.Flusher).Flush()
			}
		case "/away":
			http.Redirect(w, r, "/", http.StatusSeeOther)
		default:
			_, _ = w.Write([]byte("satu baris"))
		}
	})
	w, err := dial(host)
	if err != nil {
		t.Fatal(err)
	}
	defer w.Close()
	for range 2 {
		for path, want := range map[string][2]int{"/chunked": {200, 120_000}, "/": {200, 10}, "/away": {303, 0}} {
			status, size, err := w.ask(visit{method: "POST", path: path}.to(host))
			if err != nil || status != want[0] || size != want[1] {
				t.Errorf("%s: %d, %d bytes, %v", path, status, size, err)
			}
		}
	}
}

// A server that stands still for a while is slow for all who were due
// meanwhile, not for one of them alone (coordinated omission).
func TestWhoWasDueWaited(t *testing.T) {
	stuck := true
	host := serverOf(t, func(http.ResponseWriter, *http.Request) {
		if stuck {
			stuck = false
			time.Sleep(400 * time.Millisecond)
		}
	})
	to := &target{address: host, status: http.StatusOK, again: true, calls: []call{visit{method: "GET", path: "/"}.to(host)}}
	took, _, err := to.load(t.Context(), 1, time.Second, evenly(200))
	if err != nil || len(took) < 100 {
		t.Fatal(len(took), err)
	}
	slow := 0
	for _, d := range took {
		if d > 100*time.Millisecond {
			slow++
		}
	}
	if slow < 40 {
		t.Errorf("%d of %d waited, 60 were due while the server stood", slow, len(took))
	}
}

// What may be sent once is sent once, and an answer that was not meant ends
// the run.
func TestEachCallIsSentOnce(t *testing.T) {
	seen := map[string]int{}
	host := serverOf(t, func(w http.ResponseWriter, r *http.Request) {
		seen[r.URL.Path]++
		w.WriteHeader(map[bool]int{true: http.StatusTeapot, false: http.StatusOK}[r.URL.Path == "/wrong"])
	})
	to := &target{address: host, status: http.StatusOK}
	for _, path := range []string{"/1", "/2", "/3"} {
		to.calls = append(to.calls, visit{method: "GET", path: path}.to(host))
	}
	took, lasted, err := to.load(t.Context(), 1, time.Minute, nil)
	if err != nil || len(took) != 3 || lasted > 30*time.Second || seen["/1"] != 1 || seen["/3"] != 1 {
		t.Error(len(took), lasted, seen, err)
	}
	wrong := &target{address: host, status: http.StatusOK, calls: []call{visit{method: "GET", path: "/wrong"}.to(host)}}
	if _, _, err := wrong.load(t.Context(), 1, time.Minute, nil); err == nil {
		t.Error("a refusal counts as an answer")
	}
}
