package accounts

import "pulih/db"

const (
	selectNoticeEmails = `SELECT id, email, asked_at FROM notice_emails WHERE person = $1 AND state = 'active' ORDER BY id`

	// Who took an address away himself still tells it for a while.
	// Cast, or SQLite compiles it anew at each use: a partial index asks
	// whether the parameter is above 0.
	selectToldEmails = `SELECT email FROM notice_emails
		WHERE person = $1 AND (state = 'active' OR state = 'ended' AND ended_at > CAST($2 AS BIGINT)) ORDER BY id`

	endAskedEmails    = `UPDATE notice_emails SET state = 'void', ended_at = $2 WHERE person = $1 AND state = 'asked'`
	insertNoticeEmail = `INSERT INTO notice_emails (id, person, email, state, code_hash, tries, asked_at, code_until, ended_at)
		VALUES ($1, $2, $3, 'asked', $4, 0, $5, $6, 0)`
	selectAskedEmail = `SELECT id, email, tries, code_until FROM notice_emails
		WHERE person = $1 AND state = 'asked' AND code_until > $2`
	countEmailTry = `UPDATE notice_emails SET tries = tries + 1
		WHERE person = $1 AND state = 'asked' AND code_until > $2 AND tries < $3 RETURNING id, tries`
	useEmailCode   = `UPDATE notice_emails SET state = 'active' WHERE id = $1 AND code_hash = $2 AND state = 'asked'`
	endNoticeEmail = `UPDATE notice_emails SET state = 'ended', ended_at = $3
		WHERE id = $1 AND person = $2 AND state = 'active'`
	voidNoticeEmail = `UPDATE notice_emails SET state = 'void', ended_at = $3
		WHERE id = $1 AND person = $2 AND state IN ('active', 'ended')`
)

func scanAddress(row db.Scanner) (a Address, err error) {
	err = row.Scan(&a.ID, &a.Email, &a.Since)
	return a, err
}

func scanAsked(row db.Scanner) (a AddressAsked, err error) {
	err = row.Scan(&a.id, &a.Email, &a.Tries, &a.Until)
	return a, err
}
