package main

import (
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"pulih/audit"
	"pulih/db"
	"pulih/db/dbtest"
)

// Who restores while somebody else does, to the same file, is refused, and
// takes nothing away from the first.
func TestASecondRestoreLeavesTheFirstAlone(t *testing.T) {
	l := aLoss(t, func() string { return filepath.Join(t.TempDir(), "pulih.db") }).after()
	c := l.command()
	first, err := c.target().make(t.Context())
	must(t, err)
	if err := c.Run(t.Context()); !errors.Is(err, fs.ErrExist) {
		t.Error("both restore:", err)
	}
	if _, err := os.Stat(unfinished(c.Database)); err != nil {
		t.Error("the first one's file is gone:", err)
	}
	must(t, errors.Join(first.Close(), c.target().drop()))
	done := make(chan error)
	for _, list := range []string{"a", "b"} {
		other := *c
		other.List = filepath.Join(t.TempDir(), list)
		go func() { done <- other.Run(t.Context()) }()
	}
	if a, b := <-done, <-done; (a == nil) == (b == nil) {
		t.Error(a, b)
	}
	if _, err := os.Stat(c.Database); err != nil {
		t.Error("neither has restored:", err)
	}
}

// On PostgreSQL what was loaded stays when it cannot be made safe: the command
// says so, and what to do.
func TestALoadThatIsNotSafeIsCalledSo(t *testing.T) {
	eachLoss(t, func(t *testing.T, l *lossy) {
		l.after()
		c := l.command()
		c.AuditCopy = l.file("hole.jsonl", without(l.copied, -3))
		err := c.Run(t.Context())
		loaded := c.target().postgres()
		if !errors.Is(err, audit.ErrCopyDiffers) || errors.Is(err, errNotSafe) != loaded || strings.Contains(err.Error(), "nothing is restored") == loaded {
			t.Error(err)
		}
		if !loaded {
			return
		}
		c.From, c.Identity, c.AlreadyLoaded, c.AuditCopy = "", "", true, l.copied
		must(t, c.Run(t.Context()))
	})
}

// A restore that found nothing in its copy says that, and not that it had none.
func TestACheckTellsWhatARestoreKnew(t *testing.T) {
	for _, c := range []struct{ last, known, say string }{
		{"0", "-", "nothing is known"}, {"0", "9, 2026-11-22T01:15:03Z", "ended with event 9"}, {"12", "12, 2026-11-22T01:15:03Z", "events 10 to 12"},
	} {
		text := restoredBy(audit.Event{Detail: map[string]string{"from": "b.age", "first": "10", "last": c.last, "known": c.known}})
		if !strings.Contains(text, c.say) || strings.Contains(text, "nothing is known") != (c.known == "-") {
			t.Error(text)
		}
	}
}

// So does one whose rows are in and whose schema could not be brought up to
// date, or whose search could not be queued; the next run queues it.
func TestALoadThatIsNotCompleteIsCalledNotSafe(t *testing.T) {
	l := aLoss(t, func() string { return dbtest.Postgres(t) }).after()
	c := l.command()
	d := openedAt(t, c.Database)
	must(t, d.Migrate(t.Context()))
	change := func(text string) {
		must(t, d.Write(t.Context(), func(tx *db.Tx) error { _, err := tx.Exec(t.Context(), text); return err }))
	}
	change(`ALTER TABLE ticket_texts ADD CONSTRAINT none CHECK (NOT pending)`)
	if err := c.Run(t.Context()); !errors.Is(err, errNotSafe) || strings.Contains(err.Error(), "nothing is restored") {
		t.Error(err)
	}
	change(`ALTER TABLE ticket_texts DROP CONSTRAINT none`)
	c.From, c.Identity, c.AlreadyLoaded = "", "", true
	must(t, c.Run(t.Context()))
	w := l.again(c)
	if all, queued := count(w, `SELECT count(*) FROM tickets`), count(w, `SELECT count(*) FROM ticket_texts`); all == 0 || queued != all {
		t.Error(queued, "of", all, "requests are found")
	}
}
