package main

import (
	"bytes"
	"context"
	"errors"
	"io"
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

// served is an installation that served for an hour, and was stopped.
func served(t *testing.T) map[string]string {
	t.Helper()
	settings := lawSettings(t)
	first := lawServe(t, settings, slog.DiscardHandler)
	must(t, first.db.Write(t.Context(), func(tx *db.Tx) error {
		return errors.Join(happened(t.Context(), tx, "0", 50*time.Minute), happened(t.Context(), tx, "00", 40*time.Minute))
	}))
	first.agent(t)
	first.stop()
	first.ended(t)
	return settings
}

// happened writes an event of the past, which is sealed before those of now: an
// ID is the time of an event, and these come before all times.
func happened(ctx context.Context, tx *db.Tx, id string, ago time.Duration) error {
	_, err := tx.Exec(ctx, `INSERT INTO audit_events VALUES ($1, $2, 'clock', '', 'report.read', '', '', 'ok', '{}', '', '')`, id, tx.Now.Add(-ago))
	if err == nil {
		_, err = tx.Exec(ctx, `INSERT INTO audit_queue VALUES ($1)`, id)
	}
	return err
}

// A server that starts with a copy that was cut writes it not anew: it logs,
// and a check tells supervisors. It goes on when an operator has said so.
func TestServeLeavesACutCopyAlone_impostor26(t *testing.T) {
	settings, ctx := served(t), context.Background()
	whole := contentOf(settings["audit-copy"])
	cut := whole[:bytes.Index(whole, []byte(`"ID":"00"`))]
	cut = cut[:bytes.LastIndexByte(cut, '\n')+1]
	must(t, os.WriteFile(settings["audit-copy"], cut, 0o600))
	log := &lines{}
	second := lawServe(t, settings, slog.NewTextHandler(log, nil))
	found := second.checked(t)
	second.stop()
	second.ended(t)
	if !slices.ContainsFunc(found, func(f audit.Finding) bool { return f.What == audit.CopyBehind }) || !strings.Contains(log.String(), "not where it was left") {
		t.Errorf("%v\n%s", found, log)
	}
	if text := contentOf(settings["audit-copy"]); !bytes.Equal(text, cut) {
		t.Fatalf("it was written to: %s", text)
	}
	continued(t, settings)
	third := lawServe(t, settings, slog.DiscardHandler)
	third.stop()
	third.ended(t)
	if r, err := audit.Verify(ctx, third.db, audit.Terms{Copy: third.auditCopy}, nil); err != nil || len(r.Findings) > 0 || r.Copied != r.Sealed {
		t.Error(r, err)
	}
}

// continued is the operator's word that the copy may be written on.
func continued(t *testing.T, settings map[string]string) {
	t.Helper()
	check := checkCmd{Database: settings["database"], AuditCopy: settings["audit-copy"], RepairCopy: true, figuresFlags: figuresFlags{Zone: "WITA"}, screen: screen{io.Discard}}
	if err := check.Run(t.Context()); err != nil {
		t.Error(err)
	}
}

// checked waits for the check that a start with a held copy begins; an earlier
// server's may have ended before.
func (l *lawServer) checked(t *testing.T) []audit.Finding {
	t.Helper()
	for range 200 {
		all, err := l.app.Checks.Last(context.Background(), 9)
		must(t, err)
		for _, k := range all {
			if k.EndedAt > 0 && slices.ContainsFunc(k.Findings, func(f audit.Finding) bool { return f.What == audit.CopyHeld }) {
				return k.Findings
			}
		}
		time.Sleep(50 * time.Millisecond)
	}
	t.Fatal("no check finds a copy that is held")
	return nil
}
