package tickets

import "pulih/db"

const (
	queueMeasure = `INSERT INTO measure_queue (event, ticket) VALUES ($1, $2)`
	// Who files again within a week had not been helped: the requests that had
	// ended are measured anew.
	queueEarlier = `INSERT INTO measure_queue (event, ticket)
		SELECT $1 || id, id FROM tickets WHERE nip = $2 AND nip <> '' AND agency = $3 AND closed_at > $4 AND id <> $5`

	selectMeasureQueue = `SELECT event FROM measure_queue ORDER BY event LIMIT $1`
	deleteMeasureQueue = `DELETE FROM measure_queue WHERE event = $1`
	countMeasureQueue  = `SELECT count(*) FROM (SELECT event FROM measure_queue LIMIT $1) AS waiting`

	queued         = ` IN (SELECT ticket FROM measure_queue WHERE event >= $1 AND event <= $2)`
	selectMeasured = `SELECT t.id, t.agency, t.opened_at, COALESCE(m.calendar, -1), t.number, t.unit, t.home_unit, t.kind, t.channel, t.level, t.cause, t.filed_by = ''
		FROM tickets t LEFT JOIN ticket_timers m ON m.ticket = t.id WHERE t.kind <> 'fraud' AND t.id` + queued
	selectHappened = `SELECT ticket, at, verb, from_state, to_state, cycle, kind, actor_kind, actor, actor_name, outcome
		FROM ticket_events WHERE ticket` + queued + ` ORDER BY ticket, version`
	selectWrongs = `SELECT ticket, cycle, count(*), max(at) FROM ticket_proofs
		WHERE result = 'no_match' AND ticket` + queued + ` GROUP BY ticket, cycle`
	selectAgain = `SELECT t.id, t.cycle, 0, min(o.opened_at) FROM tickets t
		JOIN tickets o ON o.nip = t.nip AND o.agency = t.agency AND o.opened_at > t.closed_at AND o.opened_at <= t.closed_at + $3
		WHERE t.nip <> '' AND t.closed_at > 0 AND o.id <> t.id AND o.kind <> 'fraud' AND t.id` + queued + ` GROUP BY t.id, t.cycle`

	selectPack = `SELECT version, pack FROM measures WHERE agency = $1 AND slot = $2`
	insertPack = `INSERT INTO measures (agency, slot, last_at, version, pack) VALUES ($1, $2, $3, $4, $5) ON CONFLICT (agency, slot) DO NOTHING`
	updatePack = `UPDATE measures SET last_at = $3, version = $4, pack = $5 WHERE agency = $1 AND slot = $2 AND version = $4 - 1`

	selectPacks = `SELECT pack FROM measures WHERE agency = $1 AND last_at >= $2 AND slot < $3`

	selectHeld = `SELECT owner, count(*) FROM tickets WHERE owner <> '' AND closed_at = 0 AND agency = $1
		AND ($2 = '' OR replace($2, '|' || home_unit || '|', '') <> $2) GROUP BY owner`

	selectTargetVersions = `SELECT ` + settingColumns + ` FROM settings WHERE agency = $1 AND name = $2 ORDER BY version`
)

// subject is a ticket that is measured anew. calendar is the version by which
// its timer was reckoned.
type subject struct {
	id, agency string
	opened     db.Time
	calendar   int64
	of         Measure
}

func scanSubject(row db.Scanner) (s subject, err error) {
	err = row.Scan(&s.id, &s.agency, &s.opened, &s.calendar, &s.of.Number, &s.of.Unit, &s.of.Home, &s.of.Kind, &s.of.Channel,
		&s.of.Level, &s.of.Cause, &s.of.Self)
	return s, err
}

func scanHappening(row db.Scanner) (h happening, err error) {
	err = row.Scan(&h.ticket, &h.at, &h.verb, &h.from, &h.to, &h.cycle, &h.kind, &h.by, &h.actor, &h.actorName, &h.outcome)
	return h, err
}

// cycleTally is a count and a moment of one cycle of a ticket.
type cycleTally struct {
	ticket string
	cycle  int64
	n      int64
	at     db.Time
}

func scanCycleTally(row db.Scanner) (t cycleTally, err error) {
	err = row.Scan(&t.ticket, &t.cycle, &t.n, &t.at)
	return t, err
}
