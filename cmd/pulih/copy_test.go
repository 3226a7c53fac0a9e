package main

import (
	"bytes"
	"context"
	"log/slog"
	"os"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"pulih/audit"
	"pulih/db"
)

// lines is a log that several write.
type lines struct {
	mu sync.Mutex
	b  bytes.Buffer
}

func (l *lines) Write(p []byte) (int, error) {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.b.Write(p)
}

func (l *lines) String() string {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.b.String()
}

// A server that starts with an emptied copy writes it not anew: it logs, and a
// check tells supervisors. It goes on when an operator has said so.
func TestServeLeavesAnEmptiedCopyAlone_impostor26(t *testing.T) {
	settings, ctx := lawSettings(t), context.Background()
	first := lawServe(t, settings, slog.DiscardHandler)
	if err := first.db.Write(ctx, func(tx *db.Tx) error {
		_, err := tx.Exec(ctx, `INSERT INTO audit_events VALUES ('0', $1, 'clock', '', 'report.read', '', '', 'ok', '{}', '', '')`, tx.Now.Add(-50*time.Minute))
		if err == nil {
			_, err = tx.Exec(ctx, `INSERT INTO audit_queue VALUES ('0')`)
		}
		return err
	}); err != nil {
		t.Fatal(err)
	}
	first.agent(t)
	first.stop()
	first.ended(t)
	if err := os.Truncate(settings["audit-copy"], 0); err != nil {
		t.Fatal(err)
	}
	log := &lines{}
	second := lawServe(t, settings, slog.NewTextHandler(log, nil))
	found := second.checked(t)
	second.stop()
	second.ended(t)
	if !slices.ContainsFunc(found, func(f audit.Finding) bool { return f.What == audit.CopyHeld }) || !strings.Contains(log.String(), "not where it was left") {
		t.Errorf("%v\n%s", found, log)
	}
	if text, err := os.ReadFile(settings["audit-copy"]); err != nil || len(text) > 0 {
		t.Fatalf("%v, it was written anew: %s", err, text)
	}
	check := checkCmd{Database: settings["database"], AuditCopy: settings["audit-copy"], RepairCopy: true, figuresFlags: figuresFlags{Zone: "WITA"}}
	if err := check.Run(ctx); err != nil {
		t.Error(err)
	}
	third := lawServe(t, settings, slog.DiscardHandler)
	third.stop()
	third.ended(t)
	if r, err := audit.Verify(ctx, third.db, audit.Terms{Copy: third.auditCopy}, nil); err != nil || len(r.Findings) > 0 || r.Copied != r.Sealed {
		t.Error(r, err)
	}
}

// checked waits for the check that a start begins.
func (l *lawServer) checked(t *testing.T) []audit.Finding {
	t.Helper()
	for range 100 {
		all, err := l.app.Checks.Last(context.Background(), 1)
		if err != nil {
			t.Fatal(err)
		}
		if len(all) > 0 && all[0].EndedAt > 0 {
			return all[0].Findings
		}
		time.Sleep(50 * time.Millisecond)
	}
	t.Fatal("no check")
	return nil
}
