package tickets

import "pulih/db"

const (
	// The decisions upon a check: the last one before it, by somebody else.
	decided = ` FROM ticket_events e JOIN ticket_events c ON c.ticket = e.ticket AND c.version = (
			SELECT max(v.version) FROM ticket_events v WHERE v.ticket = e.ticket AND v.verb = 'check' AND v.version < e.version)
		JOIN tickets t ON t.id = e.ticket
		WHERE e.agency = $1 AND e.at >= $2 AND ($3 = '' OR replace($3, '|' || t.home_unit || '|', '') <> $3) AND e.at < $4
		AND e.from_state = 'checked' AND e.verb IN ('approve', 'sendback', 'refuse') AND e.actor_kind = 'staff' AND e.actor <> c.actor`
	decision = `e.id, t.number, e.verb, c.at, e.at, c.actor, c.actor_name, e.actor, e.actor_name`

	ofPair            = ` AND c.actor = $5 AND e.actor = $6`
	listDecisions     = `SELECT ` + decision + decided + ofPair + ` AND (e.at, e.id) < ($7, $8) ORDER BY e.at DESC, e.id DESC LIMIT $9 + 0`
	listDecisionsBack = `SELECT ` + decision + decided + ofPair + ` AND (e.at, e.id) > ($7, $8) ORDER BY e.at, e.id LIMIT $9 + 0`
)

func scanDecision(row db.Scanner) (d Decision, err error) {
	err = row.Scan(&d.id, &d.Number, &d.Verb, &d.CheckedAt, &d.At, &d.Checker.ID, &d.Checker.Name, &d.Approver.ID, &d.Approver.Name)
	return d, err
}
