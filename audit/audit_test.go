package audit_test

import (
	"bytes"
	"context"
	"os"
	"path/filepath"
	"slices"
	"sync"
	"testing"

	"pulih/audit"
	"pulih/db"
	"pulih/db/dbtest"
)

func write(t *testing.T, d *db.DB, n int) {
	t.Helper()
	ctx := context.Background()
	for range n {
		err := d.Write(ctx, func(tx *db.Tx) error {
			return audit.Append(ctx, tx, audit.Event{
				Actor: audit.Actor{Kind: audit.Anonymous}, Action: audit.ResetAsked,
				Object: "flow", Detail: map[string]string{"b": "2", "a": "1"},
			})
		})
		if err != nil {
			t.Fatal(err)
		}
	}
}

func ours(context.Context, *db.Tx, audit.Event) ([]string, error) { return []string{"a"}, nil }

func seal(t *testing.T, d *db.DB) int {
	t.Helper()
	n, err := audit.Sealer{DB: d, Where: ours}.Seal(context.Background())
	if err != nil {
		t.Fatal(err)
	}
	return n
}

// findings leaves out that triggers are gone: the tests drop them to be able
// to tamper. TestATriggerIsFound_AU01 is about those.
func findings(t *testing.T, d *db.DB, copied string) []audit.Finding {
	t.Helper()
	return slices.DeleteFunc(found(t, d, audit.Terms{Copy: copied, Keep: kept}),
		func(f audit.Finding) bool { return f.What == audit.Unguarded })
}

func found(t *testing.T, d *db.DB, of audit.Terms) []audit.Finding {
	t.Helper()
	r, err := audit.Verify(context.Background(), d, of, nil)
	if err != nil {
		t.Fatal(err)
	}
	return r.Findings
}

func TestAChainVerifies(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB, _ *dbtest.Clock) {
		write(t, d, 3)
		if n := seal(t, d); n != 3 {
			t.Fatalf("sealed %d of 3", n)
		}
		write(t, d, 2)
		seal(t, d)
		if f := findings(t, d, ""); len(f) != 0 {
			t.Fatal(f)
		}
	})
}

func TestRowsCannotBeChangedOrDeleted_AU01(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB, _ *dbtest.Clock) {
		write(t, d, 1)
		seal(t, d)
		ctx := context.Background()
		for _, q := range []string{
			`UPDATE audit_events SET result = 'x'`, `DELETE FROM audit_events`,
			`UPDATE audit_seals SET seq = 9`, `DELETE FROM audit_seals`,
		} {
			err := d.Write(ctx, func(tx *db.Tx) error { _, err := tx.Exec(ctx, q); return err })
			if err == nil {
				t.Errorf("%s passed", q)
			}
		}
	})
}

// Whoever owns the database can drop the triggers; the chain shows it.
func tamper(t *testing.T, d *db.DB, statements ...string) {
	t.Helper()
	ctx := context.Background()
	drop := []string{`DROP TRIGGER audit_events_no_update`, `DROP TRIGGER audit_events_no_delete`,
		`DROP TRIGGER audit_seals_no_update`, `DROP TRIGGER audit_seals_no_delete`}
	err := d.Write(ctx, func(tx *db.Tx) error {
		for _, q := range append(drop, statements...) {
			if _, err := tx.Exec(ctx, q); err != nil {
				return err
			}
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
}

func TestAChangedRowIsFound_impostor26(t *testing.T) {
	d, _ := dbtest.New(t)
	write(t, d, 3)
	seal(t, d)
	tamper(t, d, `UPDATE audit_events SET result = 'refused' WHERE id = (SELECT event FROM audit_seals WHERE seq = 2)`)
	if f := findings(t, d, ""); len(f) != 1 || f[0].Seq != 2 {
		t.Fatal(f)
	}
}

func TestACutTailIsFoundByTheCopy_impostor26(t *testing.T) {
	d, _ := dbtest.New(t)
	copied := copyOf(t, d, 3)
	tamper(t, d, `DELETE FROM audit_seals WHERE seq = 3`,
		`DELETE FROM audit_places WHERE event NOT IN (SELECT event FROM audit_seals)`,
		`DELETE FROM audit_events WHERE id NOT IN (SELECT event FROM audit_seals)`)
	if f := findings(t, d, ""); len(f) != 0 {
		t.Fatalf("the bare chain cannot see it: %v", f)
	}
	if f := findings(t, d, copied); len(f) != 1 || f[0].Seq != 3 {
		t.Fatal(f)
	}
}

// A rewrite of the whole chain is consistent in itself; only the copy tells.
func TestARewrittenChainIsFoundByTheCopy_impostor26(t *testing.T) {
	d, _ := dbtest.New(t)
	copied := copyOf(t, d, 3)
	tamper(t, d, `INSERT INTO audit_queue (event) SELECT event FROM audit_seals`, `DELETE FROM audit_seals`, `DELETE FROM audit_places`,
		`UPDATE audit_events SET result = 'refused'`)
	seal(t, d)
	if f := findings(t, d, ""); len(f) != 0 {
		t.Fatalf("the rewritten chain should agree with itself: %v", f)
	}
	if f := findings(t, d, copied); len(f) != 3 {
		t.Fatal(f)
	}
}

func TestAnEventPastAppendIsFound(t *testing.T) {
	d, _ := dbtest.New(t)
	write(t, d, 1)
	seal(t, d)
	tamper(t, d, `INSERT INTO audit_events (id, at, actor_kind, actor, action, person, object, result, detail, request, network)
		VALUES ('x', 1, 'staff', '', 'signin', '', '', 'ok', '{}', '', '')`)
	if f := findings(t, d, ""); len(f) != 1 {
		t.Fatal(f)
	}
}

func copyOf(t *testing.T, d *db.DB, n int) string {
	t.Helper()
	path := filepath.Join(t.TempDir(), "audit.jsonl")
	write(t, d, n)
	seal(t, d)
	c, err := audit.NewCopier(context.Background(), d, path)
	if err != nil {
		t.Fatal(err)
	}
	defer c.Close()
	if got, err := c.Copy(context.Background()); err != nil || got != n {
		t.Fatalf("copied %d of %d, %v", got, n, err)
	}
	return path
}

func TestACopyGoesOnWhereItEnded(t *testing.T) {
	d, _ := dbtest.New(t)
	path := copyOf(t, d, 2)
	whole, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(path, whole[:len(whole)-5], 0o600); err != nil { // a power cut
		t.Fatal(err)
	}
	c, err := audit.NewCopier(context.Background(), d, path)
	if err != nil {
		t.Fatal(err)
	}
	defer c.Close()
	if n, err := c.Copy(context.Background()); err != nil || n != 1 {
		t.Fatal(n, err)
	}
	again, err := os.ReadFile(path)
	if err != nil || !bytes.Equal(again, whole) {
		t.Fatalf("copy is not whole again: %v", err)
	}
}

func TestManySealersMakeOneChain(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB, _ *dbtest.Clock) {
		write(t, d, 20)
		var wg sync.WaitGroup
		for range 8 {
			wg.Go(func() {
				if _, err := (audit.Sealer{DB: d, Where: ours}).Seal(context.Background()); err != nil {
					t.Error(err)
				}
			})
		}
		wg.Wait()
		seal(t, d)
		if f := findings(t, d, ""); len(f) != 0 {
			t.Fatal(f)
		}
	})
}
