package tickets

import (
	"encoding/json"
	"fmt"

	"pulih/db"
)

const (
	insertBulkTicket = `INSERT INTO bulk_reply_tickets (proposal, number) VALUES ($1, $2)`

	// Whoever does not see one of the requests does not see the proposal.
	fromBulks = ` FROM staff_proposals p WHERE p.agency = $1 AND p.proposed_at > $2 AND p.kind = 'bulk.reply'
		AND p.confirmed_at = 0 AND p.ended_at = 0 AND NOT EXISTS (SELECT 1 FROM bulk_reply_tickets b LEFT JOIN tickets t ON t.number = b.number
		WHERE b.proposal = p.id AND (t.id IS NULL OR t.agency <> $1 OR t.nip = $3 OR $4 <> '' AND replace($4, '|' || t.home_unit || '|', '') = $4))`
	selectBulks = `SELECT p.id, p.value, p.proposed_at, p.proposed_by, p.proposed_name` + fromBulks + ` ORDER BY p.proposed_at, p.id LIMIT $5 + 0`
	selectBulk  = `SELECT p.id, p.value, p.proposed_at, p.proposed_by, p.proposed_name` + fromBulks + ` AND p.id = $5`
	countBulks  = `SELECT count(*) FROM (SELECT 1 AS one` + fromBulks + ` LIMIT $5 + 0) AS capped`

	// A swap that fails where the day's sum would be too much.
	countBulk = `INSERT INTO ticket_counts AS c (what, who, day, n) VALUES ($1, $2, $3, $4)
		ON CONFLICT (what, who, day) DO UPDATE SET n = c.n + excluded.n WHERE c.n + excluded.n <= $5`
)

func scanBulk(row db.Scanner) (b BulkReply, err error) {
	var value string
	if err = row.Scan(&b.ID, &value, &b.ProposedAt, &b.ProposedBy, &b.ProposedName); err != nil {
		return b, err
	}
	if err = json.Unmarshal([]byte(value), &b.bulkText); err != nil {
		err = fmt.Errorf("tickets: bulk reply %s: %w", b.ID, err)
	}
	return b, err
}
