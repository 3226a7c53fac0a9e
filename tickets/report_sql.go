package tickets

import "pulih/db"

// Fraud cases are Pulih's own, nobody filed them: they are in no figure.
const (
	wasOpened = `FROM tickets WHERE agency = $1 AND kind <> 'fraud' AND opened_at >= $2 AND opened_at < $3 AND opened_at <= $4`
	wasDone   = `FROM tickets WHERE agency = $1 AND kind <> 'fraud' AND state = 'done' AND closed_at >= $2 AND closed_at < $3 AND closed_at <= $4`
	wasLive   = `FROM tickets WHERE agency = $1 AND kind <> 'fraud' AND opened_at >= $2 AND opened_at < $3
		AND (closed_at = 0 OR closed_at >= $4)`

	countOpened = `SELECT count(*) ` + wasOpened
	countDone   = `SELECT count(*) ` + wasDone
	countOpen   = `SELECT count(*) ` + wasLive

	byOpened     = ` AND (opened_at, id) < ($5, $6) ORDER BY opened_at DESC, id DESC LIMIT $7`
	byOpenedBack = ` AND (opened_at, id) > ($5, $6) ORDER BY opened_at, id LIMIT $7`

	listOpened     = `SELECT ` + columns + ` ` + wasOpened + byOpened
	listOpenedBack = `SELECT ` + columns + ` ` + wasOpened + byOpenedBack
	listOpen       = `SELECT ` + columns + ` ` + wasLive + byOpened
	listOpenBack   = `SELECT ` + columns + ` ` + wasLive + byOpenedBack
	listDone       = `SELECT ` + columns + ` ` + wasDone + ` AND (closed_at, id) < ($5, $6) ORDER BY closed_at DESC, id DESC LIMIT $7`
	listDoneBack   = `SELECT ` + columns + ` ` + wasDone + ` AND (closed_at, id) > ($5, $6) ORDER BY closed_at, id LIMIT $7`

	selectSpans = `SELECT id, opened_at, closed_at FROM tickets
		WHERE agency = $1 AND kind <> 'fraud' AND state = 'done' AND closed_at >= $2 AND closed_at < $3`
	selectPauses = `SELECT e.ticket, e.at, e.to_state = 'waiting' FROM ticket_events e JOIN tickets t ON t.id = e.ticket
		WHERE t.agency = $1 AND t.kind <> 'fraud' AND t.state = 'done' AND t.closed_at >= $2 AND t.closed_at < $3
		AND (e.to_state = 'waiting') <> (e.from_state = 'waiting') ORDER BY e.ticket, e.version`
	selectArrivedDays = `SELECT (opened_at + $4) / $5 AS day, count(*) FROM tickets
		WHERE agency = $1 AND kind <> 'fraud' AND opened_at >= $2 AND opened_at < $3 GROUP BY day`
	selectResolvedDays = `SELECT (closed_at + $4) / $5 AS day, count(*) FROM tickets
		WHERE agency = $1 AND kind <> 'fraud' AND state = 'done' AND closed_at >= $2 AND closed_at < $3 GROUP BY day`
)

var countFigure = map[string]string{byOpening: countOpened, byEnd: countDone, stillOpen: countOpen}

var listFigure = map[string]struct{ forward, back string }{
	byOpening: {listOpened, listOpenedBack}, byEnd: {listDone, listDoneBack}, stillOpen: {listOpen, listOpenBack}}

type ticketSpan struct {
	ticket string
	span
}

func scanSpan(row db.Scanner) (s ticketSpan, err error) {
	err = row.Scan(&s.ticket, &s.From, &s.Until)
	return s, err
}

func scanPause(row db.Scanner) (p pause, err error) {
	err = row.Scan(&p.ticket, &p.at, &p.begins)
	return p, err
}
