package faults

import (
	"context"
	"fmt"
	"log/slog"
	"testing"
	"time"

	"pulih/cmd/rig"
	"pulih/db"
	"pulih/db/dbtest"
	"pulih/mail"
	"pulih/mail/mailbox"
	"pulih/secret"
)

// post is an outbox whose clock the test moves, and its relay.
type post struct {
	*testing.T
	*mail.Outbox
	d       *db.DB
	clock   *dbtest.Clock
	box     *mailbox.Box
	relay   mail.Relay
	letters *letters
	ids     []string
}

func newPost(t *testing.T, d *db.DB, clock *dbtest.Clock) *post {
	t.Helper()
	box, err := mailbox.Start("127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = box.Close() })
	outbox := (&site{T: t, place: rig.Place{Box: box}}).outbox(d)
	outbox.Log = slog.New(slog.DiscardHandler) // it says so each time
	return &post{T: t, Outbox: outbox, d: d, clock: clock, box: box, relay: relayAt(t, box, 300*time.Millisecond), letters: newLetters(box)}
}

// queue asks for n notices, one after the other.
func (p *post) queue(n int) {
	p.Helper()
	for range n {
		to := secret.Email(fmt.Sprintf("orang.%d@example.go.id", serial.Add(1)))
		err := p.d.Write(p.Context(), func(tx *db.Tx) error {
			id, err := p.Enqueue(p.Context(), tx, mail.Notice(p.Site(), mail.NoticeMail{To: to, What: mail.DeviceAdded, At: tx.Now, Link: p.Site().Link("/bukan-saya/" + string(to))}))
			p.ids = append(p.ids, id)
			return err
		})
		if err != nil {
			p.Fatal(err)
		}
	}
}

// pass lets minutes go by, one by one, with the outbox at work.
func (p *post) pass(minutes int) {
	p.Helper()
	for range minutes {
		p.clock.Advance(time.Minute)
		if err := p.Deliver(p.Context(), p.relay); err != nil {
			p.Fatal(err)
		}
	}
}

// arrived looks at all of them: each was taken, none was given up, and copies
// have the Message-ID of the first.
func (p *post) arrived() {
	p.Helper()
	err := p.d.Read(p.Context(), func(tx *db.Tx) error {
		for _, id := range p.ids {
			out, err := p.Outcome(p.Context(), tx, id)
			if err != nil {
				return err
			}
			if out.State != mail.Accepted {
				p.Errorf("a mail is %s", out.State)
			}
		}
		return nil
	})
	if err != nil {
		p.Fatal(err)
	}
	if mails, _ := p.letters.count(); mails != len(p.ids) {
		p.Errorf("%d mails of %d", mails, len(p.ids))
	}
	for _, wrong := range p.letters.wrong {
		p.Error(wrong)
	}
}

// What a relay does wrong, for how long, and at most how many copies of a mail
// somebody may get by it.
var ills = []struct {
	fault  mailbox.Fault
	name   string
	hours  int
	copies int
}{
	{mailbox.Down, "relay down for a day", 24, 0},
	{mailbox.Busy, "relay tempfailing for six hours", 6, 0},
	{mailbox.Foreign, "relay that refuses us for six hours", 6, 0},
	{mailbox.HangUp, "relay that hangs up after its answer, for an hour", 1, 0},
	{mailbox.Drop, "relay that takes mails and drops the connection, for an hour", 1, 5},
	{mailbox.Slow, "relay that takes mails and is silent, for an hour", 1, 5},
}

// A relay may be ill for long: every mail arrives when it is well, under its
// one Message-ID, and what was asked for meanwhile too.
func TestAnIllRelay(t *testing.T) {
	for _, ill := range ills {
		t.Run(string(ill.fault), func(t *testing.T) {
			dbtest.Each(t, func(t *testing.T, d *db.DB, clock *dbtest.Clock) {
				p, each := newPost(t, d, clock), often(2, 20)
				p.queue(each)
				p.box.Fail(ill.fault)
				p.pass(ill.hours * 30)
				p.queue(each)
				p.pass(ill.hours * 30)
				p.box.Fail(mailbox.None)
				p.pass(45) // the longest pause between two tries, and a lease
				p.arrived()
				mails, copies := p.letters.count()
				if copies > mails*ill.copies {
					t.Errorf("%d copies of %d mails", copies, mails)
				}
				saw(t, ill.name+", "+string(d.Engine), "every mail is taken once the relay is well, none given up, each under one Message-ID", "%d mails, %d copies beside", mails, copies)
			})
		})
	}
}

// A relay that thinks about each mail for long takes each once, and holds up
// neither people nor the other mails.
func TestASlowRelay(t *testing.T) {
	t.Parallel()
	s := newSite(t, "")
	s.serve()
	thinks := time.Duration(often(16, 60)) * time.Second // the first patience was 15 s
	s.place.Box.Fail(mailbox.Slow)
	asked := s.ask(6)
	eventually(t, "all were under way at once", func() bool { n, _ := s.letters.count(); return n == len(asked) })
	took := s.others(thinks)
	s.place.Box.Fail(mailbox.None)
	s.accepted(len(asked))
	mails, copies := s.letters.count()
	if copies > 0 {
		t.Errorf("%d copies", copies)
	}
	saw(t, "relay slow by "+thinks.String(), "mails do not wait for each other, none is sent twice; people are served",
		"%d mails under way together, %d copies; %d others served meanwhile, p99 %s", mails, copies, len(took), took.percent(99))
}

// ask has people ask for codes.
func (s *site) ask(n int) (people []rig.Person) {
	s.Helper()
	for i := range n {
		v := rig.NewVisitor(s.process.URL)
		s.must(v.AskCode("/pulihkan", rig.Known(i)))
		people = append(people, rig.Known(i))
	}
	return people
}

// others visit while something takes its time.
func (s *site) others(length time.Duration) times {
	done := s.visit()
	time.Sleep(length)
	return done()
}

// accepted waits until the outbox knows that n mails were taken.
func (s *site) accepted(n int) {
	s.Helper()
	eventually(s.T, "the outbox knew that they were taken", func() bool {
		var known int
		s.opened(func(d *db.DB) error {
			return d.Read(context.Background(), func(tx *db.Tx) error {
				return tx.Row(context.Background(), `SELECT count(*) FROM outbox WHERE state = 'accepted' AND kind LIKE '%code%'`).Scan(&known)
			})
		})
		return known >= n
	})
}
