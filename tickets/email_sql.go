package tickets

const (
	endEmailCodes   = `UPDATE email_codes SET state = 'ended' WHERE ticket = $1 AND state = 'live'`
	insertEmailCode = `INSERT INTO email_codes (id, ticket, email, code_hash, tries, until, state) VALUES ($1, $2, $3, $4, 0, $5, 'live')`
	tryEmailCode    = `UPDATE email_codes SET tries = tries + 1
		WHERE ticket = $1 AND state = 'live' AND until > $2 AND tries < $3 RETURNING id, email, code_hash`
	useEmailCode = `UPDATE email_codes SET state = 'used' WHERE id = $1 AND state = 'live'`
)
