package mail

import (
	"bytes"
	"context"
	"errors"
	"net"
	"slices"
	"strconv"
	"strings"
	"sync"
	"testing"
	"time"

	"pulih/audit"
	"pulih/db"
	"pulih/db/dbtest"
	"pulih/mail/mailbox"
)

// post is an outbox with a worker and the relay it talks to.
type post struct {
	*worker
	box   *mailbox.Box
	clock *dbtest.Clock
	t     *testing.T
}

func eachPost(t *testing.T, f func(p post)) {
	t.Helper()
	dbtest.Each(t, func(t *testing.T, d *db.DB, clock *dbtest.Clock) {
		box, err := mailbox.Start("127.0.0.1:0")
		if err != nil {
			t.Fatal(err)
		}
		t.Cleanup(func() { _ = box.Close() })
		o := NewOutbox(d, testKeys(t), testSite())
		o.jitter = func(d time.Duration) time.Duration { return d }
		f(post{&worker{Outbox: o, relay: relayAt(t, box.Addr())}, box, clock, t})
	})
}

func relayAt(t *testing.T, addr string) Relay {
	t.Helper()
	host, port, _ := net.SplitHostPort(addr)
	n, _ := strconv.Atoi(port)
	r, err := NewRelay(RelaySettings{Host: host, Port: n, TLS: NoTLS, HELO: "pulih.example.go.id", Timeout: 300 * time.Millisecond})
	if err != nil {
		t.Fatal(err)
	}
	return r
}

func (p post) pass() {
	p.t.Helper()
	if err := p.deliver(context.Background()); err != nil {
		p.t.Fatal(err)
	}
}

func (p post) notice() string {
	p.t.Helper()
	return put(p.t, p.Outbox, Notice(p.site, NoticeMail{To: "budi@example.test", What: DeviceAdded, At: p.db.Now(), Link: p.site.Link("/bukan-saya/x")}))
}

func (p post) wants(id string, want State, mails int) {
	p.t.Helper()
	if got := outcome(p.t, p.Outbox, id); got.State != want || (want != Queued) != (got.At == p.db.Now()) {
		p.t.Errorf("the outcome is %v, want %v", got, want)
	}
	if got := len(p.box.Messages()); got != mails {
		p.t.Errorf("the relay has %d mails, want %d", got, mails)
	}
}

// The rows of the table of outcomes: what the relay does, what becomes of the
// message at once, and how many mails there are once the relay is well again.
func TestEachAnswerOfTheRelay(t *testing.T) {
	for _, row := range []struct {
		fault          mailbox.Fault
		state          State
		now, afterward int
	}{
		{mailbox.None, Accepted, 1, 1},
		{mailbox.Refuse, Refused, 0, 0},
		{mailbox.Busy, Queued, 0, 1},
		{mailbox.Down, Queued, 0, 1},
		{mailbox.Foreign, Queued, 0, 1},
		{mailbox.Slow, Queued, 1, 2}, // unknown: the second carries the same Message-ID
		{mailbox.Drop, Queued, 1, 2},
		{mailbox.HangUp, Accepted, 1, 1}, // delivered: never a second one
	} {
		t.Run(string(row.fault), func(t *testing.T) {
			eachPost(t, func(p post) {
				id := p.notice()
				p.box.Fail(row.fault)
				p.pass()
				p.wants(id, row.state, row.now)
				p.box.Fail(mailbox.None)
				p.pass() // not due yet
				if got := len(p.box.Messages()); got != row.now {
					p.t.Errorf("tried again before it was due: %d mails", got)
				}
				p.clock.Advance(time.Minute)
				p.pass()
				p.clock.Advance(time.Hour)
				p.pass()
				p.sameMessage(row.afterward)
			})
		})
	}
}

