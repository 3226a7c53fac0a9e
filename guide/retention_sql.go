package guide

// A row is counted by its day before it goes.
const (
	countOldWalks = `SELECT count(*), COALESCE(min(last_at), 0) FROM walks WHERE last_at <= $1 AND counted`
	purgeWalks    = `DELETE FROM walks WHERE id IN (SELECT id FROM walks WHERE last_at <= $1 AND counted ORDER BY last_at LIMIT $2 + 0)`

	countOldChecks = `SELECT count(*), COALESCE(min(at), 0) FROM clock_checks WHERE at <= $1 AND counted`
	purgeChecks    = `DELETE FROM clock_checks WHERE id IN (SELECT id FROM clock_checks WHERE at <= $1 AND counted ORDER BY at LIMIT $2 + 0)`

	countOldPractices = `SELECT count(*), COALESCE(min(expires_at), 0) FROM practices WHERE expires_at <= $1`
	purgePractices    = `DELETE FROM practices WHERE id IN (SELECT id FROM practices WHERE expires_at <= $1 ORDER BY expires_at LIMIT $2 + 0)`
)
