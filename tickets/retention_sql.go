package tickets

import "pulih/db"

const (
	// What is kept no longer: junk ($2) or the rest, of what ended at or before $1.
	isOverdue     = `t.closed_at > 0 AND t.closed_at <= $1 AND (t.state IN ('refused', 'expired')) = $2`
	overdue       = ` FROM attachments a JOIN tickets t ON t.id = a.ticket WHERE a.ended_at = 0 AND a.ticket <> '' AND ` + isOverdue
	countOverdue  = `SELECT count(*), COALESCE(min(t.closed_at), 0)` + overdue
	selectOverdue = `SELECT a.id, t.id, t.number, t.person` + overdue + ` ORDER BY a.id LIMIT $3 + 0`
	// Checked again: the request may have been reopened.
	endOverdueFile = `UPDATE attachments SET ended_at = $3, why = $4, key = $5 WHERE id = $1 AND ended_at = 0
		AND EXISTS (SELECT 1 FROM tickets t WHERE t.id = attachments.ticket AND t.closed_at > 0 AND t.closed_at <= $2)`

	// Idle since $1, or opened an hour and a half before that: drafts are
	// locked two hours after their number was typed.
	locked = ` FROM attachments a LEFT JOIN drafts d ON d.id = a.draft
		WHERE a.draft <> '' AND (d.id IS NULL OR d.saved_at <= $1 OR d.opened_at <= $1 - 5400000000)`
	countLockedFiles   = `SELECT count(*), COALESCE(min(a.added_at), 0)` + locked
	selectLockedDrafts = `SELECT DISTINCT a.draft` + locked + ` LIMIT $2 + 0`

	// Its files have gone when it was locked, hours ago.
	forgotten      = ` FROM drafts WHERE begun_at <= $1 AND NOT EXISTS (SELECT 1 FROM attachments a WHERE a.draft = drafts.id AND a.draft <> '')`
	countOldDrafts = `SELECT count(*), COALESCE(min(begun_at), 0)` + forgotten
	purgeDrafts    = `DELETE FROM drafts WHERE id IN (SELECT id` + forgotten + ` ORDER BY begun_at LIMIT $2 + 0)`

	countOldEmailCodes = `SELECT count(*), COALESCE(min(until), 0) FROM email_codes WHERE until <= $1`
	purgeEmailCodes    = `DELETE FROM email_codes WHERE id IN (SELECT id FROM email_codes WHERE until <= $1 ORDER BY until LIMIT $2 + 0)`

	countOldCounts = `SELECT count(*), COALESCE(min(day), '') FROM ticket_counts WHERE day < $1`
	purgeOldCounts = `DELETE FROM ticket_counts WHERE (what, who, day) IN (SELECT what, who, day FROM ticket_counts WHERE day < $1 ORDER BY day LIMIT $2 + 0)`

	countAway = `SELECT count(*), COALESCE(min(seen), 0) FROM ticket_presence WHERE seen <= $1`
	purgeAway = `DELETE FROM ticket_presence WHERE (ticket, staff) IN (SELECT ticket, staff FROM ticket_presence WHERE seen <= $1 ORDER BY seen LIMIT $2 + 0)`
)

func scanOverdue(row db.Scanner) (e ending, err error) {
	err = row.Scan(&e.file, &e.ticket.ID, &e.ticket.Number, &e.ticket.Person)
	return e, err
}
