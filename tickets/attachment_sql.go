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

	// What is kept no longer: junk since $1, anything else since $2.
	isOverdue     = `t.closed_at > 0 AND (t.closed_at <= $2 OR t.closed_at <= $1 AND t.state IN ('refused', 'expired'))`
	selectOverdue = `SELECT a.id, t.id, t.number, t.person FROM attachments a JOIN tickets t ON t.id = a.ticket
		WHERE a.ended_at = 0 AND a.ticket <> '' AND ` + isOverdue + ` ORDER BY a.id LIMIT 200`
	endOverdue = `UPDATE attachments SET ended_at = $4, why = $5, key = $6 WHERE id = $3 AND ended_at = 0
		AND EXISTS (SELECT 1 FROM tickets t WHERE t.id = attachments.ticket AND ` + isOverdue + `)`
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

func scanOverdue(row db.Scanner) (e ending, err error) {
	err = row.Scan(&e.file, &e.ticket.ID, &e.ticket.Number, &e.ticket.Person)
	return e, err
}