func (p post) sameMessage(mails int) {
	p.t.Helper()
	all := p.box.Messages()
	if len(all) != mails {
		p.t.Errorf("the relay has %d mails, want %d", len(all), mails)
	}
	for _, m := range all {
		if m.MessageID != all[0].MessageID || !strings.HasSuffix(m.MessageID, "@example.go.id") || m.At != all[0].At {
			p.t.Errorf("a repetition cannot be told: %s at %v, %s at %v", m.MessageID, m.At, all[0].MessageID, all[0].At)
		}
	}
}

func TestARelayThatCannotBeReachedLosesNothing(t *testing.T) {
	eachPost(t, func(p post) {
		id := p.notice()
		well := p.relay
		closed, err := net.Listen("tcp", "127.0.0.1:0")
		if err != nil {
			p.t.Fatal(err)
		}
		_ = closed.Close()
		p.relay = relayAt(p.t, closed.Addr().String())
		p.pass()
		p.wants(id, Queued, 0)
		p.relay = well
		p.clock.Advance(time.Minute)
		p.pass()
		p.wants(id, Accepted, 1)
	})
}

func TestARelayDownFor25HoursLosesNoNotice_impostor3(t *testing.T) {
	eachPost(t, func(p post) {
		id := p.notice()
		code := put(p.t, p.Outbox, ResetCode(p.site, ResetCodeMail{To: "budi@example.test", Code: "7K3M9QXD",
			Link: p.site.Link("/pulihkan/tautan/x"), Until: p.db.Now().Add(30 * time.Minute)}))
		p.box.Fail(mailbox.Down)
		for range 50 {
			p.pass()
			p.clock.Advance(30 * time.Minute)
		}
		if got := outcome(p.t, p.Outbox, code); got.State != Expired {
			p.t.Errorf("a code that ran out is %v", got)
		}
		p.box.Fail(mailbox.None)
		p.pass()
		p.wants(id, Accepted, 1)
	})
}

func TestRetriesComeAfter1_5_15_30Minutes(t *testing.T) {
	eachPost(t, func(p post) {
		p.box.Fail(mailbox.Busy)
		id := p.notice()
		for _, minutes := range []time.Duration{1, 5, 15, 30, 30} {
			p.pass()
			if got := p.nextTry(id).Sub(p.db.Now()); got != minutes*time.Minute {
				p.t.Errorf("the next try is in %v, want %d min", got, minutes)
			}
			p.clock.Advance(minutes * time.Minute)
		}
	})
}

func (p post) nextTry(id string) (at db.Time) {
	p.t.Helper()
	err := p.db.Read(context.Background(), func(tx *db.Tx) error {
		return tx.Row(context.Background(), `SELECT run_at FROM outbox WHERE id = $1`, id).Scan(&at)
	})
	if err != nil {
		p.t.Fatal(err)
	}
	return at
}

func TestTwoWorkersNeverHoldOneMessage(t *testing.T) {
	eachPost(t, func(p post) {
		const mails = 30
		for range mails {
			p.notice()
		}
		var all sync.WaitGroup
		for range 4 {
			all.Go(func() {
				w := &worker{Outbox: p.Outbox, relay: p.relay}
				for p.waiting() > 0 {
					if err := w.deliver(context.Background()); err != nil {
						p.t.Error(err)
						return
					}
				}
			})
		}
		all.Wait()
		seen := map[string]bool{}
		for _, m := range p.box.Messages() {
			if seen[m.MessageID] {
				p.t.Errorf("%s was sent twice", m.MessageID)
			}
			seen[m.MessageID] = true
		}
		if len(seen) != mails {
			p.t.Errorf("%d of %d arrived", len(seen), mails)
		}
	})
}

func (p post) waiting() (n int) {
	err := p.db.Read(context.Background(), func(tx *db.Tx) error {
		return tx.Row(context.Background(), `SELECT count(*) FROM outbox WHERE state = 'queued'`).Scan(&n)
	})
	if err != nil {
		p.t.Error(err)
		return 0
	}
	return n
}

