package audit

const (
	selectFloor   = `SELECT seq, hash, until, at FROM audit_floors ORDER BY seq DESC LIMIT 1`
	selectFloors  = `SELECT seq, hash, until, at FROM audit_floors ORDER BY seq`
	insertFloor   = `INSERT INTO audit_floors (seq, hash, until, at) VALUES ($1, $2, $3, $4)`
	selectLastDue = `SELECT s.seq, s.hash FROM audit_seals s WHERE s.seq > $1 AND s.seq < COALESCE((SELECT k.seq FROM audit_seals k
		JOIN audit_events e ON e.id = k.event WHERE k.seq > $1 AND e.at > $2 ORDER BY k.seq LIMIT 1), 9223372036854775807)
		ORDER BY s.seq DESC LIMIT 1`

	countFloored = `SELECT count(*), COALESCE(min(e.at), 0) FROM audit_seals s JOIN audit_events e ON e.id = s.event
		WHERE s.seq < COALESCE((SELECT k.seq FROM audit_seals k
		JOIN audit_events x ON x.id = k.event WHERE x.at > $1 ORDER BY k.seq LIMIT 1), 9223372036854775807)`
	selectFloored = `SELECT event FROM audit_seals WHERE seq <= COALESCE((SELECT max(seq) FROM audit_floors WHERE at <= $1), 0)
		ORDER BY seq LIMIT $2 + 0`
	purgePlaces = `DELETE FROM audit_places WHERE event = $1`
	purgeSeal   = `DELETE FROM audit_seals WHERE event = $1`
	purgeEvent  = `DELETE FROM audit_events WHERE id = $1`
)
