package audit

const (
	insertEvent = `INSERT INTO audit_events
		(id, at, actor_kind, actor, action, person, object, result, detail, request, network)
		VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)`
	insertQueue = `INSERT INTO audit_queue (event) VALUES ($1)`

	selectQueued = `SELECT e.id, e.at, e.actor_kind, e.actor, e.action, e.person, e.object, e.result, e.detail, e.request, e.network
		FROM audit_queue q JOIN audit_events e ON e.id = q.event ORDER BY q.event LIMIT $1 + 0`
	selectEvent        = `SELECT id, at, actor_kind, actor, action, person, object, result, detail, request, network FROM audit_events WHERE id = $1`
	countBehind        = `SELECT count(*) FROM (SELECT event FROM audit_queue LIMIT $1 + 0) AS waiting`
	selectOldestQueued = `SELECT e.at FROM audit_queue q JOIN audit_events e ON e.id = q.event WHERE q.event > '' ORDER BY q.event LIMIT 1`
	selectNewestSealed = `SELECT s.seq, e.at FROM audit_seals s JOIN audit_events e ON e.id = s.event WHERE s.seq > 0 ORDER BY s.seq DESC LIMIT 1`
	dropRequeued       = `DELETE FROM audit_queue WHERE EXISTS (SELECT 1 FROM audit_seals s WHERE s.event = audit_queue.event)`
	deleteQueued       = `DELETE FROM audit_queue WHERE event = $1`
	selectHead         = `SELECT seq, hash FROM audit_seals WHERE seq > 0 ORDER BY seq DESC LIMIT 1`
	insertSeal         = `INSERT INTO audit_seals (seq, event, hash, agencies) VALUES ($1, $2, $3, $4)`
	selectSealed       = `SELECT s.seq, s.hash, s.agencies, e.id, e.at, e.actor_kind, e.actor, e.action, e.person, e.object, e.result, e.detail, e.request, e.network
		FROM audit_seals s JOIN audit_events e ON e.id = s.event WHERE s.seq > $1 ORDER BY s.seq LIMIT $2 + 0`

	selectHashAt   = `SELECT hash FROM audit_seals WHERE seq = $1 UNION ALL SELECT hash FROM audit_floors WHERE seq = $1 LIMIT 1`
	selectUncopied = `SELECT COALESCE(min(e.at), 0), COALESCE(max(e.at), 0) FROM audit_seals s JOIN audit_events e ON e.id = s.event WHERE s.seq > $1`

	selectPlaces = `SELECT p.event, p.agency, p.at, p.actor, p.action, p.person, p.object, p.result
		FROM audit_seals s JOIN audit_places p ON p.event = s.event WHERE s.seq >= $1 AND s.seq <= $2`
	insertPlace = `INSERT INTO audit_places (agency, event, at, actor, action, person, object, result)
		VALUES ($1, $2, $3, $4, $5, $6, $7, $8) ON CONFLICT DO NOTHING`
	selectPlaced      = `SELECT below FROM audit_placed`
	movePlaced        = `UPDATE audit_placed SET below = $2 WHERE below = $1`
	selectSealedBelow = `SELECT s.seq, s.hash, s.agencies, e.id, e.at, e.actor_kind, e.actor, e.action, e.person, e.object, e.result, e.detail, e.request, e.network
		FROM audit_seals s JOIN audit_events e ON e.id = s.event WHERE s.seq < $1 ORDER BY s.seq DESC LIMIT $2 + 0`

	selectPerson = `SELECT id, at, actor_kind, actor, action, person, object, result, detail, request, network
		FROM audit_events WHERE person = $1 AND id < $2 ORDER BY id DESC LIMIT $3 + 0`
)
