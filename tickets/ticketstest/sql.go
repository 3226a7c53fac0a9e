package ticketstest

const (
	agePassword = `UPDATE accounts SET password_at = $2, activated_at = $2 WHERE person = $1`
	insertStaff = `INSERT INTO staff (id, nip, name, email, agency, roles, approver_no, approves_from, password, secret, last_step,
		otp_failures, otp_wait_until, setup_hash, setup_until, setup_browser, pending_password, pending_secret, created_at, enrolled_at, disabled_at)
		VALUES ($1, $2, $3, $4, $5, $6, 0, $8, '', $7, 0, 0, 0, $7, 0, $7, '', $7, $8, $8, 0)`
	insertSession = `INSERT INTO sessions (id, token_hash, kind, owner, created_at, seen_at, proven_at, ended_at, network, agent)
		VALUES ($1, $2, 'staff', $3, $4, $4, 0, 0, '', '')`
	proveSession = `UPDATE sessions SET proven_at = $2 WHERE id = $1`
	selectMails  = `SELECT id, kind, sealed FROM outbox WHERE length(sealed) > 0 ORDER BY id`
	answerMails  = `UPDATE outbox SET state = $1, ended_at = $2 WHERE state = 'queued'`
)
