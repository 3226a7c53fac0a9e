package audit

const (
	insertCheck = `INSERT INTO audit_checks (id, asked_at, kind, asked_by, ended_at, sealed, copied, findings, failed)
		VALUES ($1, $2, $3, $4, 0, 0, 0, '[]', FALSE)`
	endCheck = `UPDATE audit_checks SET ended_at = $2, sealed = $3, copied = $4, findings = $5, failed = $6
		WHERE id = $1 AND ended_at = 0`
	selectChecks = `SELECT id, asked_at, kind, asked_by, ended_at, sealed, copied, findings, failed
		FROM audit_checks WHERE asked_at <= $2 ORDER BY asked_at DESC, id DESC LIMIT $1`
)
