package audit_test

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"pulih/audit"
	"pulih/db"
	"pulih/db/dbtest"
)

// Every column of an event is under the hash, so that none can be changed
// alone (AU-02).
func TestEachColumnIsUnderTheHash_AU01(t *testing.T) {
	for column, value := range map[string]string{
		"id": "'x'", "at": "at + 1", "actor_kind": "'staff'", "actor": "'x'", "action": "'signin'", "person": "'x'",
		"object": "'x'", "result": "'x'", "detail": `'{"a":"1","b":"3"}'`, "request": "'x'", "network": "'x'",
	} {
		d, _ := dbtest.New(t)
		write(t, d, 3)
		seal(t, d)
		change := fmt.Sprintf(`UPDATE audit_events SET %s = %s WHERE id = (SELECT event FROM audit_seals WHERE seq = 2)`, column, value)
		if column == "id" { // the seal has to follow, or the row would be missing
			change = `UPDATE audit_seals SET event = (SELECT event FROM audit_seals WHERE seq = 2) || 'x' WHERE seq = 2`
			tamper(t, d, `PRAGMA defer_foreign_keys = 1`, change, `UPDATE audit_events SET id = id || 'x'
				WHERE id || 'x' = (SELECT event FROM audit_seals WHERE seq = 2)`,
				`UPDATE audit_places SET event = event || 'x' WHERE event || 'x' = (SELECT event FROM audit_seals WHERE seq = 2)`)
		} else {
			tamper(t, d, change)
		}
		if f := findings(t, d, ""); len(f) != 1 || f[0].Seq != 2 {
			t.Errorf("%s changed: %v", column, f)
		}
	}
}

func TestASwapOfTwoEventsIsFound_AU01(t *testing.T) {
	d, _ := dbtest.New(t)
	write(t, d, 3)
	seal(t, d)
	tamper(t, d, `PRAGMA defer_foreign_keys = 1`,
		`UPDATE audit_seals SET event = event || 'x' WHERE seq = 1`,
		`UPDATE audit_seals SET event = (SELECT substr(event, 1, 36) FROM audit_seals WHERE seq = 1) WHERE seq = 2 AND event <> ''`,
		`UPDATE audit_seals SET event = (SELECT id FROM audit_events WHERE id NOT IN (SELECT event FROM audit_seals)) WHERE seq = 1`)
	if f := findings(t, d, ""); len(f) != 2 {
		t.Fatal(f)
	}
}

func TestAShortHashIsFound_AU01(t *testing.T) {
	d, _ := dbtest.New(t)
	write(t, d, 2)
	seal(t, d)
	tamper(t, d, `UPDATE audit_seals SET hash = x'00' WHERE seq = 2`)
	if f := findings(t, d, ""); len(f) != 1 || f[0].Seq != 2 {
		t.Fatal(f)
	}
}

func TestAMissingEventIsFound_AU01(t *testing.T) {
	d, _ := dbtest.New(t)
	write(t, d, 3)
	seal(t, d)
	tamper(t, d, `DELETE FROM audit_seals WHERE seq = 2`, `DELETE FROM audit_events WHERE id NOT IN (SELECT event FROM audit_seals)`)
	if f := findings(t, d, ""); len(f) == 0 || f[0].Seq != 2 {
		t.Fatal(f)
	}
}

// After a number that is gone, the rest is compared by its own numbers: one
// finding, which a hundred untrue ones would drown.
func TestAGapIsFoundOnce_AU01(t *testing.T) {
	d, _ := dbtest.New(t)
	write(t, d, 9)
	seal(t, d)
	copied := filepath.Join(t.TempDir(), "audit.jsonl")
	c, err := audit.NewCopier(context.Background(), d, copied)
	if err == nil {
		_, err = c.Copy(context.Background())
	}
	if err != nil {
		t.Fatal(err)
	}
	tamper(t, d, `DELETE FROM audit_seals WHERE seq IN (2, 3)`, `DELETE FROM audit_events WHERE id NOT IN (SELECT event FROM audit_seals)`)
	for _, f := range findings(t, d, copied) {
		if f.What == audit.Rewritten || f.What == audit.TailCut {
			t.Error(f)
		}
	}
	if f := findings(t, d, copied); len(f) == 0 || f[0].Seq != 2 || f[0].What != audit.Missing {
		t.Fatal(f)
	}
}

// An error rolls the verb back, and its audit row with it: the log tells of
// nothing that did not happen (law 5).
func TestARolledBackVerbLeavesNoRow_law5(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB, _ *dbtest.Clock) {
		ctx, no := context.Background(), errors.New("no")
		err := d.Write(ctx, func(tx *db.Tx) error {
			if err := audit.Append(ctx, tx, audit.Event{Actor: audit.Actor{Kind: audit.Clock}, Action: audit.SignIn}); err != nil {
				return err
			}
			return no
		})
		if !errors.Is(err, no) || seal(t, d) != 0 {
			t.Fatalf("%v, or a row was kept", err)
		}
	})
}

func TestOnlyKnownKindsOfActorAreLogged_AU02(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB, _ *dbtest.Clock) {
		ctx := context.Background()
		err := d.Write(ctx, func(tx *db.Tx) error { return audit.Append(ctx, tx, audit.Event{Action: audit.SignIn}) })
		if err == nil {
			t.Fatal("an event of nobody was logged")
		}
	})
}

