package main

import (
	"bytes"
	"errors"
	"log/slog"
	"os"
	"path/filepath"
	"slices"
	"testing"
	"time"

	"pulih/app"
	"pulih/audit"
	"pulih/db"
)

// away wants that serve does not start, and says why.
func away(t *testing.T, name string, settings map[string]string, why error) {
	t.Helper()
	l := lawServe(t, settings, slog.DiscardHandler)
	defer l.stop()
	select {
	case err := <-l.done:
		if !errors.Is(err, why) {
			t.Errorf("%s: %v", name, err)
		}
	case <-time.After(20 * time.Second):
		t.Errorf("%s: it serves", name)
		l.stop()
		<-l.done
	}
}

// up waits until the server has the lease by which others see it.
func (l *lawServer) up(t *testing.T) {
	t.Helper()
	for range 100 {
		if served, err := l.db.Leased(t.Context()); err == nil && served {
			return
		}
		time.Sleep(50 * time.Millisecond)
	}
	t.Fatal("it does not serve")
}

// On a new machine, with data that Litestream or a base backup brought back and
// no copy of the log, nothing tells that they are old: the operator has to.
func TestServeWantsTheCopyOfOldData_impostor19(t *testing.T) {
	settings := served(t)
	must(t, os.Truncate(settings["audit-copy"], 0))
	away(t, "an empty copy", settings, errNoCopyYet)
	must(t, os.Remove(settings["audit-copy"]))
	away(t, "no copy", settings, errNoCopyYet)
	continued(t, settings)
	again := lawServe(t, settings, slog.DiscardHandler)
	again.stop()
	again.ended(t)
}

// Below a floor the copy alone holds what was, and nobody can begin it anew:
// serve starts without, and a check tells of it.
func TestServeStartsWhereNoCopyCanBegin(t *testing.T) {
	settings := served(t)
	must(t, os.Remove(settings["audit-copy"]))
	change(t, settings, `INSERT INTO audit_floors (seq, hash, until, at) SELECT seq, hash, 1, 1 FROM audit_seals WHERE seq = 1`)
	l := lawServe(t, settings, slog.DiscardHandler)
	if found := l.checked(t); !slices.ContainsFunc(found, func(f audit.Finding) bool { return f.What == audit.CopyGone }) {
		t.Error(found)
	}
	l.stop()
	l.ended(t)
}

// A second server finds no copy of its own: the first vouches for the data.
func TestASecondServerBringsNoCopy(t *testing.T) {
	settings := served(t)
	first := lawServe(t, settings, slog.DiscardHandler)
	first.up(t)
	settings["audit-copy"] = filepath.Join(t.TempDir(), "other.jsonl")
	second := lawServe(t, settings, slog.DiscardHandler)
	second.checked(t)
	if second.app.Checks.Copier.Held() != audit.CopyGone {
		t.Error("it begins a copy by itself")
	}
	second.stop()
	second.ended(t)
	first.stop()
	first.ended(t)
}

// Data that went back, and on from there with another copy, are not served
// under the copy that knows better.
func TestServeRefusesDataThatParted_impostor19(t *testing.T) {
	settings := served(t)
	whole := contentOf(settings["audit-copy"])
	lines := bytes.SplitAfter(whole, []byte("\n"))
	last := lines[len(lines)-2]
	other := bytes.Replace(last, []byte(`"Hash":"`), []byte(`"Hash":"AAAA`), 1)
	must(t, os.WriteFile(settings["audit-copy"], append(bytes.TrimSuffix(whole, last), other...), 0o600))
	away(t, "a parted copy", settings, errParted)
}

// Somebody puts an older database under a running server, which PostgreSQL
// allows: it sees so at its next copy, and ends.
func TestServeEndsWhereItsDataGoBack_impostor19(t *testing.T) {
	settings := served(t)
	l := lawServe(t, settings, slog.DiscardHandler)
	l.up(t)
	change(t, settings, `DROP TRIGGER audit_seals_no_delete`)
	change(t, settings, `DELETE FROM audit_seals WHERE seq >= (SELECT max(seq) FROM audit_seals) - 1`)
	select {
	case err := <-l.done:
		if !errors.Is(err, errLost) {
			t.Error(err)
		}
	case <-time.After(copyEvery + 20*time.Second):
		t.Error("it serves")
		l.stop()
		<-l.done
	}
	away(t, "started again", settings, errLost)
}

// Who says that data were brought back keeps serve from them, also where the
// command then wants a better copy than he has.
func TestTheWordOfOldDataIsKept_impostor19(t *testing.T) {
	eachLoss(t, func(t *testing.T, l *lossy) {
		l.after()
		c := l.command()
		d := openedAt(t, c.Database)
		a, err := db.OpenArchive(bytes.NewReader(l.plain(l.backup)))
		must(t, errors.Join(err, d.Load(t.Context(), a), app.RefuseDemo(t.Context(), d)))
		c.From, c.Identity, c.AlreadyLoaded = "", "", true
		whole, until := c.AuditCopy, c.KnownUntil
		for want, spoil := range map[error]func(){
			errOldCopy: func() { c.KnownUntil = "" }, errRestoreCopy: func() { c.AuditCopy = "" },
		} {
			spoil()
			if err := c.Run(t.Context()); !errors.Is(err, want) {
				t.Error(err)
			}
			if err := app.RefuseDemo(t.Context(), d); !errors.Is(err, app.ErrRestoring) {
				t.Errorf("%v, and serve starts: %v", want, err)
			}
			c.AuditCopy, c.KnownUntil = whole, until
		}
		if err := errors.Join(c.Run(t.Context()), app.RefuseDemo(t.Context(), d)); err != nil {
			t.Error("with the whole copy:", err)
		}
	})
}
