package accounts

const (
	selectSignIn = `SELECT p.id, a.password FROM people p JOIN accounts a ON a.person = p.id
		WHERE p.nip = $1 AND p.active`
	rehashPassword = `UPDATE accounts SET password = $3 WHERE person = $1 AND password = $2`

	// Nobody has signed in since the password or a device came by a recovery.
	selectRecovered = `SELECT EXISTS (SELECT 1 FROM accounts a WHERE a.person = $1
			AND a.password_via IN ('mail', 'enrolment', 'activation') AND NOT EXISTS
			(SELECT 1 FROM sessions s WHERE s.kind = 'account' AND s.owner = $1 AND s.created_at >= a.password_at))
		OR EXISTS (SELECT 1 FROM devices d WHERE d.person = $1 AND d.state = 'active'
			AND d.via IN ('pass', 'self', 'activation') AND NOT EXISTS
			(SELECT 1 FROM sessions s WHERE s.kind = 'account' AND s.owner = $1 AND s.created_at >= d.enrolled_at))`
	selectAnySuspended = `SELECT EXISTS (SELECT 1 FROM devices WHERE person = $1 AND state = 'suspended')`
)