func TestAWorkerThatDiedLosesOnlyItsLease(t *testing.T) {
	eachPost(t, func(p post) {
		id := p.notice()
		dead, err := p.worker.lease(context.Background())
		if err != nil {
			p.t.Fatal(err)
		}
		p.pass()
		p.wants(id, Queued, 0)
		p.clock.Advance(lease)
		p.pass()
		p.wants(id, Accepted, 1)
		if err := p.record(context.Background(), dead, verdict{state: Queued, answer: "late"}); err != nil {
			p.t.Error(err)
		}
		p.wants(id, Accepted, 1)
	})
}

func TestRunStopsBetweenMessages(t *testing.T) {
	eachPost(t, func(p post) {
		p.notice()
		ctx, cancel := context.WithCancel(context.Background())
		ended := make(chan error, 1)
		go func() { ended <- p.Run(ctx, p.relay) }()
		wait, stop := context.WithTimeout(ctx, 20*time.Second)
		defer stop()
		if _, err := p.box.Wait(wait, func(mailbox.Received) bool { return true }); err != nil {
			p.t.Fatal(err)
		}
		cancel()
		if err := <-ended; err != nil {
			p.t.Error(err)
		}
		if p.waiting() != 0 {
			p.t.Error("it stopped inside a message")
		}
		p.notice()
		if err := p.deliver(ctx); err != nil || p.waiting() != 1 {
			p.t.Errorf("it began a message after the end: %v", err)
		}
	})
}

func TestRunEndsWithTheDatabase(t *testing.T) {
	d, _ := dbtest.New(t)
	o := NewOutbox(d, testKeys(t), testSite())
	_ = d.Close()
	if err := o.Run(context.Background(), Relay{}); !errors.Is(err, ErrClosed) {
		t.Error(err)
	}
}

func TestWhatIsStoredTellsNothing(t *testing.T) {
	eachPost(t, func(p post) {
		put(p.t, p.Outbox, ResetCode(p.site, ResetCodeMail{To: "budi@example.test", Person: "p1", Code: "7K3M9QXD",
			Link: p.site.Link("/pulihkan/tautan/rahasia"), Until: p.db.Now().Add(30 * time.Minute)}))
		p.tellsNothing()
		if len(p.dump()[0].sealed) == 0 {
			p.t.Error("the message is lost")
		}
		p.pass()
		p.tellsNothing()
		if row := p.dump()[0]; len(row.sealed) != 0 {
			p.t.Error("the message is still there after its end")
		}
	})
}

type dumped struct {
	text   string
	sealed []byte
}

func (p post) dump() []dumped {
	p.t.Helper()
	var rows []dumped
	err := p.db.Read(context.Background(), func(tx *db.Tx) (err error) {
		rows, err = db.All(context.Background(), tx, func(s db.Scanner) (d dumped, err error) {
			err = s.Scan(&d.text, &d.sealed)
			return d, err
		}, `SELECT id || kind || person || message_id || state || answer, sealed FROM outbox`)
		return err
	})
	if err != nil {
		p.t.Fatal(err)
	}
	return rows
}

func (p post) tellsNothing() {
	p.t.Helper()
	for _, row := range p.dump() {
		for _, word := range []string{"budi", "example.test", "7K3M", "rahasia"} {
			if strings.Contains(row.text, word) || bytes.Contains(row.sealed, []byte(word)) {
				p.t.Errorf("the outbox holds %q", word)
			}
		}
	}
}

func TestALateAnswerDoesNotFreeTheLeaseOfAnother(t *testing.T) {
	eachPost(t, func(p post) {
		p.notice()
		late, err := p.worker.lease(context.Background())
		if err != nil {
			p.t.Fatal(err)
		}
		p.clock.Advance(lease)
		if _, err := p.worker.lease(context.Background()); err != nil {
			p.t.Fatal(err)
		}
		if err := p.record(context.Background(), late, verdict{state: Queued, answer: "451"}); err != nil {
			p.t.Fatal(err)
		}
		p.clock.Advance(2 * time.Minute)
		if _, err := p.worker.lease(context.Background()); !errors.Is(err, db.ErrNotFound) {
			p.t.Errorf("a third worker holds what the second sends: %v", err)
		}
	})
}

