package main

import (
	"errors"
	"path/filepath"
	"testing"

	"pulih/app"
)

// marking is --already-loaded on data that were served a moment ago.
func marking(t *testing.T, database string) *restoreCmd {
	t.Helper()
	c := &restoreCmd{consoleFlags: aConsole(t), AlreadyLoaded: true, WithoutAuditCopy: true, List: filepath.Join(t.TempDir(), "list.txt")}
	w := lived(t, database)
	c.Database, c.KeysSealing, c.KeyPepper = database, w.Sealing, w.Pepper
	return c
}

// Typed beside a server, perhaps an older one, the command leaves the schema
// alone, and no mark.
func TestNoRestoreMigratesUnderAServer(t *testing.T) {
	databases(t, func(t *testing.T, url func() string) {
		c := marking(t, url())
		d := openedAt(t, c.Database)
		if mine, err := d.Lease("clock").Mine(t.Context()); err != nil || !mine {
			t.Fatal(mine, err)
		}
		older(t, d, c.Run)
		if err := app.RefuseDemo(t.Context(), d); err != nil {
			t.Error("it leaves its mark:", err)
		}
	})
}

// Once the data are marked nobody is watched for again: a serve that its
// supervisor starts meanwhile sees the mark and goes, and holds up nothing.
func TestAServeThatSeesTheMarkHoldsUpNoRestore(t *testing.T) {
	databases(t, func(t *testing.T, url func() string) {
		c := marking(t, url())
		d, err := claim(t.Context(), c.Database)
		must(t, err)
		s := &server{db: openedAt(t, c.Database), allowed: app.RefuseDemo}
		if mine, err := s.db.Lease("clock").Mine(t.Context()); err != nil || !mine {
			t.Fatal(mine, err)
		}
		if err := s.present(t.Context(), s.db.Lease("seal")); !errors.Is(err, app.ErrRestoring) {
			t.Error("it serves:", err)
		}
		keys, err := c.keys()
		must(t, err)
		if _, err := c.makeSafe(t.Context(), d, keys, "already loaded"); err != nil {
			t.Error(err)
		}
	})
}
