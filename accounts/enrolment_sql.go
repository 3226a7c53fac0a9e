package accounts

import "pulih/db"

const (
	// Whoever begins or ends enrolments of a person takes his account first:
	// two that took each other's enrolments would wait for each other.
	lockAccount = `UPDATE accounts SET version = version WHERE person = $1`

	insertEnrolment = `INSERT INTO enrolments
		(id, person, via, source, browser_hash, secret, password, code_tries, state, begun_at, until)
		VALUES ($1, $2, $3, $4, $5, $6, $7, 0, 'open', $8, $9)`
	selectPending = `SELECT e.id, e.via, e.source, COALESCE(p.ticket, ''), e.person, e.secret, e.password, e.until
		FROM enrolments e LEFT JOIN passes p ON p.id = e.source
		WHERE e.browser_hash = $1 AND e.state = 'open' AND e.until > $2`
	selectVia      = `SELECT via FROM enrolments WHERE browser_hash = $1`
	countWrongCode = `UPDATE enrolments SET code_tries = code_tries + 1
		WHERE id = $1 AND state = 'open' AND code_tries < $2 RETURNING code_tries`
	useEnrolment = `UPDATE enrolments SET state = 'used', secret = $4, password = ''
		WHERE id = $1 AND state = 'open' AND until > $2 AND browser_hash = $3`

	endEnrolment = `UPDATE enrolments SET state = 'ended', secret = $2, password = ''
		WHERE id = $1 AND state = 'open'`
	endSameEnrolments = `UPDATE enrolments SET state = 'ended', secret = $3, password = ''
		WHERE person = $1 AND via = $2 AND state = 'open'`
	endEnrolmentsOf = `UPDATE enrolments SET state = 'ended', secret = $2, password = ''
		WHERE person = $1 AND state = 'open'`
	endEnrolmentsFrom = `UPDATE enrolments SET state = 'ended', secret = $2, password = ''
		WHERE source = $1 AND state = 'open'`
)

func scanPending(row db.Scanner) (p Pending, sealed []byte, err error) {
	err = row.Scan(&p.ID, &p.Via, &p.Source, &p.Ticket, &p.Person.ID, &sealed, &p.phc, &p.Until)
	return p, sealed, err
}
