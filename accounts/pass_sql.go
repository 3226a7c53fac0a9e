package accounts

import "pulih/db"

const (
	passColumns = `id, person, ticket, basis, state, factor_after, expires_at, opened_until`

	insertPass = `INSERT INTO passes (id, person, ticket, basis, code_hash, state, factor_after, wrong,
		opened_until, issued_at, expires_at, ended_at)
		VALUES ($1, $2, $3, $4, $5, 'issued', $6, 0, 0, $7, $8, 0)`
	selectLivePasses = `SELECT ` + passColumns + ` FROM passes WHERE ticket = $1 AND state IN ('issued', 'opened')`
	selectPass       = `SELECT ` + passColumns + ` FROM passes
		WHERE code_hash = $1 AND state IN ('issued', 'opened') AND expires_at > $2`

	openPass = `UPDATE passes SET state = 'opened', opened_until = $2
		WHERE id = $1 AND state IN ('issued', 'opened') AND expires_at > $3`
	countWrongFactor = `UPDATE passes SET wrong = wrong + 1
		WHERE id = $1 AND state IN ('issued', 'opened') AND wrong < $2 RETURNING wrong`
	usePass = `UPDATE passes SET state = 'used', ended_at = $2
		WHERE id = $1 AND state = 'opened' AND opened_until > $2`
	endPass = `UPDATE passes SET state = 'ended', ended_at = $2
		WHERE id = $1 AND state IN ('issued', 'opened')`
	endPassesOfPerson = `UPDATE passes SET state = 'ended', ended_at = $2
		WHERE person = $1 AND state IN ('issued', 'opened')`

	forgetOTPOfNewDevice = `UPDATE accounts SET otp_failures = 0, otp_wait_until = 0, version = version + 1 WHERE person = $1`
)

func scanPass(row db.Scanner) (p pass, err error) {
	err = row.Scan(&p.ID, &p.Person, &p.Ticket, &p.Basis, &p.State, &p.FactorAfter, &p.Expires, &p.OpenedUntil)
	return p, err
}
