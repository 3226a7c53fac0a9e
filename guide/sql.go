package guide

const (
	insertPractice = `INSERT INTO practices
		(id, secret, handoff_hash, taken_at, tries, code_at, offsets, created_at, expires_at, walk)
		VALUES ($1, $2, $3, 0, 0, 0, '', $4, $5, $6)`

	insertPracticeBrowser = `INSERT INTO practice_browsers (token_hash, practice) VALUES ($1, $2)`

	selectPractice = `SELECT p.id, p.secret, p.tries, p.code_at, p.offsets, p.expires_at, p.walk, p.taken_at, p.drift_low, p.drift_high, p.misses
		FROM practice_browsers b JOIN practices p ON p.id = b.practice
		WHERE b.token_hash = $1 AND p.expires_at > $2`

	selectHandOff = `SELECT id FROM practices WHERE handoff_hash = $1 AND taken_at = 0 AND expires_at > $2`

	updateTaken = `UPDATE practices SET taken_at = $2 WHERE id = $1 AND taken_at = 0`

	updateTries = `UPDATE practices SET tries = tries + 1 WHERE id = $1 AND tries < $2 RETURNING tries`

	updateCode = `UPDATE practices SET code_at = $3, offsets = $4, drift_low = $5, drift_high = $6, misses = $7
		WHERE id = $1 AND tries = $2`

	insertClockCheck = `INSERT INTO clock_checks (id, at, method, light, cause, drift_ms, bound_ms,
		walk, practice, computer, has_system, system_ms, system_bound_ms)
		VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13)`
)