func TestTruncateIsRefused_AU01(t *testing.T) {
	d, _ := dbtest.NewPostgres(t)
	write(t, d, 1)
	seal(t, d)
	ctx := context.Background()
	for _, q := range []string{`TRUNCATE audit_seals`, `TRUNCATE audit_events CASCADE`} {
		if err := d.Write(ctx, func(tx *db.Tx) error { _, err := tx.Exec(ctx, q); return err }); err == nil {
			t.Errorf("%s passed", q)
		}
	}
}

// Whoever reaches the copy instead of the database is found as well.
func TestATouchedCopyIsFound_impostor26(t *testing.T) {
	for name, touch := range map[string]func([][]byte) [][]byte{
		"a line gone":  func(l [][]byte) [][]byte { return slices.Delete(l, 1, 2) },
		"a line twice": func(l [][]byte) [][]byte { return slices.Insert(l, 1, l[0]) },
		"two swapped":  func(l [][]byte) [][]byte { l[0], l[1] = l[1], l[0]; return l },
		"not JSON":     func(l [][]byte) [][]byte { l[1] = []byte("?\n"); return l },
		"another hash": func(l [][]byte) [][]byte {
			l[1] = bytes.Replace(l[1], []byte(`"Hash":"`), []byte(`"Hash":"AAAA`), 1)
			return l
		},
		"another number": func(l [][]byte) [][]byte {
			l[1] = bytes.Replace(l[1], []byte(`"Seq":2`), []byte(`"Seq":0`), 1)
			return l
		},
		"a short hash": func(l [][]byte) [][]byte { l[1] = []byte(`{"Seq":2,"Hash":"AAAA"}` + "\n"); return l },
	} {
		d, _ := dbtest.New(t)
		path := copyOf(t, d, 3)
		text, err := os.ReadFile(path)
		if err != nil {
			t.Fatal(err)
		}
		lines := touch(bytes.SplitAfter(text, []byte("\n")))
		if err := os.WriteFile(path, bytes.Join(lines, nil), 0o600); err != nil {
			t.Fatal(err)
		}
		if f := findings(t, d, path); len(f) == 0 {
			t.Errorf("%s: not found", name)
		}
	}
}

// A check of a server that runs must not cry wolf.
func TestACheckBesideARunningServerFindsNothing(t *testing.T) {
	d, _ := dbtest.New(t)
	path := copyOf(t, d, 300)
	done := make(chan struct{})
	go func() {
		defer close(done)
		for range 60 {
			write(t, d, 2)
			seal(t, d)
			appendCopy(t, d, path)
		}
	}()
	for running := true; running; {
		select {
		case <-done:
			running = false
		default:
		}
		if f := findings(t, d, path); len(f) != 0 {
			t.Error(f)
			running = false
		}
	}
	<-done
}

func appendCopy(t *testing.T, d *db.DB, path string) {
	t.Helper()
	c, err := audit.NewCopier(context.Background(), d, path)
	if err != nil {
		t.Error(err)
		return
	}
	defer c.Close()
	if _, err := c.Copy(context.Background()); err != nil {
		t.Error(err)
	}
}

func TestTheCopyIsForItsOwnerOnly_SC03(t *testing.T) {
	d, _ := dbtest.New(t)
	info, err := os.Stat(copyOf(t, d, 1))
	if err != nil || info.Mode().Perm() != 0o600 {
		t.Fatal(info.Mode(), err)
	}
}

func TestHostileTextStaysOneLine_LG04(t *testing.T) {
	d, _ := dbtest.New(t)
	ctx := context.Background()
	hostile := "a\r\nb\x1b[31m\"}\u2028{"
	err := d.Write(ctx, func(tx *db.Tx) error {
		return audit.Append(ctx, tx, audit.Event{Actor: audit.Actor{Kind: audit.Anonymous, Request: hostile}, Action: audit.SignIn,
			Result: hostile, Detail: map[string]string{hostile: hostile}})
	})
	if err != nil {
		t.Fatal(err)
	}
	seal(t, d)
	path := filepath.Join(t.TempDir(), "audit.jsonl")
	appendCopy(t, d, path)
	text, err := os.ReadFile(path)
	if err != nil || bytes.Count(text, []byte("\n")) != 1 || strings.ContainsAny(string(text), "\x1b\r") {
		t.Fatalf("%q, %v", text, err)
	}
	if f := findings(t, d, path); len(f) != 0 {
		t.Fatal(f)
	}
}

// The last event may be gone while its seal is not: no later one shows the gap.
func TestALastEventThatIsGoneIsFound_AU01(t *testing.T) {
	d, _ := dbtest.New(t)
	write(t, d, 3)
	seal(t, d)
	tamper(t, d, `PRAGMA defer_foreign_keys = ON`, `CREATE TABLE other_seals AS SELECT * FROM audit_seals`, `DROP TABLE audit_seals`,
		`ALTER TABLE other_seals RENAME TO audit_seals`, `DELETE FROM audit_events WHERE id = (SELECT event FROM audit_seals WHERE seq = 3)`)
	if f := findings(t, d, ""); !slices.Contains(f, audit.Finding{Seq: 3, What: audit.Missing}) {
		t.Fatal(f)
	}
}
