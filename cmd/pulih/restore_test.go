package main

import (
	"bytes"
	"context"
	"errors"
	"io"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"pulih/accounts"
	"pulih/app"
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

func count(w *ticketstest.World, query string, args ...any) (n int) {
	w.Helper()
	w.Write(func(ctx context.Context, tx *db.Tx) error { return tx.Row(ctx, query, args...).Scan(&n) })
	return n
}

// doors are what let people in, counted. staff is Tono, who leaves after the
// backup, and marks says that a restore is not done.
var doors = map[string]string{
	"sessions":   `SELECT count(*) FROM sessions WHERE ended_at = 0`,
	"codes":      `SELECT count(*) FROM reset_codes WHERE state IN ('due', 'live')`,
	"passes":     `SELECT count(*) FROM passes WHERE state IN ('issued', 'opened')`,
	"enrolments": `SELECT count(*) FROM enrolments WHERE state = 'open'`,
	"waits":      `SELECT count(*) FROM waits WHERE state IN ('waiting', 'ready')`,
	"set-ups":    `SELECT count(*) FROM staff WHERE setup_until > 0`,
	"captchas":   `SELECT count(*) FROM captchas`,
	"drafts":     `SELECT count(*) FROM drafts`,
	"proposals":  `SELECT count(*) FROM staff_proposals WHERE confirmed_at = 0 AND ended_at = 0`,
	"checked":    `SELECT count(*) FROM tickets WHERE state IN ('checked', 'approved', 'ready', 'issued') OR approved_by <> ''`,
	"proofs":     `SELECT count(*) FROM ticket_proofs WHERE voided_at = 0 AND stage = 'check'`,
	"staff":      `SELECT count(*) FROM staff WHERE nip = '` + tonoNIP + `' AND disabled_at = 0`,
	"code mails": `SELECT count(*) FROM outbox WHERE state = 'queued' AND kind LIKE '%.code'`,
	"marks":      `SELECT count(*) FROM installation WHERE value <> 'serve'`,
}

// Nothing that opened a door at the backup opens one after the restore.
func TestARestoreVoidsWhatWasOpen_impostor19(t *testing.T) {
	eachLoss(t, func(t *testing.T, l *lossy) {
		l.after()
		_, w := l.restored()
		for what, query := range doors {
			if n := count(w, query); n != 0 {
				t.Error(n, what)
			}
		}
		l.budis.World = w
		if got := l.budis.State(); got != tickets.Open {
			t.Error("Budi's request is", got)
		}
		if count(w, `SELECT count(*) FROM ticket_events WHERE verb = 'restore'`) != 2 || count(w, `SELECT count(*) FROM audit_events WHERE action = 'ticket.restore'`) != 2 {
			t.Error("its history does not tell")
		}
		if count(w, `SELECT count(*) FROM outbox WHERE kind = 'staff' AND state = 'queued'`) == 0 {
			t.Error("supervisors are not told")
		}
	})
}

// The log goes on where its copy ended, so a check finds one story, with the
// restore in it and all that had happened since the backup.
func TestARestoreHidesNothing_impostor26(t *testing.T) {
	eachLoss(t, func(t *testing.T, l *lossy) {
		l.after()
		before, _ := os.ReadFile(l.copied)
		c, w := l.restored()
		report, err := audit.Verify(t.Context(), w.DB, audit.Terms{Copy: l.copied}, nil)
		if err != nil || len(report.Findings) > 0 || len(report.Restored) != 1 || report.Sealed != report.Copied {
			t.Error(err, report)
		}
		after, _ := os.ReadFile(l.copied)
		if !bytes.HasPrefix(after, before) {
			t.Error("the copy has lost lines")
		}
		if list, set, err := w.Desk.Networks(t.Context(), ticketstest.Agency); err != nil || !set || len(list) != 1 {
			t.Error("the counter's network is not the one that was set:", list, set, err)
		}
		if count(w, `SELECT count(*) FROM audit_events WHERE action = 'staff.disable'`) != 1 {
			t.Error("what happened since is not in the log")
		}
		if err := app.RefuseDemo(t.Context(), w.DB); err != nil {
			t.Error("serve does not start:", err)
		}
		check := checkCmd{Database: c.Database, AuditCopy: l.copied, figuresFlags: figuresFlags{Zone: "WITA"}}
		if err := check.Run(t.Context()); err != nil {
			t.Error(err)
		}
	})
}

// Without the copy nobody knows who was taken over since: everybody's account
// is frozen, and so are the staff. The operator has to say so himself.
func TestWithoutACopyEverybodyIsFrozen_impostor19(t *testing.T) {
	eachLoss(t, func(t *testing.T, l *lossy) {
		l.after()
		c := l.command()
		c.AuditCopy = ""
		if err := c.Run(t.Context()); !errors.Is(err, errRestoreCopy) {
			t.Fatal("without a word:", err)
		}
		c.AuditCopy = filepath.Join(l.folder, "nowhere.jsonl")
		if err := c.Run(t.Context()); !errors.Is(err, errRestoreCopy) {
			t.Fatal("with a path that leads nowhere:", err)
		}
		c.WithoutAuditCopy = true
		if err := c.Run(t.Context()); err != nil {
			t.Fatal(err)
		}
		w := l.again(c)
		for _, p := range []ticketstest.Someone{l.siti, l.budi} {
			if got := signIn(w, p, p.Key, w.Clock.Now()); got != accounts.SignInSuspended {
				t.Error(got)
			}
		}
		if n := count(w, `SELECT count(*) FROM devices WHERE state = 'active'`) + count(w, `SELECT count(*) FROM staff WHERE password <> '' OR length(secret) > 0`); n != 0 {
			t.Error(n, "still open something")
		}
		// Who only claims a restore, to hide a tail that he cut, is found: the
		// copy still has it.
		report, err := audit.Verify(t.Context(), w.DB, audit.Terms{Copy: l.copied}, nil)
		if err != nil || len(report.Findings) == 0 {
			t.Error("a cut tail goes unseen:", err, report)
		}
	})
}

// While a server writes the copy, something is served: perhaps the data that
// are to be replaced.
func TestNothingIsRestoredBesideAServer(t *testing.T) {
	l := aLoss(t, func() string { return filepath.Join(t.TempDir(), "pulih.db") })
	if err := l.command().Run(t.Context()); !errors.Is(err, audit.ErrCopyUsed) {
		t.Error(err)
	}
}

// What is there is not written over, keys that do not fit are told before
// anything is loaded, and a backup that is damaged leaves nothing.
func TestARestoreIsRefused(t *testing.T) {
	eachLoss(t, func(t *testing.T, l *lossy) {
		l.after()
		other := aSafe(t)
		whole, _ := os.ReadFile(l.backup)
		foreign := strings.Replace(string(contentOf(l.copied)), string(audit.StaffDisabled), string(audit.StaffSignIn), 1)
		for name, spoil := range map[string]func(c *restoreCmd) error{
			"another database": func(c *restoreCmd) error { c.Database = l.url; return nil },
			"another identity": func(c *restoreCmd) error { c.Identity = other.private; return errIdentity },
			"other keys":       func(c *restoreCmd) error { c.KeysSealing = aConsole(t).KeysSealing; return errOtherKeys },
			"cut":              func(c *restoreCmd) error { c.From = l.file("cut", whole[:len(whole)-100]); return nil },
			"changed":          func(c *restoreCmd) error { c.From = l.file("changed", flipped(whole)); return nil },
			"a changed copy": func(c *restoreCmd) error {
				c.AuditCopy = l.file("foreign", []byte(foreign))
				return audit.ErrCopyDiffers
			},
			"a copy cut between": func(c *restoreCmd) error {
				c.AuditCopy = l.file("hole", without(l.copied, -3))
				return audit.ErrCopyDiffers
			},
			"a copy from before": func(c *restoreCmd) error { c.AuditCopy = l.file("head", []byte("")); return audit.ErrCopyDiffers },
			"both at once":       func(c *restoreCmd) error { c.AlreadyLoaded = true; return errRestoreFlags },
		} {
			c := l.command()
			want := spoil(c)
			err := c.Run(t.Context())
			if err == nil || want != nil && !errors.Is(err, want) {
				t.Errorf("%s: %v", name, err)
			}
			if _, err := os.Stat(c.List); err == nil {
				t.Error(name, "left a list")
			}
			if left, _ := filepath.Glob(c.Database + "*"); len(left) > 0 && c.Database != l.url {
				t.Error(name, "left", left)
			}
		}
	})
}

func contentOf(path string) []byte {
	content, _ := os.ReadFile(path)
	return content
}

func flipped(whole []byte) []byte {
	changed := bytes.Clone(whole)
	changed[len(changed)/2] ^= 1
	return changed
}

// without is a file without one of its lines, counted from its end.
func without(path string, line int) []byte {
	lines := bytes.SplitAfter(contentOf(path), []byte("\n"))
	at := len(lines) + line
	return bytes.Join(append(lines[:at:at], lines[at+1:]...), nil)
}

// A backup of one engine goes to the other.
func TestABackupGoesToEitherEngine(t *testing.T) {
	ways := []func() string{func() string { return filepath.Join(t.TempDir(), "pulih.db") }, func() string { return dbtest.Postgres(t) }}
	for i, from := range ways {
		l := aLoss(t, from).after()
		l.new = ways[1-i]
		_, w := l.restored()
		if got := signIn(w, l.siti, l.siti.Key, w.Clock.Now()); got != accounts.SignInSuspended {
			t.Error(got)
		}
	}
}

// What Litestream or a base backup brought back is made safe in place, and a
// restore that was broken off before that is not served.
func TestWhatWasLoadedOtherwiseIsMadeSafe_impostor19(t *testing.T) {
	eachLoss(t, func(t *testing.T, l *lossy) {
		l.after()
		who, _ := identities(l.private)
		c := l.command()
		target := database{url: c.Database, final: c.Database}
		var d *db.DB
		var err error
		if target.postgres() {
			d, err = target.make(t.Context())
		} else {
			d, err = db.Open(t.Context(), c.Database, time.Now)
		}
		if err == nil {
			err = errors.Join(c.load(t.Context(), d, who), app.RefuseDemo(t.Context(), d), d.Close())
		}
		if !errors.Is(err, app.ErrRestoring) {
			t.Fatal("serve would start:", err)
		}
		c.From, c.Identity, c.AlreadyLoaded = "", "", true
		if err := c.Run(t.Context()); err != nil {
			t.Fatal(err)
		}
		w := l.again(c)
		if got := signIn(w, l.siti, l.siti.Key, w.Clock.Now()); got != accounts.SignInSuspended {
			t.Error(got)
		}
		if err := app.RefuseDemo(t.Context(), w.DB); err != nil {
			t.Error("serve does not start:", err)
		}
	})
}
