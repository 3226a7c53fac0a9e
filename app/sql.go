package app

// The app keeps no rules of the domain, so it keeps few rows: limits,
// captchas, spent proofs of work, and what the installation is.
const (
	takeLimit = `INSERT INTO limits AS l (key, tat) VALUES ($1, CAST($2 AS BIGINT) + CAST($3 AS BIGINT))
		ON CONFLICT (key) DO UPDATE SET tat = CASE WHEN l.tat > $2 THEN l.tat ELSE $2 END + $3
		WHERE CASE WHEN l.tat > $2 THEN l.tat ELSE $2 END + $3 - $2 <= $4
		RETURNING tat`
	selectLimit = `SELECT tat FROM limits WHERE key = $1`
	giveLimit   = `UPDATE limits SET tat = tat - $2 WHERE key = $1`

	countOldLimits = `SELECT count(*), COALESCE(min(tat), 0) FROM limits WHERE tat <= $1`
	purgeLimits    = `DELETE FROM limits WHERE key IN (SELECT key FROM limits WHERE tat <= $1 ORDER BY tat LIMIT $2 + 0)`

	insertCaptcha = `INSERT INTO captchas (id, purpose, browser, digits, shown, expires_at) VALUES ($1, $2, $3, $4, 0, $5)`
	showCaptcha   = `UPDATE captchas SET shown = shown + $5 WHERE id = $1 AND browser = $2 AND expires_at > $3 AND shown < $4 RETURNING digits`
	takeCaptcha   = `DELETE FROM captchas WHERE id = $1 AND browser = $2 AND purpose = $3 AND expires_at > $4 RETURNING digits`
	capCaptchas   = `DELETE FROM captchas WHERE id IN (SELECT id FROM captchas ORDER BY id DESC LIMIT $2 + 0 OFFSET $1)`

	countOldCaptchas = `SELECT count(*), COALESCE(min(expires_at), 0) FROM captchas WHERE expires_at <= $1`
	purgeCaptchas    = `DELETE FROM captchas WHERE id IN (SELECT id FROM captchas WHERE expires_at <= $1 ORDER BY expires_at LIMIT $2 + 0)`

	insertSpent = `INSERT INTO spent_proofs (hash, expires_at) VALUES ($1, $2)`

	countOldSpents = `SELECT count(*), COALESCE(min(expires_at), 0) FROM spent_proofs WHERE expires_at <= $1`
	purgeSpents    = `DELETE FROM spent_proofs WHERE hash IN (SELECT hash FROM spent_proofs WHERE expires_at <= $1 ORDER BY expires_at LIMIT $2 + 0)`

	countHour = `INSERT INTO hours AS h (what, hour, n) VALUES ($1, $2, 1)
		ON CONFLICT (what, hour) DO UPDATE SET n = h.n + 1`
	selectHours = `SELECT what, hour, n FROM hours WHERE hour >= $1`

	countOldHours = `SELECT count(*), COALESCE(min(hour), 0) FROM hours WHERE hour <= $1`
	purgeHours    = `DELETE FROM hours WHERE (what, hour) IN (SELECT what, hour FROM hours WHERE hour <= $1 ORDER BY hour LIMIT $2 + 0)`

	selectInstallation = `SELECT value FROM installation WHERE name = $1`
	insertInstallation = `INSERT INTO installation (name, value) VALUES ($1, $2)`

	voidCaptchas      = `DELETE FROM captchas`
	deleteInstallMark = `DELETE FROM installation WHERE name = $1`
	endInstallMark    = `UPDATE installation SET value = $2 WHERE name = $1 AND value <> $2`
)

// MarkRestoring keeps serve away from data that were loaded and are not made
// safe yet: it is written before them, and with them, in one transaction.
const MarkRestoring = `INSERT INTO installation (name, value) VALUES ('kind', 'restoring')
	ON CONFLICT (name) DO UPDATE SET value = 'restoring'`

// MarkMoving does the same for the target of a move.
const MarkMoving = `INSERT INTO installation (name, value) VALUES ('kind', 'moving')
	ON CONFLICT (name) DO UPDATE SET value = 'moving'`
