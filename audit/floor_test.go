package audit_test

import (
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

const kept = audit.LeastKeep

// ledger is a log with its copy, which a test lets age.
type ledger struct {
	*testing.T
	*db.DB
	clock *dbtest.Clock
	path  string
}

func eachLedger(t *testing.T, do func(l *ledger)) {
	dbtest.Each(t, func(t *testing.T, d *db.DB, clock *dbtest.Clock) {
		l := &ledger{t, d, clock, filepath.Join(t.TempDir(), "audit.jsonl")}
		l.add(4)
		l.clock.Advance(kept)
		l.add(3)
		do(l)
	})
}

// add writes, seals and copies some events.
func (l *ledger) add(n int) {
	l.Helper()
	write(l.T, l.DB, n)
	l.settle()
}

func (l *ledger) settle() {
	l.Helper()
	seal(l.T, l.DB)
	appendCopy(l.T, l.DB, l.path)
}

func (l *ledger) floor(period time.Duration) (bool, error) {
	l.Helper()
	return audit.MakeFloor(context.Background(), l.DB, l.path, period, audit.Actor{Kind: audit.Clock})
}

// purged makes a floor below the first four, lets an hour pass, and purges.
func (l *ledger) purged() {
	l.Helper()
	if made, err := l.floor(kept); err != nil || !made {
		l.Fatal(made, err)
	}
	l.settle()
	l.clock.Advance(audit.Patience)
	l.purge()
}

func (l *ledger) purge() {
	l.Helper()
	if err := audit.Purge(context.Background(), l.DB, audit.Rules(kept), audit.Actor{Kind: audit.Clock}); err != nil {
		l.Fatal(err)
	}
	l.settle()
}

func (l *ledger) do(statement string, values ...any) error {
	ctx := context.Background()
	return l.Write(ctx, func(tx *db.Tx) error { _, err := tx.Exec(ctx, statement, values...); return err })
}

func (l *ledger) count(query string) (n int) {
	l.Helper()
	err := l.Read(context.Background(), func(tx *db.Tx) error { return tx.Row(context.Background(), query).Scan(&n) })
	if err != nil {
		l.Fatal(err)
	}
	return n
}

func (l *ledger) lowest() int { return l.count(`SELECT min(seq) FROM audit_seals`) }

// finds wants a problem with the copy, or none for "".
func (l *ledger) finds(copied string, want audit.Problem) {
	l.Helper()
	f := findings(l.T, l.DB, copied)
	found := slices.ContainsFunc(f, func(f audit.Finding) bool { return f.What == want })
	if found != (want != "") || want == "" && len(f) > 0 {
		l.Errorf("found %v, want %q", f, want)
	}
}

// What is older than the period goes, to the microsecond; what stays is
// proved from the floor, and the copy keeps all.
func TestAPurgedChainStillVerifies_AU01(t *testing.T) {
	eachLedger(t, func(l *ledger) {
		if due := l.due(); due != 4 {
			l.Errorf("%d due", due)
		}
		l.purged()
		if l.lowest() != 5 || l.count(`SELECT count(*) FROM audit_events`) != l.count(`SELECT count(*) FROM audit_seals`) || l.due() != 0 {
			l.Errorf("begins at %d, %d due", l.lowest(), l.due())
		}
		l.finds("", "")
		l.finds(l.path, "")
		for range 2 { // floors follow each other, and none is made twice a day
			l.clock.Advance(kept)
			l.add(1)
			l.purged()
			if made, err := l.floor(kept); made || err != nil {
				l.Error(made, err)
			}
			l.finds("", "")
			l.finds(l.path, "")
		}
		if n := l.count(`SELECT count(*) FROM audit_places p WHERE NOT EXISTS (SELECT 1 FROM audit_events e WHERE e.id = p.event)`); n != 0 {
			l.Errorf("%d places of nothing", n)
		}
	})
}

func (l *ledger) due() int {
	l.Helper()
	all, err := audit.Standings(context.Background(), l.DB, audit.Rules(kept))
	if err != nil {
		l.Fatal(err)
	}
	return all[0].Due
}

func TestAYoungerEventStays_AU01(t *testing.T) {
	eachLedger(t, func(l *ledger) {
		l.clock.Advance(-time.Microsecond)
		if made, err := l.floor(kept); made || err != nil || l.due() != 0 {
			l.Error("four events are a microsecond too young: ", made, err)
		}
	})
}

// The purge takes nothing that the copy does not hold, and nothing of a log
// that does not agree with it.
func TestNothingGoesUncopied_impostor26(t *testing.T) {
	eachLedger(t, func(l *ledger) {
		if _, err := l.floor(kept - time.Hour); !errors.Is(err, audit.ErrKeep) {
			l.Error("kept too shortly: ", err)
		}
		whole := l.lines()
		for name, lines := range map[string][]string{"cut": whole[:3], "empty": nil, "changed": append([]string{strings.Replace(whole[0], "flow", "flaw", 1)}, whole[2:]...)} {
			l.write(lines)
			if made, err := l.floor(kept); made || !errors.Is(err, audit.ErrUncopied) {
				l.Errorf("%s: %v %v", name, made, err)
			}
		}
		for _, path := range []string{"", l.path + ".gone"} {
			if made, err := audit.MakeFloor(context.Background(), l.DB, path, kept, audit.Actor{Kind: audit.Clock}); made || !errors.Is(err, audit.ErrUncopied) {
				l.Errorf("%q: %v %v", path, made, err)
			}
		}
		l.write(whole)
		l.purge()
		if l.lowest() != 1 || l.count(`SELECT count(*) FROM audit_floors`) != 0 {
			l.Error("something went")
		}
	})
}

func (l *ledger) lines() []string {
	l.Helper()
	text, err := os.ReadFile(l.path)
	if err != nil {
		l.Fatal(err)
	}
	return slices.Collect(strings.Lines(string(text)))
}

func (l *ledger) write(lines []string) {
	l.Helper()
	if err := os.WriteFile(l.path, []byte(strings.Join(lines, "")), 0o600); err != nil {
		l.Fatal(err)
	}
}

// The database itself refuses to delete above the floor, or to touch a floor.
func TestNothingIsDeletedAboveTheFloor_AU01(t *testing.T) {
	eachLedger(t, func(l *ledger) {
		l.purged()
		for _, q := range []string{`DELETE FROM audit_seals WHERE seq = 5`, `DELETE FROM audit_seals`,
			`DELETE FROM audit_events WHERE id = (SELECT event FROM audit_seals WHERE seq = 5)`, `DELETE FROM audit_events`,
			`UPDATE audit_floors SET seq = 99`, `DELETE FROM audit_floors`, `UPDATE audit_seals SET seq = 1 WHERE seq = 5`, `UPDATE audit_events SET at = 0`} {
			if err := l.do(q); err == nil {
				l.Errorf("%s passed", q)
			}
		}
		l.finds(l.path, "")
	})
}

// A floor that somebody wrote by hand is found, with what it let go of.
func TestAFloorByHandIsFound_impostor26(t *testing.T) {
	eachLedger(t, func(l *ledger) {
		var hash []byte
		err := l.Read(context.Background(), func(tx *db.Tx) error {
			return tx.Row(context.Background(), `SELECT hash FROM audit_seals WHERE seq = 6`).Scan(&hash)
		})
		if err != nil {
			l.Fatal(err)
		}
		if err := l.do(`INSERT INTO audit_floors (seq, hash, until, at) VALUES (6, $1, $2, 1)`, hash, l.Now()); err != nil {
			l.Fatal(err)
		}
		l.finds("", audit.Unfloored)
		l.finds(l.path, audit.Unfloored)
		told := audit.Event{Actor: audit.Actor{Kind: audit.Clock}, Action: audit.FloorMade, Detail: map[string]string{
			"seq": "6", "hash": fmt.Sprintf("%x", hash), "until": fmt.Sprint(l.Now())}}
		if err := l.Write(context.Background(), func(tx *db.Tx) error { return audit.Append(context.Background(), tx, told) }); err != nil {
			l.Fatal(err)
		}
		l.settle()
		l.finds(l.path, audit.Unfloored) // it lets go of what is younger than 180 days
	})
}

// After a purge tampering is found as before: a row, the tail, the copy's
// older lines, which nothing else holds any more.
func TestTamperingAfterAPurgeIsFound_impostor26(t *testing.T) {
	for name, touch := range map[string]struct {
		sql  []string
		copy func([]string) []string
		want audit.Problem
	}{
		"a row":          {[]string{`UPDATE audit_events SET result = 'x' WHERE id = (SELECT event FROM audit_seals WHERE seq = 6)`}, nil, audit.Changed},
		"the first":      {[]string{`DELETE FROM audit_seals WHERE seq = 5`, `DELETE FROM audit_events WHERE id NOT IN (SELECT event FROM audit_seals)`}, nil, audit.Missing},
		"the tail":       {[]string{`DELETE FROM audit_seals WHERE seq >= 8`, `DELETE FROM audit_events WHERE id NOT IN (SELECT event FROM audit_seals)`}, nil, audit.TailCut},
		"the floor":      {[]string{`DROP TRIGGER audit_floors_no_delete`, `DELETE FROM audit_floors`}, nil, audit.Missing},
		"its hash":       {[]string{`DROP TRIGGER audit_floors_no_update`, `UPDATE audit_floors SET hash = x'00'`}, nil, audit.Changed},
		"an old line":    {nil, func(l []string) []string { l[1] = strings.Replace(l[1], "flow", "flaw", 1); return l }, audit.Rewritten},
		"a line is gone": {nil, func(l []string) []string { return slices.Delete(l, 1, 2) }, audit.CopyLacks},
		"a short copy":   {nil, func(l []string) []string { return l[:2] }, audit.CopyBehind},
	} {
		t.Run(name, func(t *testing.T) {
			d, clock := dbtest.New(t)
			l := &ledger{t, d, clock, filepath.Join(t.TempDir(), "audit.jsonl")}
			l.add(4)
			l.clock.Advance(kept)
			l.add(3)
			l.purged()
			if touch.copy != nil {
				l.write(touch.copy(l.lines()))
			} else {
				tamper(t, d, touch.sql...)
			}
			l.finds(l.path, touch.want)
		})
	}
}

// Two servers make a floor at once: one does.
func TestTwoFloorsAtOnceAreOne_AU01(t *testing.T) {
	eachLedger(t, func(l *ledger) {
		made := make(chan bool, 4)
		for range cap(made) {
			go func() {
				one, err := l.floor(kept)
				if err != nil {
					l.Error(err)
				}
				made <- one
			}()
		}
		n := 0
		for range cap(made) {
			if <-made {
				n++
			}
		}
		l.settle()
		if n != 1 || l.count(`SELECT count(*) FROM audit_floors`) != 1 {
			l.Errorf("%d made one", n)
		}
		l.finds(l.path, "")
	})
}
