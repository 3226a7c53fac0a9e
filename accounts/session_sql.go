package accounts

import "pulih/db"

const (
	sessionColumns = `s.id, s.kind, s.owner, s.created_at, s.seen_at, s.proven_at, s.network, s.agent`
	sessionHolds   = `s.token_hash = $1 AND s.ended_at = 0 AND s.seen_at > $2 AND s.created_at > $3`

	insertSession = `INSERT INTO sessions
		(id, token_hash, kind, owner, created_at, seen_at, proven_at, ended_at, network, agent)
		VALUES ($1, $2, $3, $4, $5, $5, $6, 0, $7, $8)`
	touchSession     = `UPDATE sessions SET seen_at = $2 WHERE id = $1 AND ended_at = 0`
	endSession       = `UPDATE sessions SET ended_at = $3 WHERE kind = $1 AND token_hash = $2 AND ended_at = 0 RETURNING owner`
	endSessions      = `UPDATE sessions SET ended_at = $3 WHERE kind = $1 AND owner = $2 AND ended_at = 0`
	endOtherSessions = `UPDATE sessions SET ended_at = $3 WHERE kind = 'account' AND owner = $1 AND id <> $2 AND ended_at = 0`
	endSessionOf     = `UPDATE sessions SET ended_at = $3 WHERE kind = 'account' AND owner = $1 AND id = $2 AND ended_at = 0`
	holdSession      = `UPDATE sessions SET seen_at = $3 WHERE kind = 'account' AND id = $1 AND owner = $2 AND ended_at = 0`
	renewSession     = `UPDATE sessions SET token_hash = $3, seen_at = $4, proven_at = $4
		WHERE kind = 'account' AND id = $1 AND owner = $2 AND ended_at = 0`
	selectSessions = `SELECT ` + sessionColumns + ` FROM sessions s WHERE s.kind = 'account' AND s.owner = $1
		AND s.ended_at = 0 AND s.seen_at > $2 AND s.created_at > $3 ORDER BY s.id DESC`

	// Both ask the owner's row too: who is closed out has no session.
	selectAccountSession = `SELECT ` + sessionColumns + ` FROM sessions s
		JOIN accounts a ON a.person = s.owner JOIN people p ON p.id = s.owner
		WHERE s.kind = 'account' AND ` + sessionHolds + ` AND a.disabled_at = 0 AND a.suspended_at = 0 AND p.active`
	selectStaffSession = `SELECT ` + sessionColumns + ` FROM sessions s JOIN staff t ON t.id = s.owner
		WHERE s.kind = 'staff' AND ` + sessionHolds + ` AND t.disabled_at = 0`
)

func scanSession(row db.Scanner) (s Session, err error) {
	err = row.Scan(&s.ID, &s.Kind, &s.Owner, &s.CreatedAt, &s.SeenAt, &s.ProvenAt, &s.Network, &s.Agent)
	return s, err
}
