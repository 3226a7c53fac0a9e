package accounts

import "pulih/db"

const (
	insertReset = `INSERT INTO resets
		(id, browser_hash, purpose, nip, person, state, typed_email, tries, sends, next_at, proven_via, created_at, expires_at)
		VALUES ($1, $2, $3, $4, '', 'started', $5, 0, 0, 0, '', $6, $7)`
	selectReset = `SELECT id, purpose, nip, state, tries, sends, next_at, expires_at, person, typed_email FROM resets
		WHERE browser_hash = $1 AND expires_at > $2 AND purpose = $3`

	sendReset = `UPDATE resets SET state = CASE WHEN state = 'ended' THEN 'ended' ELSE 'sent' END,
		typed_email = $2, next_at = $3, sends = sends + 1, expires_at = $5
		WHERE id = $1 AND sends = $4 AND state IN ('started', 'sent', 'ended')`
	countTry = `UPDATE resets SET tries = tries + 1
		WHERE id = $1 AND state IN ('sent', 'ended') AND tries < $2 RETURNING tries`
	proveReset = `UPDATE resets SET state = 'proven', browser_hash = $2, person = $3, proven_via = $4
		WHERE id = $1 AND state = 'sent' AND expires_at > $5`
	finishReset = `UPDATE resets SET state = 'finished' WHERE id = $1 AND state = 'proven'`
	endReset    = `UPDATE resets SET state = 'ended' WHERE id = $1 AND state IN ('sent', 'proven')`
	endProvenOf = `UPDATE resets SET state = 'ended' WHERE person = $1 AND state = 'proven'`

	insertResetCode = `INSERT INTO reset_codes (id, reset, person, state, code_hash, link_hash, network, due_at, until)
		VALUES ($1, $2, '', 'due', $3, $3, $4, $5, 0)`
	selectDueCodes = `SELECT c.id, c.reset, c.network, r.purpose, r.state, r.nip, r.typed_email FROM reset_codes c JOIN resets r ON r.id = c.reset
		WHERE c.state = 'due' AND c.due_at <= $1 ORDER BY c.due_at, c.id LIMIT $2 + 0`
	voidCode = `UPDATE reset_codes SET state = 'void', person = $2 WHERE id = $1 AND state = 'due'`
	goLive   = `UPDATE reset_codes SET state = 'live', person = $2, code_hash = $3, link_hash = $4, until = $5, mail = $6
		WHERE id = $1 AND state = 'due'`
	countLiveCodes = `SELECT count(*) FROM reset_codes WHERE person = $1 AND state = 'live' AND until > $2`
	endOldestCode  = `UPDATE reset_codes SET state = 'ended' WHERE state = 'live' AND id =
		(SELECT min(id) FROM reset_codes WHERE reset = $1 AND state = 'live' AND until > $2)`
	endStrangersCode = `UPDATE reset_codes SET state = 'ended' WHERE state = 'live' AND id =
		(SELECT min(c.id) FROM reset_codes c WHERE c.person = $1 AND c.state = 'live' AND c.until > $2 AND NOT EXISTS
			(SELECT 1 FROM sessions s WHERE s.kind = 'account' AND s.owner = $1 AND s.network = c.network))`
	endResetCodes = `UPDATE reset_codes SET state = 'ended' WHERE reset = $1 AND state IN ('due', 'live')`
	endCodesOf    = `UPDATE reset_codes SET state = 'ended' WHERE person = $1 AND state = 'live'`
	endDueOf      = `UPDATE reset_codes SET state = 'ended' WHERE state = 'due' AND reset IN
		(SELECT r.id FROM resets r JOIN people p ON p.nip = r.nip WHERE p.id = $1)`

	useTypedCode = `UPDATE reset_codes SET state = 'used'
		WHERE reset = $1 AND code_hash = $2 AND state = 'live' AND until > $3 RETURNING person`
	useLink = `UPDATE reset_codes SET state = 'used'
		WHERE link_hash = $1 AND state = 'live' AND until > $2 RETURNING reset, person`

	selectKnownNetwork = `SELECT EXISTS (SELECT 1 FROM sessions WHERE kind = 'account' AND owner = $1 AND network = $2)`
)

func scanReset(row db.Scanner) (r Reset, typedEmail []byte, err error) {
	err = row.Scan(&r.ID, &r.Purpose, &r.NIP, &r.State, &r.Tries, &r.Sends, &r.NextAt, &r.ExpiresAt, &r.person, &typedEmail)
	return r, typedEmail, err
}

func scanDue(row db.Scanner) (d due, err error) {
	err = row.Scan(&d.id, &d.reset, &d.network, &d.purpose, &d.state, &d.nip, &d.typed)
	return d, err
}
