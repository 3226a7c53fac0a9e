package main

import (
	"context"
	"io"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"pulih/accounts"
	"pulih/audit"
	"pulih/db"
	"pulih/db/dbtest"
	"pulih/mail"
	"pulih/otp"
	"pulih/tickets"
	"pulih/tickets/ticketstest"
)

const (
	budiNIP = "199408172022211003"
	tonoNIP = "198101012005011002" // of the staff
)

// lossy is an installation some days ago: what happened before its backup, and
// what after it, which the data have lost and the copy of the log has not.
type lossy struct {
	safe
	*ticketstest.World
	url, backup, copied string
	copier              *audit.Copier
	siti, budi          ticketstest.Someone
	budis               *ticketstest.Story
	new                 func() string // another database of the engine
}

// eachLoss lets the same happen on both engines.
func eachLoss(t *testing.T, f func(t *testing.T, l *lossy)) {
	databases(t, func(t *testing.T, url func() string) { f(t, aLoss(t, url)) })
}

func aLoss(t *testing.T, url func() string) *lossy {
	t.Helper()
	l := begun(t, url)
	l.before()
	for what, query := range doors {
		if n := count(l.World, query); n == 0 && what != "marks" {
			t.Fatal("the backup has no", what)
		}
	}
	l.save()
	return l
}

// begun is an installation before anything happens in it.
func begun(t *testing.T, url func() string) *lossy {
	t.Helper()
	clock := dbtest.NewClock()
	clock.Advance(-14 * 24 * time.Hour)
	l := &lossy{safe: aSafe(t), url: url(), new: url}
	d, err := db.Open(t.Context(), l.url, clock.Now)
	if err == nil {
		err = d.Migrate(t.Context())
	}
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = d.Close() })
	l.copied = filepath.Join(l.folder, "copy.jsonl")
	if l.copier, err = audit.NewCopier(t.Context(), d, l.copied); err != nil {
		t.Fatal(err)
	}
	l.World = ticketstest.New(t, d, clock)
	return l
}

// save makes the backup.
func (l *lossy) save() {
	l.T.Helper()
	l.copyNow()
	l.backup = filepath.Join(l.folder, "backup.age")
	to, _ := recipients([]string{l.public}, "")
	if _, err := makeBackup(context.Background(), l.DB, l.backup, to); err != nil {
		l.T.Fatal(err)
	}
}

// dies ends the server: its copy tells of all.
func (l *lossy) dies() {
	l.T.Helper()
	l.copyNow()
	if err := l.copier.Close(); err != nil {
		l.T.Fatal(err)
	}
}

func (l *lossy) Helper() { l.World.Helper() }

