package main

import (
	"bytes"
	"errors"
	"log/slog"
	"os"
	"path/filepath"
	"testing"
	"time"

	"filippo.io/age"

	"pulih/app"
	"pulih/audit"
	"pulih/db"
)

// Data that were loaded otherwise, and could not be made safe, are not served.
func TestARestoreThatFailsIsNotServed_impostor19(t *testing.T) {
	eachLoss(t, func(t *testing.T, l *lossy) {
		l.after()
		c := l.command()
		d := openedAt(t, c.Database)
		a, err := db.OpenArchive(bytes.NewReader(l.plain(l.backup)))
		if err == nil {
			err = errors.Join(d.Load(t.Context(), a), app.RefuseDemo(t.Context(), d))
		}
		if err != nil {
			t.Fatal(err)
		}
		c.From, c.Identity, c.AlreadyLoaded = "", "", true
		c.AuditCopy = l.file("hole.jsonl", without(l.copied, -3))
		if err := c.Run(t.Context()); !errors.Is(err, audit.ErrCopyDiffers) {
			t.Fatal("it takes any copy:", err)
		}
		if err := app.RefuseDemo(t.Context(), d); !errors.Is(err, app.ErrRestoring) {
			t.Error("serve would start:", err)
		}
		c.AuditCopy = l.copied
		if err := errors.Join(c.Run(t.Context()), app.RefuseDemo(t.Context(), d)); err != nil {
			t.Error("the right copy:", err)
		}
	})
}

// Before the first row comes in, serve is kept away, and stays away when the
// rows do not come.
func TestTheMarkIsBeforeTheData_impostor19(t *testing.T) {
	eachLoss(t, func(t *testing.T, l *lossy) {
		who, _ := identities(l.private)
		c := l.command()
		whole := l.plain(l.backup)
		c.From = l.sealedFor("cut.age", whole[:len(whole)-100])
		d := openedAt(t, c.Database)
		if err := c.load(t.Context(), d, who); err == nil {
			t.Fatal("a cut backup is loaded")
		}
		if err := app.RefuseDemo(t.Context(), d); !errors.Is(err, app.ErrRestoring) {
			t.Error("serve would start:", err)
		}
	})
}

// Who serves the empty database when the load begins is seen, and nothing is
// loaded.
func TestNothingIsLoadedUnderAServer(t *testing.T) {
	eachLoss(t, func(t *testing.T, l *lossy) {
		who, _ := identities(l.private)
		c := l.command()
		d := openedAt(t, c.Database)
		if err := d.Migrate(t.Context()); err != nil {
			t.Fatal(err)
		}
		if mine, err := openedAt(t, c.Database).Lease("seal").Mine(t.Context()); err != nil || !mine {
			t.Fatal(mine, err)
		}
		if err := c.load(t.Context(), d, who); !errors.Is(err, errServed) {
			t.Error(err)
		}
		if sums, err := d.SumsOf(t.Context()); err != nil || sums["people"].Rows > 0 {
			t.Error("people came in:", err)
		}
	})
}

// A process that was about to serve sees the mark once it can be seen itself.
func TestServeLooksOnceMore_impostor19(t *testing.T) {
	databases(t, func(t *testing.T, url func() string) {
		d := openedAt(t, url())
		s := &server{db: d, allowed: app.RefuseDemo}
		lease := d.Lease("seal")
		if err := errors.Join(d.Migrate(t.Context()), app.RefuseDemo(t.Context(), d), s.present(t.Context(), lease)); err != nil {
			t.Fatal(err)
		}
		if served, err := d.Leased(t.Context()); err != nil || !served {
			t.Error("it is not seen:", err)
		}
		if err := alone(t.Context(), d); !errors.Is(err, errServed) {
			t.Error(err)
		}
		if err := app.RefuseDemo(t.Context(), d); err != nil {
			t.Error("a restore that was refused leaves its mark:", err)
		}
		if err := errors.Join(lease.Free(t.Context()), alone(t.Context(), d)); err != nil {
			t.Fatal(err)
		}
		if err := s.present(t.Context(), lease); !errors.Is(err, app.ErrRestoring) {
			t.Error("it serves:", err)
		}
		if served, err := d.Leased(t.Context()); err != nil || served {
			t.Error("it keeps its lease:", err)
		}
	})
}

