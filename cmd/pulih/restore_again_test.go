package main

import (
	"bytes"
	"context"
	"errors"
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
	"pulih/tickets"
	"pulih/tickets/ticketstest"
)

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
