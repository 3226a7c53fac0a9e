package accounts

const (
	selectSignIn = `SELECT p.id, a.password FROM people p JOIN accounts a ON a.person = p.id
		WHERE p.nip = $1 AND p.active`
	selectAnySuspended = `SELECT EXISTS (SELECT 1 FROM devices WHERE person = $1 AND state = 'suspended')`
)
