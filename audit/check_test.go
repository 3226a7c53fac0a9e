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
	"time"

	"pulih/audit"
	"pulih/db"
	"pulih/db/dbtest"
)

// TestEveryColumnOfEveryRowIsCovered_AU01 changes each column of each table of
// the log, in its first, middle and last row.
func TestEveryColumnOfEveryRowIsCovered_AU01(t *testing.T) {
	for _, c := range []struct{ table, key, column, value string }{
		{"audit_events", "id", "at", "at + 1"}, {"audit_events", "id", "actor_kind", "'console'"}, {"audit_events", "id", "actor", "'x'"},
		{"audit_events", "id", "action", "'signin'"}, {"audit_events", "id", "person", "'x'"}, {"audit_events", "id", "object", "'x'"},
		{"audit_events", "id", "result", "'x'"}, {"audit_events", "id", "detail", "'{}'"}, {"audit_events", "id", "request", "'x'"},
		{"audit_events", "id", "network", "'x'"}, {"audit_seals", "event", "hash", "x'00'"},
		{"audit_seals", "event", "agencies", `'["b"]'`}, {"audit_places", "event", "agency", "'x'"}, {"audit_places", "event", "at", "at + 1"}, {"audit_places", "event", "actor", "'x'"}, {"audit_places", "event", "action", "'x'"},
		{"audit_places", "event", "person", "'x'"}, {"audit_places", "event", "object", "'x'"}, {"audit_places", "event", "result", "'x'"},
	} {
		d, _ := dbtest.New(t)
		write(t, d, 3)
		seal(t, d)
		tamper(t, d)
		for seq := 1; seq <= 3; seq++ {
			one := fmt.Sprintf(`WHERE %s = (SELECT event FROM audit_seals WHERE seq = %d)`, c.key, seq)
			keep(t, d, fmt.Sprintf(`CREATE TEMP TABLE old AS SELECT %s AS v FROM %s %s`, c.column, c.table, one),
				fmt.Sprintf(`UPDATE %s SET %s = %s %s`, c.table, c.column, c.value, one))
			if f := findings(t, d, ""); len(f) == 0 {
				t.Errorf("%s.%s of row %d: not found", c.table, c.column, seq)
			}
			keep(t, d, fmt.Sprintf(`UPDATE %s SET %s = (SELECT v FROM old) %s`, c.table, c.column, one), `DROP TABLE old`)
			if f := findings(t, d, ""); len(f) != 0 {
				t.Fatalf("%s.%s of row %d, put back: %v", c.table, c.column, seq, f)
			}
		}
	}
}

