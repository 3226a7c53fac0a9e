package tickets

import (
	"context"
	"errors"
	"time"

	"pulih/audit"
	"pulih/db"
)

// How long a file is kept after its request has ended (UP-07): junk is what
// was refused, or what nobody ever proved to be his.
const (
	keptAfterEnd = 30 * 24 * time.Hour
	keptJunk     = 7 * 24 * time.Hour
)

// How a file ends.
const (
	endedByPerson = "ditarik"
	endedByTime   = "retensi"
)

var endings = map[string]string{endedByPerson: "Ditarik pemohon", endedByTime: "Dihapus karena masa simpan habis"}

// ending is a file that is about to be deleted.
type ending struct {
	file   string
	ticket Ticket
	why    string
	actor  audit.Actor
}

// end deletes the content and the key of a file, and keeps the row that tells
// of it.
func end(ctx context.Context, tx *db.Tx, e ending) error {
	if err := tx.One(ctx, endAttachment, e.file, tx.Now, e.why, []byte{}); err != nil {
		return err
	}
	return erase(ctx, tx, e)
}

func erase(ctx context.Context, tx *db.Tx, e ending) error {
	if err := tx.One(ctx, deleteContent, e.file); err != nil {
		return err
	}
	return audit.Append(ctx, tx, audit.Event{Actor: e.actor, Action: audit.AttachmentEnded, Person: e.ticket.Person, Object: e.ticket.ID,
		Result: e.why, Detail: map[string]string{"number": e.ticket.Number, "file": e.file}})
}

// PruneEvidence deletes the files whose time is over, some hundreds at once.
// The app runs it every few minutes.
func (d *Desk) PruneEvidence(ctx context.Context) error {
	overdue, err := d.overdue(ctx)
	for _, e := range overdue {
		err = errors.Join(err, d.endOverdue(ctx, e))
	}
	return err
}

func (d *Desk) overdue(ctx context.Context) (overdue []ending, err error) {
	err = d.db.Read(ctx, func(tx *db.Tx) (err error) {
		overdue, err = db.All(ctx, tx, scanOverdue, selectOverdue, tx.Now.Add(-keptJunk), tx.Now.Add(-keptAfterEnd))
		return err
	})
	return overdue, err
}

// endOverdue deletes a file whose time is over still: its request may have
// been reopened since it was read.
func (d *Desk) endOverdue(ctx context.Context, e ending) error {
	e.why, e.actor = endedByTime, audit.Actor{Kind: audit.Clock}
	err := d.db.Write(ctx, func(tx *db.Tx) error {
		junk, rest := tx.Now.Add(-keptJunk), tx.Now.Add(-keptAfterEnd)
		if err := tx.One(ctx, endOverdue, junk, rest, e.file, tx.Now, e.why, []byte{}); err != nil {
			return err
		}
		return erase(ctx, tx, e)
	})
	if errors.Is(err, db.ErrConflict) { // reopened, or another process was faster
		return nil
	}
	return err
}
