package tickets

import (
	"context"
	"errors"

	"pulih/db"
)

const attachmentColumns = `id, kind, type, size, added_at, ended_at, why`

const (
	insertAttachment = `INSERT INTO attachments (id, ticket, draft, kind, type, size, key, added_at, ended_at, why)
		VALUES ($1, $2, $3, $4, $5, $6, $7, $8, 0, '')`
	insertContent = `INSERT INTO attachment_contents (attachment, sealed) VALUES ($1, $2)`

	// Either of the two is '', and each has an index of its own.
	countAttachments = `SELECT (SELECT count(*) FROM attachments WHERE ticket = $1 AND ticket <> '' AND ended_at = 0)
		+ (SELECT count(*) FROM attachments WHERE draft = $2 AND draft <> '' AND ended_at = 0)`
	selectAttachments = `SELECT ` + attachmentColumns + ` FROM attachments WHERE ticket = $1 AND ticket <> '' ORDER BY id`
	selectAttachment  = `SELECT ` + attachmentColumns + ` FROM attachments WHERE ticket = $1 AND ticket <> '' AND id = $2 AND ended_at = 0`
	selectContent     = `SELECT a.key, c.sealed FROM attachments a JOIN attachment_contents c ON c.attachment = a.id WHERE a.id = $1`

	endAttachment = `UPDATE attachments SET ended_at = $2, why = $3, key = $4 WHERE id = $1 AND ended_at = 0`
	deleteContent = `DELETE FROM attachment_contents WHERE attachment = $1`
	voidProofsOf  = `UPDATE ticket_proofs SET voided_at = $3 WHERE ticket = $1 AND attachment = $2 AND voided_at = 0`
)

func scanAttachment(row db.Scanner) (a Attachment, err error) {
	err = row.Scan(&a.ID, &a.Kind, &a.Type, &a.Size, &a.At, &a.Ended, &a.Why)
	a.Why = endings[a.Why]
	return a, err
}

// attachment is a file of a ticket that is still kept. ErrNoFile.
func attachment(ctx context.Context, tx *db.Tx, ticket, id string) (Attachment, error) {
	a, err := scanAttachment(tx.Row(ctx, selectAttachment, ticket, id))
	if errors.Is(err, db.ErrNotFound) {
		return a, ErrNoFile
	}
	return a, err
}
