package tickets

import (
	"context"
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
	if _, err := tx.Exec(ctx, deleteContent, e.file); err != nil {
		return err
	}
	return audit.Append(ctx, tx, audit.Event{Actor: e.actor, Action: audit.AttachmentEnded, Person: e.ticket.Person, Object: e.ticket.ID,
		Result: e.why, Detail: map[string]string{"number": e.ticket.Number, "file": e.file}})
}
