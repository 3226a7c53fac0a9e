package audit_test

import (
	"context"
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

// insertEvent is what somebody with the database writes past Append.
const insertEvent = `INSERT INTO audit_events (id, at, actor_kind, actor, action, person, object, result, detail, request, network)
	VALUES ($1, $2, 'clock', '', $3, '', '', 'ok', $4, '', '')`

func (l *ledger) must(statement string, values ...any) {
	l.Helper()
	if err := l.do(statement, values...); err != nil {
		l.Fatal(statement, err)
	}
}

// forge writes an event and lets the server seal and copy it.
func (l *ledger) forge(id string, at db.Time, action audit.Action, detail string) {
	l.Helper()
	l.must(insertEvent, id, at, action, detail)
	l.must(`INSERT INTO audit_queue (event) VALUES ($1)`, id)
	l.settle()
}

// has wants a problem under terms.
func (l *ledger) has(of audit.Terms, want audit.Problem) {
	l.Helper()
	if f := found(l.T, l.DB, of); !slices.ContainsFunc(f, func(f audit.Finding) bool { return f.What == want }) {
		l.Errorf("found %v, want %q", f, want)
	}
}

func eachLog(t *testing.T, do func(l *ledger)) {
	dbtest.Each(t, func(t *testing.T, d *db.DB, clock *dbtest.Clock) {
		l := &ledger{t, d, clock, filepath.Join(t.TempDir(), "audit.jsonl")}
		l.add(3)
		if f := found(t, d, audit.Terms{Copy: l.path}); len(f) != 0 {
			t.Fatal(f)
		}
		do(l)
	})
}

// Whoever writes the database writes a floor over everything, and the event
// that tells of it, with times of his choice: minutes-old rows then go without
// a trigger in the way.
func TestAForgedFloorWithItsEventIsFound_impostor26(t *testing.T) {
	for name, times := range map[string]struct{ until, told time.Duration }{
		"told ahead": {0, kept + time.Hour}, "until long ago": {-kept - time.Hour, 0},
	} {
		t.Run(name, func(t *testing.T) {
			eachLog(t, func(l *ledger) {
				var hash []byte
				_ = l.Read(context.Background(), func(tx *db.Tx) error {
					return tx.Row(context.Background(), `SELECT hash FROM audit_seals WHERE seq = 3`).Scan(&hash)
				})
				until := l.Now().Add(times.until)
				l.must(`INSERT INTO audit_floors (seq, hash, until, at) VALUES (3, $1, $2, $3)`, hash, until, l.Now().Add(-2*time.Hour))
				l.forge("01ffffff-ffff-7000-8000-000000000001", l.Now().Add(times.told), audit.FloorMade,
					fmt.Sprintf(`{"seq":"3","hash":"%x","until":"%d"}`, hash, until))
				l.must(`DELETE FROM audit_places WHERE event IN (SELECT event FROM audit_seals WHERE seq <= 3)`)
				l.must(`DELETE FROM audit_seals WHERE seq <= 3`)
				if times.until == 0 {
					l.must(`DELETE FROM audit_events WHERE id NOT IN (SELECT event FROM audit_seals)`)
				}
				for _, copied := range []string{"", l.path} {
					l.has(audit.Terms{Copy: copied}, audit.Floored)
				}
				l.has(audit.Terms{Copy: l.path, Keep: kept}, audit.TooYoung)
			})
		})
	}
}

// Rows that a purge took too early are found by the copy, which keeps them.
func TestALineYoungerThanThePeriodIsFound_impostor26(t *testing.T) {
	eachLedger(t, func(l *ledger) {
		l.purged()
		l.has(audit.Terms{Copy: l.path, Keep: 2 * kept}, audit.TooYoung)
		l.finds(l.path, "")
	})
}

// A sealed event that is queued again stopped the sealer without a word.
func TestASealedEventInTheQueueDoesNotStopTheSealer_impostor26(t *testing.T) {
	eachLog(t, func(l *ledger) {
		l.must(`INSERT INTO audit_queue (event) SELECT event FROM audit_seals WHERE seq = 1`)
		write(l.T, l.DB, 2)
		l.has(audit.Terms{Copy: l.path}, audit.Requeued)
		n, err := audit.Sealer{DB: l.DB, Where: ours}.Seal(context.Background())
		if n != 2 || err == nil || !strings.Contains(err.Error(), "queue again") {
			l.Error(n, err)
		}
		l.settle()
		l.finds(l.path, "")
	})
}

// A conflict that is no race is an error: here a trigger that lets the queue
// stay as it is.
func TestAConflictWhileTheChainStandsIsAnError_impostor26(t *testing.T) {
	d, _ := dbtest.New(t)
	write(t, d, 1)
	keep(t, d, `CREATE TRIGGER x BEFORE DELETE ON audit_queue BEGIN SELECT RAISE(IGNORE); END`)
	if n, err := (audit.Sealer{DB: d, Where: ours}).Seal(context.Background()); err == nil {
		t.Error("sealed without a word: ", n)
	}
}

func TestAnEventThatNobodySealsIsFound_impostor26(t *testing.T) {
	eachLog(t, func(l *ledger) {
		write(l.T, l.DB, 2)
		l.clock.Advance(4 * time.Minute)
		l.finds(l.path, "")
		l.clock.Advance(2 * time.Minute)
		l.has(audit.Terms{Copy: l.path}, audit.Waiting)
		l.settle()
		l.finds(l.path, "")
		l.must(`INSERT INTO audit_queue (event) VALUES ('nothing')`)
		l.has(audit.Terms{Copy: l.path}, audit.Waiting)
	})
}

// A forged event outside the chain is shown to supervisors by its place.
func TestAForgedSealIsFound_AU01(t *testing.T) {
	eachLog(t, func(l *ledger) {
		l.must(insertEvent, "forged", l.Now(), audit.SignIn, "{}")
		l.must(`INSERT INTO audit_seals (seq, event, hash) SELECT -1, 'forged', hash FROM audit_seals WHERE seq = 1`)
		l.must(`INSERT INTO audit_places (agency, event, at, actor, action, person, object, result) VALUES ('a', 'forged', 1, 'x', 'x', '', '', 'ok')`)
		for _, want := range []audit.Problem{audit.Unnumbered, audit.Outside, audit.PlacedOutside} {
			l.has(audit.Terms{Copy: l.path}, want)
		}
	})
	d, _ := dbtest.New(t)
	write(t, d, 1)
	keep(t, d, `DELETE FROM audit_queue`, `INSERT INTO audit_seals (seq, event, hash) SELECT NULL, id, x'00' FROM audit_events`)
	if f := findings(t, d, ""); !slices.Contains(f, audit.Finding{What: audit.Unnumbered, Count: 1}) {
		t.Error("NULL: ", f)
	}
}

func TestABackdatedEventIsFound_AU01(t *testing.T) {
	eachLog(t, func(l *ledger) {
		l.clock.Advance(-50 * time.Minute) // a clock that was set right
		l.add(1)
		l.clock.Advance(50 * time.Minute)
		l.finds(l.path, "")
		l.forge("0000-back", l.Now().Add(-2*time.Hour), audit.SignIn, "{}")
		l.finds(l.path, audit.Backdated)
	})
	eachLog(t, func(l *ledger) {
		l.forge("0000-ahead", l.Now().Add(2*time.Hour), audit.SignIn, "{}")
		l.finds(l.path, audit.Ahead)
	})
}

// The last seal stands, and its event is gone.
func TestAGoneEventUnderTheLastSealIsFound_AU01(t *testing.T) {
	d, _ := dbtest.NewPostgres(t)
	write(t, d, 3)
	seal(t, d)
	keep(t, d, `ALTER TABLE audit_events DISABLE TRIGGER audit_events_floor`, `ALTER TABLE audit_seals DROP CONSTRAINT audit_seals_event_fkey`,
		`DELETE FROM audit_events WHERE id = (SELECT event FROM audit_seals WHERE seq = 3)`)
	if f := findings(t, d, ""); !slices.Contains(f, audit.Finding{Seq: 3, What: audit.Missing}) {
		t.Error(f)
	}
}

// The hash of a line stays, and what it says is another story.
func TestALineOfTheCopyThatLiesIsFound_impostor26(t *testing.T) {
	d, _ := dbtest.New(t)
	path := copyOf(t, d, 3)
	text, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	lines := slices.Collect(strings.Lines(string(text)))
	lines[1] = strings.Replace(lines[1], "flow", "flaw", 1)
	if err := os.WriteFile(path, []byte(strings.Join(lines, "")), 0o600); err != nil {
		t.Fatal(err)
	}
	if f := findings(t, d, path); len(f) != 1 || f[0] != (audit.Finding{Seq: 2, What: audit.Rewritten}) {
		t.Error(f)
	}
}
