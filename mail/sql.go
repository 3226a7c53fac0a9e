package mail

const (
	insertMessage = `INSERT INTO outbox
		(id, kind, person, message_id, sealed, state, attempts, created_at, run_at, lease_until, expires_at, ended_at, answer)
		VALUES ($1, $2, $3, $4, $5, 'queued', 0, $6, $6, 0, $7, 0, '')`
	selectOutcome = `SELECT state, ended_at FROM outbox WHERE id = $1`

	// The outer conditions are checked again when another process held the
	// row's lock, so one row is never leased twice.
	leaseMessage = `UPDATE outbox SET attempts = attempts + 1, lease_until = $2
		WHERE state = 'queued' AND lease_until <= $1 AND id = (SELECT id FROM outbox
			WHERE state = 'queued' AND run_at <= $1 AND lease_until <= $1 ORDER BY run_at, id LIMIT 1)
		RETURNING id, kind, person, message_id, sealed, attempts, created_at, expires_at`
	endMessage = `UPDATE outbox SET state = $2, answer = $3, ended_at = $4, sealed = $5, lease_until = 0
		WHERE id = $1 AND state = 'queued'`
	// It was under way when it was withdrawn, and the relay has taken it.
	arriveMessage = `UPDATE outbox SET state = $2, answer = $3, ended_at = $4 WHERE id = $1 AND state = 'expired' AND answer = $5`
	retryMessage  = `UPDATE outbox SET run_at = $3, answer = $4, lease_until = 0
		WHERE id = $1 AND attempts = $2 AND state = 'queued'`

	// The time stands behind what is sealed, and is read of one row a kind.
	selectQueues = `SELECT q.kind, q.n, o.created_at FROM (SELECT kind, count(*) AS n, min(id) AS first
			FROM (SELECT kind, id FROM outbox WHERE state = 'queued' ORDER BY run_at, id LIMIT $1 + 0) AS due GROUP BY kind) AS q
		JOIN outbox o ON o.id = q.first ORDER BY q.kind`

	selectSealed = `SELECT id, sealed FROM outbox WHERE state = 'queued' ORDER BY id`
	swapSealed   = `UPDATE outbox SET sealed = $3 WHERE id = $1 AND sealed = $2`

	selectQueuedMail  = `SELECT id, kind, person FROM outbox WHERE id = $1 AND state = 'queued'`
	selectQueuedMails = `SELECT id, kind, person FROM outbox WHERE state = 'queued' ORDER BY id`

	addMailDay = `INSERT INTO mail_days AS d (day, domain, delay, n) VALUES ($1, $2, $3, 1)
		ON CONFLICT (day, domain, delay) DO UPDATE SET n = d.n + 1`
	selectMailDays = `SELECT domain, delay, sum(n) FROM mail_days WHERE day >= $1 AND day < $2
		GROUP BY domain, delay ORDER BY domain, delay`

	countOldMails = `SELECT count(*), COALESCE(min(ended_at), 0) FROM outbox WHERE ended_at > 0 AND ended_at <= $1`
	purgeMails    = `DELETE FROM outbox WHERE id IN (SELECT id FROM outbox WHERE ended_at > 0 AND ended_at <= $1 ORDER BY ended_at LIMIT $2 + 0)`
)
