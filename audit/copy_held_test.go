package audit_test

import (
	"context"
	"errors"
	"os"
	"slices"
	"strings"
	"testing"
	"time"

	"pulih/audit"
	"pulih/db"
	"pulih/db/dbtest"
)

// restarted is the copier of a server that starts.
func (l *ledger) restarted() *audit.Copier {
	l.Helper()
	c, err := audit.NewCopier(context.Background(), l.DB, l.path)
	if err != nil {
		l.Fatal(err)
	}
	l.Cleanup(func() { _ = c.Close() })
	return c
}

// checked carries out the check that a start begins.
func (l *ledger) checked(c *audit.Copier) []audit.Finding {
	l.Helper()
	s := audit.Sealer{DB: l.DB, Where: ours}
	checker := &audit.Checker{DB: l.DB, Copy: l.path, Keep: kept, Copier: c, Sealer: &s}
	k, err := checker.Begin(context.Background(), audit.Actor{Kind: audit.Clock})
	if err == nil {
		k, err = checker.Carry(context.Background(), k)
	}
	if err != nil {
		l.Fatal(err)
	}
	return k.Findings
}

// aged is a log with a copy, written over an hour.
func (l *ledger) aged() {
	for range 4 {
		l.clock.Advance(15 * time.Minute)
		l.add(2)
	}
}

// A server that finds its copy cut, emptied, gone, unreadable or different adds
// nothing to it: whoever rewrote the database and cut the copy would have
// Pulih itself write the forged lines.
func TestACopyThatWasTouchedIsNotWrittenAnew_impostor26(t *testing.T) {
	for name, c := range map[string]struct {
		touch func(lines []string) []string
		why   audit.Problem
		found audit.Problem
	}{
		"cut":        {func(l []string) []string { return l[:4] }, audit.CopyBehind, audit.CopyBehind},
		"empty":      {func([]string) []string { return nil }, audit.CopyBehind, audit.CopyBehind},
		"gone":       {nil, audit.CopyGone, audit.CopyGone},
		"unreadable": {func(l []string) []string { l[5] = "?\n"; return l }, audit.CopyBroken, audit.CopyBroken},
		"different":  {func(l []string) []string { l[10] = strings.Replace(l[10], `"Hash":"`, `"Hash":"AAAA`, 1); return l }, audit.Rewritten, audit.Rewritten},
		"longer":     {func(l []string) []string { return append(l, strings.Replace(l[10], `"Seq":11`, `"Seq":12`, 1)) }, audit.TailCut, audit.Rewritten},
	} {
		t.Run(name, func(t *testing.T) {
			eachLog(t, func(l *ledger) {
				l.aged()
				if c.touch == nil {
					_ = os.Remove(l.path)
				} else {
					l.write(c.touch(l.lines()))
				}
				before, _ := os.ReadFile(l.path)
				copier := l.restarted()
				write(l.T, l.DB, 1)
				seal(l.T, l.DB)
				if n, err := copier.Copy(context.Background()); n != 0 || !errors.Is(err, audit.ErrCopyHeld) || copier.Held() != c.why {
					l.Error(n, err, copier.Held())
				}
				if after, _ := os.ReadFile(l.path); string(after) != string(before) {
					l.Error("it was written to")
				}
				f := l.checked(copier)
				for _, want := range []audit.Problem{audit.CopyHeld, c.found} {
					if !slices.ContainsFunc(f, func(f audit.Finding) bool { return f.What == want }) {
						l.Errorf("no %s: %v", want, f)
					}
				}
			})
		})
	}
}

// The attack: history is changed and sealed anew while the server is down, and
// the copy cut to fit. It was found neither at the start nor later.
func TestAChangedHistoryDoesNotGetIntoTheCopy_impostor26(t *testing.T) {
	d, clock := dbtest.New(t)
	l := &ledger{t, d, clock, t.TempDir() + "/audit.jsonl"}
	l.aged()
	tamper(t, d, `DELETE FROM audit_places WHERE event IN (SELECT event FROM audit_seals WHERE seq > 4)`,
		`INSERT INTO audit_queue (event) SELECT event FROM audit_seals WHERE seq > 4`, `DELETE FROM audit_seals WHERE seq > 4`,
		`UPDATE audit_events SET result = 'refused' WHERE id IN (SELECT event FROM audit_queue)`)
	l.write(l.lines()[:4])
	seal(t, d) // by whoever forges, or by the server before it copies
	copier := l.restarted()
	if n, err := copier.Copy(context.Background()); n != 0 || err == nil {
		t.Error("the copy was forged: ", n)
	}
	clock.Advance(time.Hour)
	l.finds(l.path, audit.CopyBehind)
}

