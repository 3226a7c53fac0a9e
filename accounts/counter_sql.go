package accounts

const (
	takeCounter = `INSERT INTO counters AS c (key, n, since, until) VALUES ($1, 1, $2, 0)
		ON CONFLICT (key) DO UPDATE SET
			n = CASE WHEN c.since <= $3 THEN 1 ELSE c.n + 1 END,
			since = CASE WHEN c.since <= $3 THEN excluded.since ELSE c.since END
		WHERE c.since <= $3 OR c.n < $4 RETURNING n`

	giveBackCounter = `UPDATE counters SET n = n - 1 WHERE key = $1 AND n > 0`

	attemptCounter = `INSERT INTO counters AS c (key, n, since, until) VALUES ($1, 1, $2, 0)
		ON CONFLICT (key) DO UPDATE SET
			n = CASE WHEN c.since <= $3 THEN 1 ELSE c.n + 1 END, since = excluded.since
		WHERE c.until <= excluded.since RETURNING n`
	pauseCounter       = `UPDATE counters SET until = $2 WHERE key = $1`
	selectCounterUntil = `SELECT until FROM counters WHERE key = $1`
	deleteCounter      = `DELETE FROM counters WHERE key = $1`
)
