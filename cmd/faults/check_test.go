package faults

import (
	"context"
	"net"
	"os/exec"
	"regexp"
	"strconv"
	"strings"
	"testing"
	"time"

	"pulih/cmd/rig"
	"pulih/db"
	"pulih/mail"
	"pulih/mail/mailbox"
	"pulih/secret"
)

// What the database says was done, by the words that the deed is known by.
// Each deed may stand there once.
var kept = map[string]string{
	filed:    `SELECT problem, count(*) FROM tickets GROUP BY problem`,
	wrote:    `SELECT text, count(*) FROM ticket_messages WHERE side = 'pemohon' GROUP BY text`,
	claimed:  `SELECT t.number, count(*) FROM ticket_events e JOIN tickets t ON t.id = e.ticket WHERE e.verb = 'claim' AND t.owner <> '' GROUP BY t.number`,
	coded:    `SELECT p.nip, count(*) FROM reset_codes c JOIN people p ON p.id = c.person WHERE c.state = 'used' GROUP BY p.nip`,
	setWord:  `SELECT p.nip, count(*) FROM audit_events e JOIN people p ON p.id = e.person JOIN accounts a ON a.person = p.id WHERE e.action = 'reset.finish' AND e.result = 'ok' AND a.password_via <> '' GROUP BY p.nip`,
	enrolled: `SELECT p.nip, count(*) FROM devices d JOIN people p ON p.id = d.person WHERE d.state = 'active' GROUP BY p.nip`,
}

// alone are the rows of what was done without its one row in the log, or with
// another number of them.
var alone = map[string]string{
	filed:    `SELECT t.id, count(e.id) FROM tickets t LEFT JOIN audit_events e ON e.object = t.id AND e.action = 'ticket.open' GROUP BY t.id HAVING count(e.id) <> 1`,
	wrote:    `SELECT t.id, 0 FROM tickets t WHERE (SELECT count(*) FROM ticket_messages m WHERE m.ticket = t.id AND m.side = 'pemohon') <> (SELECT count(*) FROM audit_events e WHERE e.object = t.id AND e.action = 'ticket.reply')`,
	claimed:  `SELECT t.id, 0 FROM tickets t WHERE (SELECT count(*) FROM ticket_events m WHERE m.ticket = t.id AND m.verb = 'claim') <> (SELECT count(*) FROM audit_events e WHERE e.object = t.id AND e.action = 'ticket.claim')`,
	coded:    `SELECT c.id, count(e.id) FROM reset_codes c LEFT JOIN audit_events e ON e.object = c.reset AND e.action = 'reset.try' AND e.person = c.person WHERE c.state = 'used' GROUP BY c.id HAVING count(e.id) <> 1`,
	enrolled: `SELECT d.id, count(e.id) FROM devices d LEFT JOIN audit_events e ON e.object = d.id AND e.action = 'device.add' WHERE d.state = 'active' GROUP BY d.id HAVING count(e.id) <> 1`,
}

type tally struct {
	key string
	n   int
}

func tallies(ctx context.Context, tx *db.Tx, query string) ([]tally, error) {
	return db.All(ctx, tx, func(row db.Scanner) (t tally, err error) {
		err = row.Scan(&t.key, &t.n)
		t.key = t.key[1+strings.LastIndexByte(t.key, '\n'):] // the cause stands above the story
		return t, err
	}, query)
}

// check holds the database against what was told before: all of it is there,
// and nothing twice.
func (l *load) check(told map[deed]bool) {
	l.Helper()
	l.opened(func(d *db.DB) error {
		return d.Read(l.Context(), func(tx *db.Tx) error {
			for kind, query := range kept {
				if err := l.compare(tx, kind, query, told); err != nil {
					return err
				}
			}
			return l.logged(tx)
		})
	})
}

func (l *load) compare(tx *db.Tx, kind, query string, told map[deed]bool) error {
	rows, err := tallies(l.Context(), tx, query)
	there := map[string]bool{}
	for _, row := range rows {
		if there[row.key] = true; row.n != 1 {
			l.Errorf("%s %q is there %d times", kind, row.key, row.n)
		}
	}
	for d := range told {
		if d.kind == kind && !there[d.key] {
			l.Errorf("%s %q was acknowledged, and is lost", kind, d.key)
		}
	}
	return err
}

func (l *load) logged(tx *db.Tx) error {
	for kind, query := range alone {
		rows, err := tallies(l.Context(), tx, query)
		if err != nil {
			return err
		}
		for _, row := range rows {
			l.Errorf("%s %s has not its one row in the log (%d)", kind, row.key, row.n)
		}
	}
	return nil
}

// deliver sends what a killed process held, as the next one does when the
// lease of eight minutes is over, and looks at all mails: each came, under the
// Message-ID that the outbox knows.
func (l *load) deliver() {
	l.Helper()
	d, err := db.Open(l.Context(), l.place.URL(), func() time.Time { return time.Now().Add(9 * time.Minute) })
	l.must(err)
	defer d.Close() //nolint:errcheck // a test's handle
	l.must(l.outbox(d).Deliver(l.Context(), l.relay()))
	l.must(d.Read(l.Context(), func(tx *db.Tx) error {
		rows, err := db.All(l.Context(), tx, scanMail, `SELECT message_id, state FROM outbox`)
		for _, m := range rows {
			if m.state != string(mail.Accepted) || !l.letters.got(m.id) {
				l.Errorf("mail %s is %s, and came: %t", m.id, m.state, l.letters.got(m.id))
			}
		}
		if mails, _ := l.letters.count(); mails != len(rows) {
			l.Errorf("%d mails came of %d", mails, len(rows))
		}
		return err
	}))
	for _, wrong := range l.letters.wrong {
		l.Error(wrong)
	}
}

type mailRow struct{ id, state string }

func scanMail(row db.Scanner) (m mailRow, err error) {
	err = row.Scan(&m.id, &m.state)
	return m, err
}

// healthy are the lines of `pulih check` that must be there: the database is
// whole, chain and copy agree, and the figures are what the histories say.
var healthy = regexp.MustCompile(`(?s)ok +database .*ok +audit [^\n]*they agree.*ok +figures `)

func (s *site) doctor() {
	s.Helper()
	c := exec.Command(binary, "check")
	c.Env = s.place.Environment("BASE_URL=http://127.0.0.1:1")
	out, _ := c.CombinedOutput() // a small disk is a fault to it
	if !healthy.Match(out) {
		s.Errorf("pulih check: %s", out)
	}
}

// outbox and relay are those of the process, in this one.
func (s *site) outbox(d *db.DB) *mail.Outbox {
	keys, err := secret.ParseKeys(rig.Sealing, rig.Pepper)
	s.must(err)
	return mail.NewOutbox(d, keys, mail.Site{Agency: "BKPSDM Kabupaten Contoh", ShortAgency: "BKPSDM Contoh",
		BaseURL: "http://127.0.0.1", Phone: "(0401) 555 0100", Zone: db.WITA, Sender: "pulih@contoh.test"})
}

func (s *site) relay() mail.Relay { return relayAt(s.T, s.place.Box, 10*time.Second) }

func relayAt(t *testing.T, box *mailbox.Box, patience time.Duration) mail.Relay {
	t.Helper()
	host, port, _ := net.SplitHostPort(box.Addr())
	n, _ := strconv.Atoi(port)
	relay, err := mail.NewRelay(mail.RelaySettings{Host: host, Port: n, TLS: mail.NoTLS, HELO: "contoh.test", Timeout: patience})
	if err != nil {
		t.Fatal(err)
	}
	return relay
}