// before is what the backup holds: a request of Budi that is approved.
func (l *lossy) before() {
	l.siti, l.budi = l.Person(nip, "Siti Contoh"), l.Person(budiNIP, "Budi Contoh")
	l.budis = l.File(l.budi, tickets.Remote).To(tickets.Ready)
	open := l.Person("198702022010011002", "Agus Contoh")
	l.File(open, tickets.Counter).To(tickets.Issued).Begin()
	soon, none := l.DB.Now().Add(24*time.Hour), []byte{}
	for _, s := range []struct {
		text string
		args []any
	}{
		{`INSERT INTO sessions (id, token_hash, kind, owner, created_at, seen_at, proven_at, ended_at, network, agent) VALUES ('s', $1, 'account', $2, $3, $3, 0, 0, '', '')`, []any{[]byte("s"), open.ID, soon}},
		{`INSERT INTO resets (id, browser_hash, nip, person, state, typed_email, tries, sends, next_at, proven_via, created_at, expires_at)
			VALUES ('r', $1, '', '', 'sent', $2, 0, 1, 0, '', 1, $3)`, []any{[]byte("r"), none, soon}},
		{`INSERT INTO reset_codes (id, reset, person, state, code_hash, link_hash, network, due_at, until) VALUES ('c', 'r', $1, 'live', $2, $2, '', 1, $3)`, []any{open.ID, []byte("c"), soon}},
		{`INSERT INTO waits (id, person, state, because, browser_hash, link_hash, mails, password_at, begun_at, until, ready_at, ended_at)
			VALUES ('w', $1, 'waiting', '', $2, $2, '', 1, 1, $3, 0, 0)`, []any{open.ID, []byte("w"), soon}},
		{`INSERT INTO captchas (id, purpose, browser, digits, shown, expires_at) VALUES ('p', '', $1, $2, 0, $3)`, []any{none, l.Keys.Seal("captchas|digits|p", []byte("123456")), soon}},
		{`INSERT INTO drafts (id, copy_of, token_hash, last_hash, answers, gated, tries, begun_at, saved_at, opened_at)
			VALUES ('d', '', $1, NULL, $2, TRUE, 0, $3, $3, $3)`, []any{[]byte("d"), l.Keys.Seal("drafts|answers|d", []byte("{}")), soon}},
		{`INSERT INTO staff_proposals (id, agency, kind, object, value, standing, same, proposed_at, proposed_by, proposed_name, browser,
			confirmed_at, confirmed_by, confirmed_name, ended_at, ended_by, ended_name) VALUES ('q', '', 'staff.add', '', '{}', '', '', $1, 'x', '', '', 0, '', '', 0, '', '')`, []any{soon}},
		{`UPDATE staff SET setup_until = $1, setup_hash = $2 WHERE nip = '` + tonoNIP + `'`, []any{soon, []byte("t")}},
		{`UPDATE staff SET pending_secret = $1 WHERE nip = '` + tonoNIP + `'`, []any{[]byte{1, 1, 0, 0}}}, // broken: it keeps nobody from his backup
	} {
		l.Write(func(ctx context.Context, tx *db.Tx) error { _, err := tx.Exec(ctx, s.text, s.args...); return err })
	}
	l.Write(func(ctx context.Context, tx *db.Tx) error {
		_, err := l.Outbox.Enqueue(ctx, tx, mail.Message{Kind: "reset.code", To: "agus@example.go.id", Subject: "x", Text: "x"})
		return err
	})
}

// after is what it does not hold: Siti's old authenticator died, Tono of the
// staff left, and somebody filed a request.
func (l *lossy) after() *lossy {
	l.T.Helper()
	l.File(l.siti, tickets.Remote).To(tickets.Done)
	if err := l.Accounts.DisableStaff(context.Background(), tonoNIP, operator()); err != nil {
		l.T.Fatal(err)
	}
	l.File(l.Person("199001012015011001", "Nur Contoh"), tickets.Remote)
	l.stricter()
	l.dies()
	return l
}

// stricter has the counter's only network set, by two people.
func (l *lossy) stricter() {
	l.T.Helper()
	l.Write(func(ctx context.Context, tx *db.Tx) error {
		return audit.Append(ctx, tx, audit.Event{Actor: audit.Actor{Kind: audit.Staff, ID: "a"}, Action: audit.SettingChanged, Object: ticketstest.Agency + "|loket",
			Detail: map[string]string{"name": "loket", "version": "1", "value": `["10.1.2.0/24"]`, "second": "b"}})
	})
}

func (l *lossy) copyNow() {
	l.T.Helper()
	_, err := (audit.Sealer{DB: l.DB, Where: tickets.Whose(ticketstest.Agency)}).Seal(context.Background())
	if err == nil {
		_, err = l.copier.Copy(context.Background())
	}
	if err != nil {
		l.T.Fatal(err)
	}
}

// command is the restore into a new database.
func (l *lossy) command() *restoreCmd {
	c := &restoreCmd{consoleFlags: aConsole(l.T), From: l.backup, Identity: l.private, AuditCopy: l.copied,
		List: filepath.Join(l.T.TempDir(), "list.txt"), screen: screen{io.Discard}}
	c.Database, c.KeysSealing, c.KeyPepper = l.new(), l.Sealing, l.Pepper
	if known, err := audit.KnownBy(c.AuditCopy); err == nil {
		c.KnownUntil = knownAt(known)
	}
	return c
}

