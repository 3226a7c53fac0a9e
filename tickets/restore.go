package tickets

import (
	"context"
	"errors"
	"fmt"

	"pulih/audit"
	"pulih/db"
)

// Restored says what a restore did to requests. Lost are the numbers of those
// that were filed after the backup, by the copy of the audit log.
type Restored struct {
	Reopened, Drafts int
	Settings         int      // made again
	Unmade           []string // settings that the log tells of and no form would take
	Codes            int64
	Lost             []string
	Ended            []string // stopped since, and stopped again
	Doubted          []string // went on since, or are done: nothing is proven
}

// Restore opens every request again that stood at a check or beyond it, with
// nothing proven: what was found out then may have been taken back since
// (impostor 19). What befell requests since befalls them again; where that is
// unknown, nothing is proven of any. Codes, drafts and open requests for data
// are void.
func (d *Desk) Restore(ctx context.Context, tx *db.Tx, since []audit.Event, unknown bool) (done Restored, err error) {
	doubtful := selectBeyondCheck
	if unknown {
		doubtful = selectAllLive
	}
	beyond, err := db.All(ctx, tx, scanTicket, doubtful)
	for _, r := range beyond {
		if err := d.restore(ctx, tx, &r); err != nil {
			return done, fmt.Errorf("tickets: restore %s: %w", r.Number, err)
		}
		done.Reopened++
	}
	if err == nil {
		err = d.overtake(ctx, tx, since, &done)
	}
	if err == nil {
		err = endFiles(ctx, tx, since)
	}
	if err == nil {
		done.Drafts, err = dropDrafts(ctx, tx)
	}
	if err == nil {
		done.Codes, err = voidCodes(ctx, tx)
	}
	if err == nil {
		err = d.resettle(ctx, tx, since, &done)
	}
	done.Lost = filedSince(since)
	return done, err
}

func (d *Desk) restore(ctx context.Context, tx *db.Tx, r *record) error {
	p, err := d.gate(ctx, tx, r, clockStep(VerbRestore))
	if err != nil {
		return err
	}
	p.Reason = "Data dipulihkan dari cadangan."
	return d.move(ctx, tx, p)
}

// dropDrafts deletes what nobody has sent: its tokens are those of the backup.
func dropDrafts(ctx context.Context, tx *db.Tx) (int, error) {
	all, err := db.All(ctx, tx, scanID, selectDraftIDs)
	for _, id := range all {
		if _, err := dropFiles(ctx, tx, id, audit.Actor{Kind: audit.Clock}); err != nil {
			return 0, err
		}
	}
	if err == nil {
		_, err = tx.Exec(ctx, deleteDrafts)
	}
	return len(all), err
}

func voidCodes(ctx context.Context, tx *db.Tx) (int64, error) {
	mailed, err := tx.Exec(ctx, voidEmailCodes)
	called, err2 := tx.Exec(ctx, voidCallCodes, tx.Now)
	_, err3 := tx.Exec(ctx, voidAccess, tx.Now)
	return mailed + called, errors.Join(err, err2, err3)
}

func filedSince(since []audit.Event) (numbers []string) {
	for _, e := range since {
		if e.Action == audit.Ticket+audit.Action(VerbOpen) {
			numbers = append(numbers, e.Detail["number"])
		}
	}
	return numbers
}
