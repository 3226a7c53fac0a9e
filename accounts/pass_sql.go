package accounts

import "pulih/db"

const (
	passColumns = `id, person, ticket, basis, state, factor_after, expires_at, pending_until, code_tries,
		pending_secret, pending_password`

	insertPass = `INSERT INTO passes (id, person, ticket, basis, code_hash, state, factor_after, wrong, code_tries,
		browser_hash, pending_secret, pending_password, pending_until, issued_at, expires_at, ended_at)
		VALUES ($1, $2, $3, $4, $5, 'issued', $6, 0, 0, $7, $8, '', 0, $9, $10, 0)`
	selectLivePasses = `SELECT ` + passColumns + ` FROM passes WHERE ticket = $1 AND state IN ('issued', 'opened')`
	selectPass       = `SELECT ` + passColumns + ` FROM passes
		WHERE code_hash = $1 AND state IN ('issued', 'opened') AND expires_at > $2`
	selectPending = `SELECT ` + passColumns + ` FROM passes
		WHERE browser_hash = $1 AND state = 'opened' AND pending_until > $2`

	openPass = `UPDATE passes SET state = 'opened', browser_hash = $2, pending_secret = $3, pending_password = $4,
		pending_until = $5, code_tries = 0
		WHERE id = $1 AND state IN ('issued', 'opened') AND expires_at > $6`
	countWrongFactor = `UPDATE passes SET wrong = wrong + 1
		WHERE id = $1 AND state IN ('issued', 'opened') AND wrong < $2 RETURNING wrong`
	countWrongCode = `UPDATE passes SET code_tries = code_tries + 1
		WHERE id = $1 AND state = 'opened' AND code_tries < $2 RETURNING code_tries`
	closePending = `UPDATE passes SET state = 'issued', pending_secret = $2, pending_password = '', pending_until = 0
		WHERE id = $1 AND state = 'opened'`
	usePass = `UPDATE passes SET state = 'used', ended_at = $2, pending_secret = $3, pending_password = ''
		WHERE id = $1 AND state = 'opened' AND pending_until > $2 AND browser_hash = $4`
	endPass = `UPDATE passes SET state = 'ended', ended_at = $2, pending_secret = $3, pending_password = ''
		WHERE id = $1 AND state IN ('issued', 'opened')`
	endPassesOfPerson = `UPDATE passes SET state = 'ended', ended_at = $2, pending_secret = $3, pending_password = ''
		WHERE person = $1 AND state IN ('issued', 'opened')`

	forgetOTPOfNewDevice = `UPDATE accounts SET otp_failures = 0, otp_wait_until = 0, version = version + 1 WHERE person = $1`
)

func scanPass(row db.Scanner) (p pass, err error) {
	err = row.Scan(&p.ID, &p.Person, &p.Ticket, &p.Basis, &p.State, &p.FactorAfter, &p.Expires, &p.PendingUntil,
		&p.CodeTries, &p.sealed, &p.password)
	return p, err
}
