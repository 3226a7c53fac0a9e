package tickets

import "pulih/db"

const (
	insertTimer = `INSERT INTO ticket_timers (ticket, kind, cycle, target, spent, since, due_at, ended_at, calendar, agency)
		VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)`
	updateTimer = `UPDATE ticket_timers SET kind = $2, cycle = $3, target = $4, spent = $5, since = $6, due_at = $7,
		ended_at = $8, calendar = $9 WHERE ticket = $1`
	// Of a ticket that nothing has happened to since it was read. Whatever does
	// happen writes the ticket first, so one of the two waits for the other.
	touchTicket = `UPDATE tickets SET version = version WHERE id = $1 AND version = $2`
	selectTimer = `SELECT kind, cycle, target, spent, since, due_at, ended_at, calendar FROM ticket_timers WHERE ticket = $1`
	updateDue   = `UPDATE tickets SET due_at = $2 WHERE id = $1 AND due_at <> $2`

	selectMoments = `SELECT at, to_state, cycle, kind FROM ticket_events WHERE ticket = $1 ORDER BY version`

	// Timers of living tickets that were computed by another calendar than
	// their agency's; those of before there were timers have the version -1.
	selectStaleTimers = `SELECT m.ticket FROM (
		SELECT agency, max(version) AS version FROM settings WHERE name = 'kalender' AND from_at <= $1 GROUP BY agency
		) s JOIN ticket_timers m ON m.agency = s.agency AND m.calendar < s.version AND m.ended_at = 0
		UNION SELECT ticket FROM ticket_timers WHERE calendar < 0 LIMIT $2 + 0`
)

func scanMoment(row db.Scanner) (m moment, err error) {
	err = row.Scan(&m.at, &m.to, &m.cycle, &m.kind)
	return m, err
}
