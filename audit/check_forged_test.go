package audit_test

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"testing"
	"time"

	"pulih/audit"
	"pulih/db"
)

const insertCheck = `INSERT INTO audit_checks (id, asked_at, kind, asked_by, ended_at, sealed, copied, findings, failed)
	VALUES ($1, $2, 'clock', '', $3, 3, 3, '[]', FALSE)`

// rewritten changes an event: the next check finds it.
func (l *ledger) rewritten() {
	l.Helper()
	off := `DROP TRIGGER audit_events_no_update`
	if l.Engine == db.Postgres {
		off = `ALTER TABLE audit_events DISABLE TRIGGER audit_events_append_only`
	}
	l.must(off)
	l.must(`UPDATE audit_events SET result = 'refused' WHERE id = (SELECT event FROM audit_seals WHERE seq = 2)`)
}

func (l *ledger) stands(c *audit.Checker, what string, bad bool) {
	l.Helper()
	k, err := c.Standing(context.Background())
	if err != nil || k.EndedAt == 0 || (k.Count() > 0) != bad {
		l.Errorf("%s: %+v, %v", what, k, err)
	}
}

func (l *ledger) check(c *audit.Checker) {
	l.Helper()
	l.clock.Advance(time.Minute)
	k, err := c.Begin(context.Background(), audit.Actor{Kind: audit.Clock})
	if err == nil {
		_, err = c.Carry(context.Background(), k)
	}
	if err != nil {
		l.Fatal(err)
	}
	l.settle()
}

// Neither checks that somebody wrote, ahead of now or just now, nor ten that
// were broken off take away what one has found, or the night's own.
func TestAForgedCheckIsIgnoredAndFound_AU01(t *testing.T) {
	for name, c := range map[string]struct {
		ahead, ended time.Duration
		found        audit.Problem
	}{"ahead": {time.Hour, time.Hour, audit.Unasked}, "now": {0, time.Minute, audit.Untold}, "broken off": {0, 0, ""}} {
		t.Run(name, func(t *testing.T) {
			eachLog(t, func(l *ledger) {
				l.rewritten()
				checker := &audit.Checker{DB: l.DB}
				l.check(checker)
				l.stands(checker, "before", true)
				l.clock.Advance(24 * time.Hour)
				night := l.Now()
				l.clock.Advance(time.Minute)
				for n := range 12 {
					at, ended := l.Now().Add(c.ahead), db.Time(0)
					if c.ended > 0 {
						ended = at.Add(c.ended)
					}
					l.must(insertCheck, fmt.Sprint("fake", n), at+db.Time(n), ended)
				}
				l.stands(checker, name, true)
				if due, err := checker.Due(context.Background(), night); err != nil || !due {
					l.Error("the night is skipped: ", err)
				}
				f := found(l.T, l.DB, audit.Terms{})
				if has := slices.Contains(f, audit.Finding{What: c.found, Count: 12}); has != (c.found != "") {
					l.Error(f)
				}
				if last, err := checker.Last(context.Background(), 20); err != nil || slices.ContainsFunc(last, func(k audit.Check) bool { return k.EndedAt > 0 && k.Count() == 0 }) {
					l.Error("a clean bill is shown: ", last, err)
				}
			})
		})
	}
}

// What a check found stands until a later one has ended and found nothing.
func TestAFindingStandsUntilACleanCheck_AU01(t *testing.T) {
	eachLog(t, func(l *ledger) {
		checker := &audit.Checker{DB: l.DB, Copy: l.path}
		l.must(`UPDATE audit_placed SET below = 9`)
		l.check(checker)
		l.stands(checker, "found", true)
		l.clock.Advance(time.Minute)
		if _, err := checker.Begin(context.Background(), audit.Actor{Kind: audit.Clock}); err != nil {
			l.Fatal(err)
		}
		l.stands(checker, "broken off", true)
		l.must(`UPDATE audit_placed SET below = 1`)
		l.check(&audit.Checker{DB: l.DB, Copy: l.path})
		l.stands(checker, "clean", false)
	})
}

// A check that ended is never changed, and none goes.
func TestAnEndedCheckStays_AU01(t *testing.T) {
	eachLog(t, func(l *ledger) {
		l.check(&audit.Checker{DB: l.DB})
		for _, q := range []string{`UPDATE audit_checks SET findings = '[]'`, `UPDATE audit_checks SET ended_at = 0`, `DELETE FROM audit_checks`} {
			if err := l.do(q); err == nil {
				l.Error(q, " passed")
			}
		}
	})
}

// A check reads the whole log and leaves rows in it for ever: after a clean one
// staff wait ten minutes. The clock does not, nor does anybody after a finding.
func TestStaffCheckOnceInTenMinutes(t *testing.T) {
	eachLog(t, func(l *ledger) {
		checker, staff := &audit.Checker{DB: l.DB}, audit.Actor{Kind: audit.Staff, ID: "sari"}
		begins := func(by audit.Actor) error {
			k, err := checker.Begin(context.Background(), by)
			if err == nil {
				_, err = checker.Carry(context.Background(), k)
			}
			return err
		}
		if err := begins(staff); err != nil {
			l.Fatal(err)
		}
		l.clock.Advance(10*time.Minute - 1000)
		for range 3 {
			if err := begins(staff); !errors.Is(err, audit.ErrChecked) {
				l.Error(err)
			}
		}
		if n := l.count(`SELECT count(*) FROM audit_checks`); n != 1 {
			l.Error("rows are left: ", n)
		}
		if err := begins(audit.Actor{Kind: audit.Clock}); err != nil {
			l.Error("the clock: ", err)
		}
		l.clock.Advance(10 * time.Minute)
		l.rewritten()
		for range 2 {
			if err := begins(staff); err != nil {
				l.Error("after a finding: ", err)
			}
		}
	})
}

// A hundred findings of one kind drown no other, and the rest is counted.
func TestOneOfEachKindIsListed_AU01(t *testing.T) {
	eachLog(t, func(l *ledger) {
		l.add(150)
		off := `DROP TRIGGER audit_events_no_update`
		if l.Engine == db.Postgres {
			off = `ALTER TABLE audit_events DISABLE TRIGGER audit_events_append_only`
		}
		l.must(off)
		l.must(`UPDATE audit_events SET result = 'refused'`)
		l.must(`INSERT INTO audit_queue (event) SELECT event FROM audit_seals WHERE seq = 1`)
		r, err := audit.Verify(context.Background(), l.DB, audit.Terms{Copy: l.path}, nil)
		if err != nil {
			l.Fatal(err)
		}
		last := r.Findings[len(r.Findings)-1]
		if last.What != audit.Further || r.Count() != len(r.Findings)-1+int(last.Count) || r.Count() < 150 || len(r.Findings) > 110 {
			l.Error(len(r.Findings), r.Count(), last)
		}
		for _, want := range []audit.Problem{audit.Changed, audit.Requeued, audit.Unguarded} {
			if !slices.ContainsFunc(r.Findings, func(f audit.Finding) bool { return f.What == want }) {
				l.Error("no ", want)
			}
		}
	})
}
