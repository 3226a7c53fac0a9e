package guide

const walkColumns = `id, brand, helper, clock_from, last_at, solved_at`

const (
	insertWalk = `INSERT INTO walks
		(id, token_hash, begun_at, last_at, brand, helper, clock_from, solved_at, solved_by, filed_at)
		VALUES ($1, $2, $3, $3, '', FALSE, '', 0, '', 0)`

	selectWalkID = `SELECT id FROM walks WHERE token_hash = $1 AND last_at > $2 AND filed_at = 0`

	selectWalk = `SELECT ` + walkColumns + ` FROM walks WHERE token_hash = $1 AND last_at > $2 AND filed_at = 0`

	updateFiled = `UPDATE walks SET filed_at = $2 WHERE token_hash = $1 AND last_at > $3 AND filed_at = 0
		RETURNING ` + walkColumns

	updateLast      = `UPDATE walks SET last_at = $2 WHERE id = $1`
	updateBrand     = `UPDATE walks SET brand = CASE WHEN $2 = '' THEN brand ELSE $2 END WHERE id = $1`
	updateClockFrom = `UPDATE walks SET clock_from = $2 WHERE id = $1`
	updateHelper    = `UPDATE walks SET helper = $2 WHERE id = $1`
	updateSolved    = `UPDATE walks SET solved_at = $2, solved_by = $3 WHERE id = $1 AND solved_at = 0`
	updateUnsolved  = `UPDATE walks SET solved_at = 0, solved_by = '' WHERE id = $1 AND solved_by = 'langkah'`

	upsertOutcome = `INSERT INTO walk_outcomes (walk, symptom, step, outcome, at) VALUES ($1, $2, $3, $4, $5)
		ON CONFLICT (walk, symptom, step) DO UPDATE SET outcome = excluded.outcome, at = excluded.at`

	selectSteps = `SELECT symptom, step, outcome, at FROM walk_outcomes WHERE walk = $1 ORDER BY at, symptom, step`

	clockColumns = `at, method, drift_ms, bound_ms, computer, has_system, system_ms, system_bound_ms`

	selectWalkClocks = `SELECT ` + clockColumns + ` FROM clock_checks c WHERE walk = $1 AND walk <> ''
		AND NOT EXISTS (SELECT 1 FROM clock_checks n WHERE n.walk = c.walk AND n.method = c.method AND (n.at, n.id) > (c.at, c.id))
		ORDER BY at DESC, id DESC`

	selectPracticeClock = `SELECT ` + clockColumns + ` FROM clock_checks WHERE practice = $1 AND practice <> ''
		ORDER BY at DESC, id DESC LIMIT 1`

	selectPracticeID = `SELECT p.id, p.walk FROM practice_browsers b JOIN practices p ON p.id = b.practice
		WHERE b.token_hash = $1 AND p.expires_at > $2`
)
