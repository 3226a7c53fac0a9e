package main

import (
	"bytes"
	"context"
	"fmt"
	"slices"
	"strings"
	"time"

	"pulih/audit"
	"pulih/db"
)

func (d doctor) audit(ctx context.Context) finding {
	return verified(ctx, d.db, audit.Terms{Copy: d.AuditCopy, Keep: d.keep})
}

// verified is what a check of the audit log finds.
func verified(ctx context.Context, d *db.DB, of audit.Terms) finding {
	r, err := audit.Verify(ctx, d, of, nil)
	if err != nil {
		return failed("audit", err, "")
	}
	f := agreement(of, r)
	for _, e := range r.Restored {
		f.More = append(f.More, restoredBy(e))
	}
	return f
}

// restoredBy is a restore that the chain tells of.
func restoredBy(e audit.Event) string {
	since := "; nothing is known of what had happened since the backup"
	switch known := e.Detail["known"]; {
	case e.Detail["last"] != "0":
		since = fmt.Sprintf("; events %s to %s had happened since the backup", e.Detail["first"], e.Detail["last"])
	case known != "" && known != "-":
		since = "; the copy, which ended with event " + known + ", told of nothing that had happened since the backup"
	}
	return "restored on " + e.At.Time().Format(time.RFC3339) + " from " + e.Detail["from"] + since
}

// agreement says whether chain and copy agree.
func agreement(of audit.Terms, r audit.Report) finding {
	const part = "audit"
	counts := fmt.Sprintf("%d events in the chain, %d in the copy", r.Sealed, r.Copied)
	switch {
	case slices.Contains(r.Findings, audit.Finding{What: audit.CopyGone}):
		return failed(part, fmt.Errorf("no copy at %s, and %d events are sealed: %w", of.Copy, r.Sealed, errNoCopy), "mount its disk, or fetch it from its own backup; --repair-copy begins a new one")
	case len(r.Findings) > 0:
		return disagrees(counts, r.Findings)
	case of.Copy == "":
		return fine(part, "%s; the chain is whole; without a copy a cut tail cannot be seen", counts)
	case r.Copied == 0 && r.Sealed == 0:
		return fine(part, "nothing is sealed yet: serve does it, and writes the copy")
	}
	return fine(part, "%s; they agree", counts)
}

func disagrees(counts string, all []audit.Finding) finding {
	f := failed("audit", fmt.Errorf("%s: %w", counts, errCheck), "change nothing: keep the copy, stop serve, compare with the newest backup")
	f.Text = counts + "; they do not agree"
	for _, one := range all {
		f.More = append(f.More, one.String())
	}
	return f
}

// figures derives what the reports count again, and compares.
func (d doctor) figures(ctx context.Context) finding {
	var told bytes.Buffer
	err := d.prove(ctx, d.db, screen{&told})
	lines := strings.Split(strings.TrimSpace(strings.ReplaceAll(told.String(), "figures: ", "")), "\n")
	if err != nil {
		f := failed("figures", err, "pulih figures --rebuild, beside a running server too")
		f.More = lines
		return f
	}
	return fine("figures", "%s", strings.Join(lines, "; "))
}
