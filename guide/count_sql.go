package guide

import "pulih/db"

const (
	selectEnded = `SELECT w.id, w.begun_at, w.last_at, w.solved_at, w.filed_at,
		(SELECT count(*) FROM walk_outcomes o WHERE o.walk = w.id),
		EXISTS (SELECT 1 FROM clock_checks c WHERE c.walk = w.id AND c.walk <> '' AND c.light <> 'green')
		FROM walks w WHERE NOT counted AND last_at <= $1 AND solved_at <= $1 ORDER BY last_at, id LIMIT $2 + 0`
	selectMet = `SELECT DISTINCT symptom FROM walk_outcomes WHERE walk = $1`
	markWalk  = `UPDATE walks SET counted = TRUE WHERE id = $1 AND NOT counted`

	addWalkDay = `INSERT INTO walk_days AS d (day, ending, cause, n) VALUES ($1, $2, $3, $4)
		ON CONFLICT (day, ending, cause) DO UPDATE SET n = d.n + excluded.n`

	// A computer's own clock says nothing of the app. Of those of one walk or
	// one practice the first counts: the others were made after the repair.
	selectUncountedChecks = `SELECT c.id, c.at, c.drift_ms, NOT (c.computer AND c.method = 'browser')
		AND NOT EXISTS (SELECT 1 FROM clock_checks e WHERE e.walk = c.walk AND e.walk <> '' AND (e.at, e.id) < (c.at, c.id))
		AND NOT EXISTS (SELECT 1 FROM clock_checks e WHERE e.practice = c.practice AND e.practice <> '' AND (e.at, e.id) < (c.at, c.id))
		FROM clock_checks c WHERE NOT c.counted ORDER BY c.at, c.id LIMIT $1 + 0`
	markCheck = `UPDATE clock_checks SET counted = TRUE WHERE id = $1 AND NOT counted`

	addClockDay = `INSERT INTO clock_days AS d (day, drift, n) VALUES ($1, $2, $3)
		ON CONFLICT (day, drift) DO UPDATE SET n = d.n + excluded.n`

	selectWalkDays = `SELECT ending, cause, sum(n) FROM walk_days WHERE day >= $1 AND day < $2 GROUP BY ending, cause`
	// last_at names the index of what is not counted yet.
	countPending = `SELECT count(*) FROM walks w WHERE NOT counted AND last_at >= $1 AND begun_at >= $1 AND begun_at < $2
		AND (solved_at > 0 OR EXISTS (SELECT 1 FROM walk_outcomes o WHERE o.walk = w.id))`
	selectClockDays = `SELECT drift, sum(n) FROM clock_days WHERE day >= $1 AND day < $2 GROUP BY drift ORDER BY drift`
)

func scanEnded(row db.Scanner) (w ended, err error) {
	err = row.Scan(&w.id, &w.begunAt, &w.LastAt, &w.SolvedAt, &w.FiledAt, &w.Steps, &w.clockOff)
	return w, err
}

func scanMeasure(row db.Scanner) (m measure, err error) {
	err = row.Scan(&m.id, &m.at, &m.drift, &m.first)
	return m, err
}

func scanText(row db.Scanner) (s string, err error) {
	err = row.Scan(&s)
	return s, err
}
