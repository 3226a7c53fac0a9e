package tickets

import "pulih/db"

const (
	insertBulk = `INSERT INTO bulk_replies (id, agency, text, people, state, proposed_at, proposed_by, proposed_name, ended_at, ended_by, ended_name)
		VALUES ($1, $2, $3, $4, 'open', $5, $6, $7, 0, '', '')`
	insertBulkTicket = `INSERT INTO bulk_reply_tickets (bulk, number) VALUES ($1, $2)`
	endBulk          = `UPDATE bulk_replies SET state = $2, ended_at = $3, ended_by = $4, ended_name = $5 WHERE id = $1 AND state = 'open'`

	selectBulks       = `SELECT id, text, people, proposed_at, proposed_by, proposed_name FROM bulk_replies WHERE agency = $1 AND state = 'open' ORDER BY id`
	selectBulk        = `SELECT id, text, people, proposed_at, proposed_by, proposed_name FROM bulk_replies WHERE id = $1 AND agency = $2 AND state = 'open'`
	selectBulkNumbers = `SELECT number FROM bulk_reply_tickets WHERE bulk = $1 ORDER BY number`

	// A swap that fails where the day's sum would be too much.
	countBulk = `INSERT INTO ticket_counts AS c (what, who, day, n) VALUES ($1, $2, $3, $4)
		ON CONFLICT (what, who, day) DO UPDATE SET n = c.n + excluded.n WHERE c.n + excluded.n <= $5`
)

func scanBulk(row db.Scanner) (b BulkReply, err error) {
	err = row.Scan(&b.ID, &b.Text, &b.People, &b.ProposedAt, &b.by, &b.ProposedName)
	return b, err
}
