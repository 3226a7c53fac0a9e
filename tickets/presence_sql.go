package tickets

import "pulih/db"

const (
	updatePresent = `UPDATE ticket_presence SET seen = $3 WHERE ticket = $1 AND staff = $2`
	insertPresent = `INSERT INTO ticket_presence (ticket, staff, name, since, seen) VALUES ($1, $2, $3, $4, $4)
		ON CONFLICT (ticket, staff) DO UPDATE SET seen = excluded.seen`
	deletePresent = `DELETE FROM ticket_presence WHERE ticket = $1 AND staff = $2`
	deleteAway    = `DELETE FROM ticket_presence WHERE seen < $1`
	selectPresent = `SELECT name, since FROM ticket_presence WHERE ticket = $1 AND staff <> $2 AND seen >= $3 ORDER BY since, name`

	countNoKeys = `SELECT count(*) FROM staff_habits WHERE staff = $1 AND no_keys`
	saveHabit   = `INSERT INTO staff_habits (staff, no_keys) VALUES ($1, $2) ON CONFLICT (staff) DO UPDATE SET no_keys = excluded.no_keys`
)

func scanColleague(row db.Scanner) (c Colleague, err error) {
	err = row.Scan(&c.Name, &c.Since)
	return c, err
}
