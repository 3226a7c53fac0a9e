package audit

const (
	insertCheck = `INSERT INTO audit_checks (id, asked_at, kind, asked_by, ended_at, sealed, copied, findings, failed)
		VALUES ($1, $2, $3, $4, 0, 0, 0, '[]', FALSE)`
	endCheck = `UPDATE audit_checks SET ended_at = $2, sealed = $3, copied = $4, findings = $5, failed = $6, event = $7
		WHERE id = $1 AND ended_at = 0`

	// A check that ended has an event which says the same.
	toldCheck = `EXISTS (SELECT 1 FROM audit_events e WHERE e.id = c.event AND e.object = c.id AND e.action = 'audit.verify'
		AND e.result = CASE WHEN c.failed OR c.findings NOT IN ('[]', 'null') THEN 'refused' ELSE 'ok' END)`
	checkColumns   = `c.id, c.asked_at, c.kind, c.asked_by, c.ended_at, c.sealed, c.copied, c.findings, c.failed FROM audit_checks c WHERE c.asked_at <= $1 `
	selectChecks   = `SELECT ` + checkColumns + `AND (c.ended_at = 0 OR ` + toldCheck + `) ORDER BY c.asked_at DESC, c.id DESC LIMIT $2 + 0`
	selectStanding = `SELECT ` + checkColumns + `AND c.ended_at > 0 AND ` + toldCheck + ` ORDER BY c.asked_at DESC, c.id DESC LIMIT 1`
	countUntold    = `SELECT count(*) FROM audit_checks c WHERE c.asked_at > $1 AND c.ended_at <> 0 AND NOT ` + toldCheck
)