// A demo's database stays a demo's.
func TestNoRestoreMarksADemo_impostor20(t *testing.T) {
	databases(t, func(t *testing.T, url func() string) {
		d := openedAt(t, url())
		if err := errors.Join(d.Migrate(t.Context()), app.RefuseReal(t.Context(), d)); err != nil {
			t.Fatal(err)
		}
		if err := alone(t.Context(), d); !errors.Is(err, app.ErrDemoDatabase) {
			t.Error(err)
		}
		if demo, err := app.IsDemo(t.Context(), d); err != nil || !demo {
			t.Error(demo, err)
		}
	})
}

// Where the copy holds more than the log, something was restored and not made
// safe: serve does not start.
func TestServeRefusesALogThatWentBack_impostor19(t *testing.T) {
	settings := lawSettings(t)
	first := lawServe(t, settings, slog.DiscardHandler)
	first.agent(t)
	first.stop()
	first.ended(t)
	before := contentOf(settings["audit-copy"])
	change(t, settings, `DROP TRIGGER audit_seals_no_delete`)
	change(t, settings, `DELETE FROM audit_seals WHERE seq = (SELECT max(seq) FROM audit_seals)`)
	second := lawServe(t, settings, slog.DiscardHandler)
	select {
	case err := <-second.done:
		if !errors.Is(err, errLost) {
			t.Error(err)
		}
	case <-time.After(10 * time.Second):
		t.Error("it serves")
	}
	second.stop()
	if string(contentOf(settings["audit-copy"])) != string(before) {
		t.Error("the copy was touched")
	}
}

// A name that somebody took at the last moment is not taken from him.
func TestAFileIsNotWrittenOver(t *testing.T) {
	folder := t.TempDir()
	from, to := filepath.Join(folder, "x.part"), filepath.Join(folder, "x")
	write := func(path, text string) {
		if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	write(from, "ours")
	write(to, "another's")
	target := database{url: from, final: to}
	if err := settle(from, to); !errors.Is(err, errThere) {
		t.Error(err)
	}
	if err := renameFree(from, to); !errors.Is(err, errThere) {
		t.Error("on a disk without links:", err)
	}
	if err := target.keep(); !errors.Is(err, errDatabaseIs) || string(contentOf(to)) != "another's" {
		t.Error(err, string(contentOf(to)))
	}
	write(to+"-wal", "of a database that is gone")
	if err := errors.Join(os.Remove(to), target.keep()); !errors.Is(err, errDatabaseIs) {
		t.Error("a log that was left:", err)
	}
	if err := errors.Join(os.Remove(to+"-wal"), target.keep()); err != nil || string(contentOf(to)) != "ours" {
		t.Error(err)
	}
	if _, err := os.Lstat(from); err == nil {
		t.Error("it has two names")
	}
}

// sealedFor is what anybody can make who has the operators' public key.
func (v safe) sealedFor(name string, archive []byte) string {
	v.Helper()
	var b bytes.Buffer
	to, err := recipients([]string{v.public}, "")
	if err != nil {
		v.Fatal(err)
	}
	w, err := age.Encrypt(&b, to...)
	if err == nil {
		_, err = w.Write(archive)
	}
	if err = errors.Join(err, w.Close()); err != nil {
		v.Fatal(err)
	}
	return v.file(name, b.Bytes())
}

func openedAt(t *testing.T, url string) *db.DB {
	t.Helper()
	d, err := db.Open(t.Context(), url, time.Now)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = d.Close() })
	return d
}
