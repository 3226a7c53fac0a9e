package tickets

const (
	// Every ticket of which time may want something now; chore looks closer.
	selectWork = `SELECT ` + columns + ` FROM tickets WHERE id IN (
		SELECT id FROM tickets WHERE told_at = 0
		UNION ALL SELECT id FROM tickets WHERE owner <> '' AND state IN ('open', 'waiting') AND owned_at <= $1
		UNION ALL SELECT id FROM tickets WHERE state IN ('approved', 'issued')
		UNION ALL SELECT id FROM tickets WHERE state = 'ready' AND ready_at <= $2
		UNION ALL SELECT id FROM tickets WHERE state = 'waiting' AND state_at <= $3
		UNION ALL SELECT id FROM tickets WHERE state = 'open' AND state_at <= $4 AND rank = 3 AND owner = ''
		UNION ALL SELECT id FROM tickets WHERE state = 'escalated' AND remind_at > 0 AND remind_at <= $5) ORDER BY id`
	updateTold = `UPDATE tickets SET told_at = $2 WHERE id = $1 AND told_at = 0`
)