func keep(t *testing.T, d *db.DB, statements ...string) {
	t.Helper()
	ctx := context.Background()
	err := d.Write(ctx, func(tx *db.Tx) error {
		for _, q := range statements {
			if _, err := tx.Exec(ctx, q); err != nil {
				return fmt.Errorf("%s: %w", q, err)
			}
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
}

// Whoever cannot change the log may try to hide a row from its readers.
func TestAHiddenRowIsFound_AU01(t *testing.T) {
	d, _ := dbtest.New(t)
	write(t, d, 3)
	seal(t, d)
	keep(t, d, `DELETE FROM audit_places WHERE event = (SELECT event FROM audit_seals WHERE seq = 2)`)
	if f := findings(t, d, ""); len(f) != 1 || f[0] != (audit.Finding{What: audit.Misplaced, Count: 1}) {
		t.Error(f)
	}
}

// A copy whose end was cut, or that nobody writes any more, is found after
// five minutes; before, the server may not have come to it.
func TestACopyThatEndsTooEarlyIsFound_impostor26(t *testing.T) {
	d, clock := dbtest.New(t)
	path := copyOf(t, d, 3)
	text, err := os.ReadFile(path)
	if err == nil {
		lines := bytes.SplitAfter(text, []byte("\n"))
		err = os.WriteFile(path, bytes.Join(lines[:2], nil), 0o600)
	}
	if err != nil {
		t.Fatal(err)
	}
	if f := findings(t, d, path); len(f) != 0 {
		t.Error("it may be on its way: ", f)
	}
	clock.Advance(6 * time.Minute)
	if f := findings(t, d, path); len(f) != 1 || f[0] != (audit.Finding{Seq: 3, What: audit.CopyBehind}) {
		t.Error(f)
	}
	if err := os.Remove(path); err != nil {
		t.Fatal(err)
	}
	if f := findings(t, d, path); len(f) != 1 || f[0].What != audit.CopyGone {
		t.Error(f)
	}
}

func TestACheckIsKeptAndAudited_AU03(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB, clock *dbtest.Clock) {
		path := copyOf(t, d, 3)
		clock.Advance(time.Second)
		c, by := &audit.Checker{DB: d, Copy: path}, audit.Actor{Kind: audit.Staff, ID: "sari"}
		ctx := context.Background()
		k, err := c.Begin(ctx, by)
		if err != nil {
			t.Fatal(err)
		}
		if _, err := c.Begin(ctx, by); !errors.Is(err, audit.ErrChecking) {
			t.Error("two at once: ", err)
		}
		if last, err := c.Last(ctx, 5); err != nil || len(last) != 1 || last[0].EndedAt != 0 {
			t.Error(last, err)
		}
		if k, err = c.Carry(ctx, k); err != nil || k.Sealed != 3 || k.Copied != 3 || len(k.Findings) != 0 {
			t.Error(k, err)
		}
		last, err := c.Last(ctx, 5)
		if err != nil || len(last) != 1 || last[0].EndedAt == 0 || last[0].By != by || last[0].Sealed != 3 {
			t.Error(last, err)
		}
		seal(t, d)
		found := search(t, d, audit.Filter{Agency: "a", Action: audit.AuditVerified}, audit.Mark{}, 5)
		if len(found) != 2 || found[0].Result != audit.OK || found[0].Actor != by || found[1].Result != audit.Begun || found[1].Actor != by {
			t.Error(found)
		}
		clock.Advance(10 * time.Minute)
		if _, err := c.Begin(ctx, by); err != nil {
			t.Error("the turn was not given back: ", err)
		}
	})
}

func TestACheckThatFindsSomethingSaysSo_AU01(t *testing.T) {
	d, _ := dbtest.New(t)
	write(t, d, 3)
	seal(t, d)
	tamper(t, d, `UPDATE audit_events SET result = 'refused' WHERE id = (SELECT event FROM audit_seals WHERE seq = 2)`)
	c := &audit.Checker{DB: d}
	k, err := c.Begin(context.Background(), audit.Actor{Kind: audit.Clock})
	if err == nil {
		_, err = c.Carry(context.Background(), k)
	}
	if err != nil {
		t.Fatal(err)
	}
	last, err := c.Last(context.Background(), 1)
	if err != nil || len(last) != 1 || !slices.Contains(last[0].Findings, audit.Finding{Seq: 2, What: audit.Changed}) {
		t.Error(last, err)
	}
}

// A server that was down seals and copies what is old: a check that comes
// between the two cries of nothing, and one of a cut copy still does.
func TestACheckLetsTheCopyCatchUp_impostor26(t *testing.T) {
	d, clock := dbtest.New(t)
	path := copyOf(t, d, 2)
	copier, err := audit.NewCopier(context.Background(), d, path)
	if err != nil {
		t.Fatal(err)
	}
	defer copier.Close() //nolint:errcheck // a test's file
	write(t, d, 2)
	seal(t, d)
	clock.Advance(time.Hour)
	c := &audit.Checker{DB: d, Copy: path, Copier: copier}
	carried := func() []audit.Finding {
		k, err := c.Begin(context.Background(), audit.Actor{Kind: audit.Clock})
		if err == nil {
			k, err = c.Carry(context.Background(), k)
		}
		if err != nil {
			t.Fatal(err)
		}
		return k.Findings
	}
	if f := carried(); len(f) != 0 {
		t.Error(f)
	}
	if err := os.Truncate(path, 10); err != nil {
		t.Fatal(err)
	}
	if f := carried(); len(f) == 0 {
		t.Error("the cut copy healed")
	}
}

// A copy that cannot be read is no clean bill.
func TestACheckThatFailsIsKeptAsFailed(t *testing.T) {
	d, _ := dbtest.New(t)
	c := &audit.Checker{DB: d, Copy: filepath.Join(t.TempDir(), strings.Repeat("x", 300))}
	k, err := c.Begin(context.Background(), audit.Actor{Kind: audit.Clock})
	if err != nil {
		t.Fatal(err)
	}
	if _, err = c.Carry(context.Background(), k); err == nil {
		t.Error("it did not fail")
	}
	if last, err := c.Last(context.Background(), 1); err != nil || len(last) != 1 || !last[0].Failed || last[0].EndedAt == 0 {
		t.Error(last, err)
	}
}

func TestTheClockChecksOnceADay(t *testing.T) {
	d, clock := dbtest.New(t)
	c := &audit.Checker{DB: d}
	due := func(since db.Time) bool {
		t.Helper()
		yes, err := c.Due(context.Background(), since)
		if err != nil {
			t.Fatal(err)
		}
		return yes
	}
	night := d.Now()
	if due(night.Add(time.Hour)) || !due(night) {
		t.Error("before the hour, or not at it")
	}
	clock.Advance(time.Minute)
	if k, err := c.Begin(context.Background(), audit.Actor{Kind: audit.Clock}); err != nil {
		t.Fatal(err)
	} else if _, err := c.Carry(context.Background(), k); err != nil {
		t.Fatal(err)
	}
	if due(night) {
		t.Error("twice in a night")
	}
	clock.Advance(24 * time.Hour)
	if !due(night.Add(24 * time.Hour)) {
		t.Error("not in the next")
	}
}
