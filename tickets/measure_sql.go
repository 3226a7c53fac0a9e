package tickets

import "pulih/db"

const (
	queueMeasure = `INSERT INTO measure_queue (event, ticket) VALUES ($1, $2)`
	// Who files again within a week had not been helped: the requests that had
	// ended are measured anew. So are those that were filed later, as a rule none.
	queueOthers = `INSERT INTO measure_queue (event, ticket)
		SELECT $1 || id, id FROM tickets WHERE nip = $2 AND nip <> '' AND agency = $3 AND (closed_at > $4 OR opened_at > $5) AND id <> $6`

	selectMeasureQueue = `SELECT event, ticket FROM measure_queue WHERE again_at <= $1 ORDER BY event LIMIT $2 + 0`
	deleteMeasureQueue = `DELETE FROM measure_queue WHERE event = $1`
	updateMeasureQueue = `UPDATE measure_queue SET again_at = $2 WHERE event = $1`
	countUnmeasured    = `SELECT count(*) FROM (SELECT event FROM measure_queue WHERE again_at <= $1 LIMIT $2 + 0) AS waiting`
	countMeasureQueue  = `SELECT count(*) FROM (SELECT event FROM measure_queue LIMIT $1 + 0) AS waiting`

	queueHour = `INSERT INTO measure_queue (event, ticket)
		SELECT $4 || id, id FROM tickets WHERE agency = $1 AND opened_at >= $2 AND opened_at < $3`
	emptyPack = `UPDATE measures SET version = version + 1, last_at = 0, pack = $3 WHERE agency = $1 AND slot = $2`

	// What is measured: the tickets of some events, or those of an hour.
	queued  = ` IN (SELECT ticket FROM measure_queue WHERE event >= $1 AND event <= $2 AND again_at <= $3)`
	filedIn = ` IN (SELECT id FROM tickets WHERE agency = $1 AND opened_at >= $2 AND opened_at < $3)`

	measured = `t.id, t.agency, t.opened_at, COALESCE(m.calendar, -1), t.number, t.home_unit, t.kind, t.channel, t.level, t.cause, t.filed_by = ''
		FROM tickets t LEFT JOIN ticket_timers m ON m.ticket = t.id WHERE t.kind <> 'fraud' AND t.id`
	happened = `ticket, at, verb, from_state, to_state, cycle, kind, actor_kind, actor, actor_name, outcome
		FROM ticket_events WHERE ticket`
	wrongs = `ticket, cycle, at FROM ticket_proofs WHERE result = 'no_match' AND ticket`
	again  = `t.id, t.cycle, min(o.opened_at) FROM tickets t
		JOIN tickets o ON o.nip = t.nip AND o.agency = t.agency AND o.opened_at > t.closed_at AND o.opened_at <= t.closed_at + $4
		WHERE t.nip <> '' AND t.closed_at > 0 AND o.id <> t.id AND o.kind <> 'fraud' AND t.id`
	repeats = `t.id, 1, t.opened_at FROM tickets t WHERE t.nip <> '' AND EXISTS (SELECT 1 FROM tickets o WHERE o.nip = t.nip
		AND o.agency = t.agency AND o.opened_at < t.opened_at AND o.opened_at >= t.opened_at - $4 AND o.kind <> 'fraud') AND t.id`

	selectMeasured   = `SELECT ` + measured + queued
	selectHappened   = `SELECT ` + happened + queued + ` ORDER BY ticket, version`
	selectWrongs     = `SELECT ` + wrongs + queued + ` ORDER BY ticket, at`
	selectAgain      = `SELECT ` + again + queued + ` GROUP BY t.id, t.cycle`
	selectRepeats    = `SELECT ` + repeats + queued
	selectMeasuredIn = `SELECT ` + measured + filedIn
	selectHappenedIn = `SELECT ` + happened + filedIn + ` ORDER BY ticket, version`
	selectWrongsIn   = `SELECT ` + wrongs + filedIn + ` ORDER BY ticket, at`
	selectAgainIn    = `SELECT ` + again + filedIn + ` GROUP BY t.id, t.cycle`
	selectRepeatsIn  = `SELECT ` + repeats + filedIn

	selectUnmeasured = `SELECT number FROM tickets t WHERE agency = $1 AND opened_at >= $2 AND opened_at < $3
		AND EXISTS (SELECT 1 FROM measure_queue q WHERE q.ticket = t.id)`
	selectAgencies  = `SELECT agency FROM measures UNION SELECT agency FROM tickets ORDER BY 1`
	selectNextPack  = `SELECT slot FROM measures WHERE agency = $1 AND slot > $2 ORDER BY slot LIMIT 1`
	selectNextFiled = `SELECT opened_at FROM tickets WHERE agency = $1 AND opened_at >= $2 ORDER BY opened_at, id LIMIT 1`

	selectPack = `SELECT version, last_at, pack FROM measures WHERE agency = $1 AND slot = $2`
	insertPack = `INSERT INTO measures (agency, slot, last_at, version, pack) VALUES ($1, $2, $3, $4, $5) ON CONFLICT (agency, slot) DO NOTHING`
	updatePack = `UPDATE measures SET last_at = $3, version = $4, pack = $5 WHERE agency = $1 AND slot = $2 AND version = $4 - 1`

	selectPacks = `SELECT slot, pack FROM measures WHERE agency = $1 AND last_at >= $2 AND slot < $3`

	// An export reads the packs one by one, and the requests of one between two
	// moments of filing: neither names nor what people wrote.
	selectSlots    = `SELECT slot FROM measures WHERE agency = $1 AND last_at >= $2 AND slot < $3 ORDER BY slot`
	selectExported = `SELECT number, unit, kind, channel, state, cause, nip, rank, owner_name, approved_by_name, bkn_number,
		COALESCE((SELECT min(e.at) FROM ticket_events e WHERE e.ticket = tickets.id AND e.verb = 'claim'), 0)
		FROM tickets WHERE agency = $1 AND opened_at >= $2` + ofUnits3 + ` AND opened_at < $4`

	// By what is claimed: the index of units holds everything that is open.
	selectHeld = `SELECT owner, count(*) FROM tickets WHERE owner <> '' AND closed_at = 0 AND agency || '' = $1
		AND ($2 = '' OR replace($2, '|' || home_unit || '|', '') <> $2) GROUP BY owner`

	selectTargetVersions = `SELECT ` + settingColumns + ` FROM settings WHERE agency = $1 AND name = $2 ORDER BY version`
)