// A stop in the wrong second leaves the last lines out: they are added without
// a word.
func TestTheLastSecondsAreCopiedLater_AU04(t *testing.T) {
	eachLog(t, func(l *ledger) {
		l.aged()
		write(l.T, l.DB, 2)
		seal(l.T, l.DB)
		l.clock.Advance(4 * time.Minute)
		write(l.T, l.DB, 2)
		seal(l.T, l.DB)
		l.clock.Advance(240 * time.Hour)
		if n, err := l.restarted().Copy(context.Background()); n != 4 || err != nil {
			l.Error(n, err)
		}
		l.finds(l.path, "")
	})
}

// Only an operator has a copy continued, which the log tells of.
func TestAnOperatorHasTheCopyContinued_impostor26(t *testing.T) {
	eachLog(t, func(l *ledger) {
		l.aged()
		operator, ctx := audit.Actor{Kind: audit.Console, ID: "root"}, context.Background()
		running := l.restarted()
		l.write(l.lines()[:4])
		if _, err := audit.RepairCopy(ctx, l.DB, l.path, operator); !errors.Is(err, audit.ErrCopyUsed) {
			l.Error("beside a server: ", err)
		}
		_ = running.Close()
		if n, err := audit.RepairCopy(ctx, l.DB, l.path, operator); n != 7 || err != nil {
			l.Fatal(n, err)
		}
		l.settle()
		l.finds(l.path, "")
		told := search(l.T, l.DB, audit.Filter{Agency: "a", Action: audit.CopyRepaired}, audit.Mark{}, 9)
		if len(told) != 1 || told[0].Actor != operator || told[0].Detail["from"] != "5" {
			l.Error(told)
		}
		if n, err := audit.RepairCopy(ctx, l.DB, l.path, operator); n != 0 || err != nil {
			l.Error("what is whole was repaired: ", n, err)
		}
		lines := l.lines()
		l.write(append(lines[:2], "?\n"))
		if _, err := audit.RepairCopy(ctx, l.DB, l.path, operator); !errors.Is(err, audit.ErrCopyDiffers) || len(l.lines()) != 3 {
			l.Error("an unreadable one: ", err)
		}
	})
}

// What the purge took stands in the copy alone: a cut copy cannot be continued.
func TestACopyShorterThanTheFloorIsNotRepaired_impostor26(t *testing.T) {
	eachLedger(t, func(l *ledger) {
		l.purged()
		l.write(l.lines()[:2])
		if why := l.restarted().Held(); why != audit.CopyLacks {
			l.Error(why)
		}
		if _, err := audit.RepairCopy(context.Background(), l.DB, l.path, audit.Actor{Kind: audit.Console}); !errors.Is(err, audit.ErrCopyDiffers) {
			l.Error(err)
		}
	})
}

// The console seals too while no server runs; it brings the copy along, and
// leaves one alone that is held or in use.
func TestTheConsoleBringsTheCopyAlong_AU04(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB, clock *dbtest.Clock) {
		l := &ledger{t, d, clock, t.TempDir() + "/audit.jsonl"}
		l.aged()
		for n, open := range []bool{false, true} {
			write(t, d, 1)
			seal(t, d)
			if open {
				l.restarted()
			}
			if err := audit.CatchUpCopy(context.Background(), d, l.path); err != nil || len(l.lines()) != 9 {
				t.Errorf("%d: %v, %d lines", n, err, len(l.lines()))
			}
		}
	})
}

// The data go back under a server whose own copy is held, because it lacks or
// is gone: it knows what it saw, and seals nothing more, neither does a check.
func TestAHeldCopyStillSeesThatTheDataWentBack_impostor19(t *testing.T) {
	for name, want := range map[string]audit.Problem{"cut": audit.TailCut, "another story": audit.Rewritten} {
		t.Run(name, func(t *testing.T) {
			d, clock := dbtest.New(t)
			l := &ledger{t, d, clock, t.TempDir() + "/audit.jsonl"}
			l.aged()
			if err := os.Remove(l.path); err != nil {
				t.Fatal(err)
			}
			copier := l.restarted()
			if held := copier.Held(); held != audit.CopyGone {
				t.Fatal(held)
			}
			tamper(t, d, `DELETE FROM audit_places WHERE event IN (SELECT event FROM audit_seals WHERE seq > 4)`, `DELETE FROM audit_seals WHERE seq > 4`)
			if want == audit.Rewritten {
				write(t, d, 9)
				seal(t, d)
			}
			sealed := l.count(`SELECT count(*) FROM audit_seals`)
			write(t, d, 1)
			l.checked(copier)
			if got := l.count(`SELECT count(*) FROM audit_seals`); got != sealed || copier.Held() != want {
				t.Errorf("%d sealed, then %d; held: %s", sealed, got, copier.Held())
			}
		})
	}
}