func TestACodeIsWipedWhenItsTimeIsUp(t *testing.T) {
	eachPost(t, func(p post) {
		id := put(p.t, p.Outbox, ResetCode(p.site, ResetCodeMail{To: "budi@example.test", Code: "7K3M9QXD",
			Link: p.site.Link("/pulihkan/tautan/x"), Until: p.db.Now().Add(30 * time.Minute)}))
		p.box.Fail(mailbox.Busy)
		for _, minutes := range []time.Duration{1, 5, 15, 9} {
			p.pass()
			p.clock.Advance(minutes * time.Minute)
		}
		p.box.Fail(mailbox.None)
		p.pass()
		p.wants(id, Expired, 0)
	})
}

// A message that its key does not open is its own fault and not the relay's:
// the others go out in the same round, and nobody is told that mail stands
// still.
func TestAMessageThatDoesNotOpenHoldsUpNoOther(t *testing.T) {
	eachPost(t, func(p post) {
		broken := p.notice()
		err := p.db.Write(context.Background(), func(tx *db.Tx) error {
			return tx.One(context.Background(), `UPDATE outbox SET sealed = $2 WHERE id = $1`, broken, []byte{1, 1, 0})
		})
		if err != nil {
			t.Fatal(err)
		}
		p.clock.Advance(time.Second)
		well := p.notice()
		p.pass()
		p.wants(well, Accepted, 1)
		p.wants(broken, Queued, 1)
		if p.down {
			t.Error("the relay is blamed")
		}
	})
}

// A summary may be withdrawn while the relay thinks about it. If the relay takes
// it, it is delivered, and neither row nor log says anything else; if not, it is
// not tried again.
func TestAMessageUnderWayIsWithdrawn(t *testing.T) {
	for _, v := range []verdict{{state: Accepted, answer: "250"}, {state: Refused, answer: "550"}, {state: Queued, answer: "451"}} {
		eachPost(t, func(p post) {
			id := p.notice()
			under, err := p.worker.lease(context.Background())
			if err != nil {
				p.t.Fatal(err)
			}
			admin := audit.Actor{Kind: audit.Staff, ID: "admin"}
			if err := p.db.Write(context.Background(), func(tx *db.Tx) error { return p.Withdraw(context.Background(), tx, id, admin) }); err != nil {
				p.t.Fatal(err)
			}
			p.clock.Advance(time.Second)
			if err := p.record(context.Background(), under, v); err != nil {
				p.t.Fatal(err)
			}
			logged := []string{"staff admin mail.refuse expired"}
			want := Expired
			if v.state == Accepted {
				logged, want = append(logged, "clock  mail.accept accepted"), Accepted
			}
			if got := outcome(p.t, p.Outbox, id).State; got != want {
				p.t.Errorf("the relay said %s: %s, want %s", v.answer, got, want)
			}
			if got := p.logged(id); !slices.Equal(got, logged) {
				p.t.Errorf("the relay said %s: the log has %q, want %q", v.answer, got, logged)
			}
			p.clock.Advance(time.Hour)
			p.pass()
			if got := len(p.box.Messages()); got != 0 {
				p.t.Error("it is tried again")
			}
		})
	}
}

// logged is who did what to a message, by the audit log.
func (p post) logged(id string) (lines []string) {
	p.t.Helper()
	err := p.db.Read(context.Background(), func(tx *db.Tx) (err error) {
		lines, err = db.All(context.Background(), tx, func(row db.Scanner) (line string, err error) {
			var kind, actor, action, result string
			err = row.Scan(&kind, &actor, &action, &result)
			return strings.Join([]string{kind, actor, action, result}, " "), err
		}, `SELECT actor_kind, actor, action, result FROM audit_events WHERE object = $1 ORDER BY at`, id)
		return err
	})
	if err != nil {
		p.t.Fatal(err)
	}
	return lines
}