// queuedEvent is something that happened and is not measured yet.
type queuedEvent struct{ id, ticket string }

func scanQueued(row db.Scanner) (e queuedEvent, err error) {
	err = row.Scan(&e.id, &e.ticket)
	return e, err
}

// subject is a ticket that is measured anew. calendar is the version by which
// its timer was reckoned.
type subject struct {
	id, agency string
	opened     db.Time
	calendar   int64
	of         Measure
}

func scanSubject(row db.Scanner) (s subject, err error) {
	err = row.Scan(&s.id, &s.agency, &s.opened, &s.calendar, &s.of.Number, &s.of.Home, &s.of.Kind, &s.of.Channel,
		&s.of.Level, &s.of.Cause, &s.of.Self)
	s.opened = whole(s.opened)
	return s, err
}

func scanHappening(row db.Scanner) (h happening, err error) {
	err = row.Scan(&h.ticket, &h.at, &h.verb, &h.from, &h.to, &h.cycle, &h.kind, &h.by, &h.actor, &h.actorName, &h.outcome)
	h.at = whole(h.at)
	return h, err
}

// whole is the second that an instant is in: a pack knows no part of one, and
// what is measured anew must not differ from what was packed before.
func whole(t db.Time) db.Time { return t - t%db.Time(second) }

// beside is a moment in one cycle of a ticket that none of its events tells.
type beside struct {
	ticket string
	cycle  int64
	at     db.Time
}

func scanBeside(row db.Scanner) (t beside, err error) {
	err = row.Scan(&t.ticket, &t.cycle, &t.at)
	t.at = whole(t.at)
	return t, err
}
