package audit

import (
	"context"
	"errors"
	"fmt"
	"time"

	"pulih/db"
)

// Rule says how long one kind of row is kept, and why. The package that owns
// the rows owns the rule; nothing is deleted for its age outside of one
// (PR-04). What no rule deletes has neither Due nor Purge.
type Rule struct {
	Name   string   // in the audit log and on the console
	Tables []string // what it is about, with what goes along by cascade
	What   string   // Indonesian
	Since  string   // Indonesian: from when Keep runs, "" where nothing is deleted
	Why    string   // Indonesian, with its source
	Keep   time.Duration
	Batch  int // rows of one transaction; 0 is 500

	Minutely bool // swept each minute, not each hour
	Silent   bool // lives for minutes and is nobody's data: no row of the log tells of its end
	Nameless bool // is about nobody: who asks for his data is not told of it (PR-02)

	// Due counts what is due at or before a moment, and tells its oldest.
	Due func(ctx context.Context, tx *db.Tx, before db.Time) (n int, oldest db.Time, err error)
	// Purge removes some of it and says how many: fewer than most when
	// nothing is left.
	Purge func(ctx context.Context, tx *db.Tx, before db.Time, most int) (n int, err error)
}

// KeptByAgency is why what is no rule's to delete stays (UU 43/2009).
const KeptByAgency = "Disimpan sesuai jadwal retensi arsip instansi."

// KeptAsCounts is why counts by the day stay: nobody can be told from them.
const KeptAsCounts = "Hitungan tanpa nama, untuk laporan tahunan; tidak menunjuk siapa pun."

// Rules says how long the log is kept: for ever where keep is 0. Rows go only
// below a floor that MakeFloor has made.
func Rules(keep time.Duration) []Rule {
	r := Rule{Name: "audit", Tables: []string{"audit_events", "audit_seals", "audit_queue", "audit_places", "audit_placed"},
		What: "Log audit", Why: "Disimpan selamanya: rantainya membuktikan dirinya sendiri."}
	if keep > 0 {
		r.Keep, r.Since, r.Why = keep, "dicatat", "Salinan di luar basis data menyimpan semuanya (AU-04)."
		r.Due, r.Purge = Counted(countFloored), purgeFloored
	}
	return []Rule{r, {Name: "audit-floors", Tables: []string{"audit_floors", "audit_checks"},
		Nameless: true, What: "Awal rantai audit dan hasil pemeriksaannya", Why: "Membuktikan bahwa log audit utuh."}}
}

// purgeBatch keeps the one writer free: 500 rows take it some milliseconds.
const purgeBatch = 500

// Kept tells whether the rows stay: no rule deletes them.
func (r Rule) Kept() bool { return r.Purge == nil }

// Counted makes a Due of a statement that selects how many rows are due at
// $1, and the oldest's time.
func Counted(statement string) func(context.Context, *db.Tx, db.Time) (int, db.Time, error) {
	return func(ctx context.Context, tx *db.Tx, before db.Time) (n int, oldest db.Time, err error) {
		err = tx.Row(ctx, statement, before).Scan(&n, &oldest)
		return n, oldest, err
	}
}

// Deleted makes a Purge of a statement that deletes what is due at $1, $2
// rows at most.
func Deleted(statement string) func(context.Context, *db.Tx, db.Time, int) (int, error) {
	return func(ctx context.Context, tx *db.Tx, before db.Time, most int) (int, error) {
		n, err := tx.Exec(ctx, statement, before, most)
		return int(n), err
	}
}

// Purge runs every rule until nothing is due, in small transactions. One that
// fails holds up no other. Several processes may run it.
func Purge(ctx context.Context, d *db.DB, rules []Rule, by Actor) error {
	var failed error
	for _, r := range rules {
		if r.Kept() {
			continue
		}
		if err := r.run(ctx, d, by); err != nil {
			failed = errors.Join(failed, fmt.Errorf("audit: retention: %s: %w", r.Name, err))
		}
	}
	return failed
}

func (r Rule) run(ctx context.Context, d *db.DB, by Actor) error {
	most := r.Batch
	if most == 0 {
		most = purgeBatch
	}
	for n := most; n >= most; {
		err := d.Write(ctx, func(tx *db.Tx) (err error) {
			before := tx.Now.Add(-r.Keep)
			if n, err = r.Purge(ctx, tx, before, most); err != nil || r.Silent {
				return err
			}
			return r.note(ctx, tx, n, n < most, by)
		})
		if err != nil {
			return err
		}
	}
	return nil
}

// note keeps what a run has removed so far, and writes it down at its end:
// one row for a run, however many transactions it took.
func (r Rule) note(ctx context.Context, tx *db.Tx, n int, over bool, by Actor) error {
	var removed int
	if err := tx.Row(ctx, countRemoved, r.Name, tx.Now, n).Scan(&removed); err != nil || !over || removed == 0 {
		return err
	}
	if _, err := tx.Exec(ctx, endRun, r.Name, tx.Now); err != nil {
		return err
	}
	return Append(ctx, tx, Event{Actor: by, Action: RetentionPurged, Object: r.Name, Detail: map[string]string{
		"rule": r.Name, "count": fmt.Sprint(removed), "before": tx.Now.Add(-r.Keep).Time().Format(time.RFC3339)}})
}
