package main

import (
	"bytes"
	"context"
	"io"
	"net/http"
	"os/exec"
	"regexp"
	"strings"
	"sync"
	"testing"
	"time"

	"pulih/db"
	"pulih/db/dbtest"
	"pulih/otp"
)

// world is the whole program, run as `pulih demo` runs it, with a clock that
// the test sets ahead instead of sleeping.
type world struct {
	signpost
	t      *testing.T
	clock  *demoClock
	out    *bytes.Buffer
	server *server

	newcomers int // how many have been played
}

// newWorld starts the demo on a database: "" is SQLite in its own folder.
func newWorld(t *testing.T, database string) *world {
	t.Helper()
	w := &world{t: t, clock: &demoClock{}, out: &bytes.Buffer{}}
	ready := make(chan signpost, 1)
	started := func(g signpost) { ready <- g }
	cmd := demoCmd{Listen: "127.0.0.1:0", Data: t.TempDir(), out: w.out, clock: w.clock, database: database,
		ready: started, assembled: func(s *server) { w.server = s }}
	ctx, stop := context.WithCancel(context.Background())
	var wg sync.WaitGroup
	failed := make(chan error, 1)
	wg.Go(func() { failed <- cmd.Run(ctx) })
	t.Cleanup(func() { stop(); wg.Wait() })
	select {
	case w.signpost = <-ready:
	case err := <-failed:
		t.Fatal(err)
	case <-time.After(2 * time.Minute):
		t.Fatal("the demo did not start")
	}
	return w
}

// eachWorld runs f on both engines at once: most of it is waiting.
func eachWorld(t *testing.T, f func(t *testing.T, w *world)) {
	t.Run("sqlite", func(t *testing.T) { t.Parallel(); f(t, newWorld(t, "")) })
	t.Run("postgres", func(t *testing.T) { t.Parallel(); f(t, newWorld(t, dbtest.Postgres(t))) })
}

// play finds somebody by role.
func (w *world) play(role string, n int) part {
	w.t.Helper()
	for _, p := range w.Parts {
		if p.Role == role {
			if n == 0 {
				return p
			}
			n--
		}
	}
	w.t.Fatalf("nobody plays %s", role)
	return part{}
}

// code asks oathtool, which is not ours, for the code of now. Each counts
// once, so the clock goes on by a step first.
func (w *world) code(secret []byte) string {
	w.t.Helper()
	tool := dbtest.Require(w.t, "oathtool", "PULIH_TEST_OATHTOOL")
	w.clock.skip(30 * time.Second)
	now := w.clock.Now().UTC().Format("2006-01-02 15:04:05 UTC")
	out, err := exec.Command(tool, "--totp", "--base32", otp.Secret(secret).Base32(), "--now", now).Output()
	if err != nil {
		w.t.Fatal(err)
	}
	return strings.TrimSpace(string(out))
}

// mail reads the newest letter to an address in the demo's mailbox, as a
// visitor would, and waits for it.
func (w *world) mail(address, text string) string {
	w.t.Helper()
	for range 100 {
		for _, id := range regexp.MustCompile(`/demo/kotak-surat/[^"]+`).FindAllString(w.get("/demo/kotak-surat"), -1) {
			letter := w.get(id)
			if strings.Contains(letter, address) && strings.Contains(letter, text) {
				return letter
			}
		}
		<-time.After(100 * time.Millisecond) // the outbox is another goroutine's work
	}
	w.t.Fatalf("no mail to %s with %q", address, text)
	return ""
}

func (w *world) get(path string) string {
	w.t.Helper()
	answer, err := http.Get(w.Base + path)
	if err != nil {
		w.t.Fatal(err)
	}
	defer answer.Body.Close()
	body, err := io.ReadAll(answer.Body)
	if err != nil || answer.StatusCode != http.StatusOK {
		w.t.Fatalf("%s: %d %v", path, answer.StatusCode, err)
	}
	return string(body)
}

// readPicture reads a captcha as a person does; the digits are sealed, so it
// takes the server's keys.
func (w *world) readPicture(id string) string {
	w.t.Helper()
	ctx, a := context.Background(), w.server.app
	var sealed []byte
	err := a.DB.Read(ctx, func(tx *db.Tx) error {
		return tx.Row(ctx, `SELECT digits FROM captchas WHERE id = $1`, id).Scan(&sealed)
	})
	if err != nil {
		w.t.Fatal(err)
	}
	digits, err := a.Keys.Open("captchas|digits|"+id, sealed)
	if err != nil {
		w.t.Fatal(err)
	}
	for i := range digits {
		digits[i] += '0'
	}
	return string(digits)
}