// again is the world in the restored database, on a Monday morning to come.
func (l *lossy) again(c *restoreCmd) *ticketstest.World {
	l.T.Helper()
	clock := dbtest.NewClock()
	for clock.Now().Before(time.Now().Add(time.Hour)) {
		clock.Advance(7 * 24 * time.Hour)
	}
	d, err := db.Open(l.T.Context(), c.Database, clock.Now)
	if err != nil {
		l.T.Fatal(err)
	}
	l.T.Cleanup(func() { _ = d.Close() })
	w := *l.World
	w.Clock = clock
	return w.In(d)
}

func (l *lossy) restored() (*restoreCmd, *ticketstest.World) {
	l.T.Helper()
	c := l.command()
	if err := c.Run(l.T.Context()); err != nil {
		l.T.Fatal(err)
	}
	return c, l.again(c)
}

func signIn(w *ticketstest.World, p ticketstest.Someone, key otp.Secret, at time.Time) accounts.SignInResult {
	w.Helper()
	return tryToSignIn(w, accounts.SignInForm{NIP: p.NIP, Password: ticketstest.Password, OTP: otp.Code(key, otp.Step(at)), Network: "10.3.3.0"})
}

func tryToSignIn(w *ticketstest.World, f accounts.SignInForm) (result accounts.SignInResult) {
	w.Helper()
	p, err := w.Accounts.PrepareSignIn(w.Context(), f)
	if err != nil {
		w.Fatal(err)
	}
	w.Write(func(ctx context.Context, tx *db.Tx) error {
		s, err := w.Accounts.SignIn(ctx, tx, p, ticketstest.Stranger)
		result = s.Result
		return err
	})
	return result
}

// Somebody enrols a new authenticator, a backup from before is restored: the
// old one opens nothing, the new one is not known, and a request brings him in.
func TestAnOldAuthenticatorStaysDead_impostor19(t *testing.T) {
	eachLoss(t, func(t *testing.T, l *lossy) {
		c, w := l.after().restored()
		if got := signIn(w, l.siti, l.siti.Key, w.Clock.Now()); got != accounts.SignInSuspended {
			t.Error("with the old one:", got)
		}
		if n := count(w, `SELECT count(*) FROM devices WHERE person = $1 AND state <> 'ended'`, l.siti.ID); n != 0 {
			t.Error(n, "authenticators are left")
		}
		if list, err := os.ReadFile(c.List); err != nil || !strings.Contains(string(list), string(nip)+"\tdevice.") || strings.Contains(string(list), budiNIP) {
			t.Errorf("%v\n%s", err, list)
		}
		if info, err := os.Stat(c.List); err != nil || info.Mode() != 0o600 {
			t.Error(info.Mode(), err)
		}
		w.Write(func(ctx context.Context, tx *db.Tx) error { // staff sign in again
			_, err := tx.Exec(ctx, `UPDATE sessions SET ended_at = 0 WHERE kind = 'staff'`)
			return err
		})
		s := w.File(l.siti, tickets.Counter).To(tickets.Done)
		form := accounts.SignInForm{NIP: l.siti.NIP, Password: ticketstest.NewPassword, Network: "10.3.3.0"}
		w.Clock.Advance(time.Minute)
		if form.OTP = otp.Code(s.Key, otp.Step(w.Clock.Now())); tryToSignIn(w, form) != accounts.SignInOK {
			t.Error("the request does not bring him in")
		}
	})
}

// A code that was read before the restore counts no more, whoever used it.
func TestNoCodeCountsTwice_impostor19(t *testing.T) {
	eachLoss(t, func(t *testing.T, l *lossy) {
		c, w := l.after().restored()
		n := count(w, `SELECT count(*) FROM devices WHERE last_step < $1`, otp.Step(time.Now())-20)
		if n != 0 {
			t.Error(n, "authenticators take codes of before")
		}
		d, err := db.Open(t.Context(), c.Database, time.Now)
		if err != nil {
			t.Fatal(err)
		}
		defer d.Close() //nolint:errcheck // a test's database
		if got := signIn(w.In(d), l.budi, l.budi.Key, time.Now()); got != accounts.SignInUsed {
			t.Error("at the restore:", got)
		}
		if got := signIn(w, l.budi, l.budi.Key, w.Clock.Now()); got != accounts.SignInOK {
			t.Error("later:", got)
		}
	})
}
