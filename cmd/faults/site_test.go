package faults

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"os"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"pulih/cmd/rig"
	"pulih/db"
	"pulih/db/dbtest"
	"pulih/mail/mailbox"
	"pulih/secret"
)

// site is an installation that is harmed.
type site struct {
	*testing.T
	place   rig.Place
	letters *letters

	mu      sync.Mutex
	process *rig.Process
	up      chan struct{} // closed while it may be asked

	over    context.Context
	end     context.CancelFunc
	answers [6]atomic.Int64 // by their first digit; 0 for none
	visits  atomic.Int64    // of those who only look
}

// newSite has people, two agents, and a relay; it does not serve yet.
func newSite(t *testing.T, url string) *site {
	t.Helper()
	return newSiteIn(t, t.TempDir(), url)
}

func newSiteIn(t *testing.T, folder, url string) *site {
	t.Helper()
	box, err := mailbox.Start("127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	s := &site{T: t, place: rig.Place{Binary: binary, Folder: folder, Database: url, Box: box}, letters: newLetters(box), up: make(chan struct{})}
	s.over, s.end = context.WithCancel(context.Background())
	t.Cleanup(s.close)
	s.must(s.place.Import(t.Context()))
	s.write(func(tx *db.Tx) error { return hire(t.Context(), tx) })
	return s
}

func (s *site) close() {
	s.end()
	if s.process != nil {
		s.process.Kill()
	}
	_ = s.place.Box.Close()
	if s.Failed() {
		s.Log(s.tail())
	}
}

// tail is the end of what the process logged, but its requests.
func (s *site) tail() string {
	text, _ := os.ReadFile(s.place.Folder + "/log")
	var lines []string
	for line := range strings.Lines(string(text)) {
		if !strings.Contains(line, `"msg":"request"`) {
			lines = append(lines, line)
		}
	}
	return strings.Join(lines[max(0, len(lines)-40):], "")
}

func (s *site) must(err error) {
	s.Helper()
	if err != nil {
		s.Fatal(err)
	}
}

// serve starts the process; clients who waited go on.
func (s *site) serve(more ...string) {
	s.Helper()
	p, err := s.place.Serve(s.Context(), more...)
	s.must(err)
	s.mu.Lock()
	defer s.mu.Unlock()
	s.process = p
	close(s.up)
}

// kill ends it between any two of its instructions.
func (s *site) kill() {
	s.mu.Lock()
	s.up = make(chan struct{})
	p := s.process
	s.process = nil
	s.mu.Unlock()
	p.Kill()
}

// stop ends it as an operator does.
func (s *site) stop() {
	s.mu.Lock()
	s.up = make(chan struct{})
	p := s.process
	s.process = nil
	s.mu.Unlock()
	p.Stop()
}

var errOver = errors.New("the load is over")

// address waits for a process that may be asked.
func (s *site) address() (string, error) {
	for {
		s.mu.Lock()
		up, p := s.up, s.process
		s.mu.Unlock()
		select {
		case <-s.over.Done():
			return "", errOver
		case <-up:
		}
		if p != nil {
			return p.URL, nil
		}
	}
}

// client is a visitor who presses the button again when no answer came, or
// one that asks him to try again.
type client struct {
	*rig.Visitor
	again int
}

func (s *site) client() *client {
	c := &client{Visitor: rig.NewVisitor("")}
	c.Through = func(send func() (rig.Answer, error)) (rig.Answer, error) {
		for ; ; c.again++ {
			base, err := s.address()
			if err != nil {
				return rig.Answer{}, err
			}
			c.Base = base
			a, err := send()
			s.count(a, err)
			if err == nil && a.Status < http.StatusInternalServerError {
				return a, nil
			}
			time.Sleep(20 * time.Millisecond) // a person is slower
		}
	}
	return c
}

func (s *site) count(a rig.Answer, err error) {
	if err != nil {
		a.Status = 0
	}
	s.answers[a.Status/100].Add(1)
	if a.Status >= http.StatusInternalServerError && a.Status != http.StatusServiceUnavailable {
		s.Errorf("somebody was answered %d", a.Status)
	}
}

// opened gives the test the database for a moment: a handle that it kept would
// spare a killed process's heir the recovery.
func (s *site) opened(do func(*db.DB) error) {
	s.Helper()
	d, err := db.Open(context.Background(), s.place.URL(), time.Now)
	s.must(err)
	defer d.Close() //nolint:errcheck // a test's handle
	s.must(do(d))
}

func (s *site) write(do func(*db.Tx) error) {
	s.Helper()
	s.opened(func(d *db.DB) error { return d.Write(context.Background(), do) })
}

// agents are who claims; each has a session of his own.
var agents = []struct {
	id, nip string
	token   secret.Token
}{{"agent-1", "197001012000011001", secret.NewToken()}, {"agent-2", "197101012001011001", secret.NewToken()}}

func hire(ctx context.Context, tx *db.Tx) error {
	for _, a := range agents {
		_, err := tx.Exec(ctx, `INSERT INTO staff (id, nip, name, email, agency, roles, approver_no, approves_from, password, secret, last_step,
			otp_failures, otp_wait_until, setup_hash, setup_until, setup_browser, pending_password, pending_secret, created_at, enrolled_at, disabled_at)
			VALUES ($1, $2, 'Rina Contoh', $3, 'BKPSDM Kabupaten Contoh', 'petugas verifikator penyelia', 0, 0, '', $4, 0, 0, 0, $4, 0, $4, '', $4, $5, $5, 0)`,
			a.id, a.nip, a.id+"@example.go.id", []byte{}, tx.Now)
		if err == nil {
			err = signIn(ctx, tx, a.id, a.token)
		}
		if err != nil {
			return err
		}
	}
	return nil
}

func signIn(ctx context.Context, tx *db.Tx, agent string, token secret.Token) error {
	_, err := tx.Exec(ctx, `INSERT INTO sessions (id, token_hash, kind, owner, created_at, seen_at, proven_at, ended_at, network, agent)
		VALUES ($1, $2, 'staff', $3, $4, $4, 0, 0, '', '')`, db.NewID(), token.Hash(), agent, tx.Now)
	return err
}

// each runs a fault on both engines.
func each(t *testing.T, fault func(t *testing.T, url string)) {
	t.Run("sqlite", func(t *testing.T) { fault(t, "") })
	t.Run("postgres", func(t *testing.T) { fault(t, dbtest.Postgres(t)) })
}

// eventually waits until something is so.
func eventually(t *testing.T, what string, so func() bool) {
	t.Helper()
	for until := time.Now().Add(2 * time.Minute); time.Now().Before(until); time.Sleep(20 * time.Millisecond) {
		if so() {
			return
		}
	}
	t.Fatal("it never came about that " + what)
}

func engineOf(url string) string {
	if url == "" {
		return "SQLite"
	}
	return "PostgreSQL"
}

var serial atomic.Int64

// inLetters is a number that no page takes for a code.
func inLetters(n int64) string {
	var b strings.Builder
	for ; n > 0; n /= 20 {
		b.WriteByte("bcdfghjklmnpqrstvwyz"[n%20])
		b.WriteByte('a')
	}
	return b.String()
}

// words is a text that nobody else sends.
func words(what string) string { return fmt.Sprintf("%s %s.", what, inLetters(serial.Add(1))) }
