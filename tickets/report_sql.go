package tickets

import "pulih/db"

// Fraud cases are Pulih's own, nobody filed them: they are in no figure.
const (
	wasOpened = `FROM tickets WHERE agency = $1 AND kind <> 'fraud' AND opened_at >= $2 AND opened_at < $3 AND opened_at <= $4` + ofUnits5
	wasDone   = `FROM tickets WHERE agency = $1 AND kind <> 'fraud' AND state = 'done' AND closed_at >= $2 AND closed_at < $3 AND closed_at <= $4` + ofUnits5
	wasLive   = `FROM tickets WHERE agency = $1 AND kind <> 'fraud' AND opened_at >= $2 AND opened_at < $3
		AND (closed_at = 0 OR closed_at >= $4)` + ofUnits5
	ofUnits5 = ` AND ($5 = '' OR replace($5, '|' || home_unit || '|', '') <> $5)`

	countOpened = `SELECT count(*) ` + wasOpened
	countDone   = `SELECT count(*) ` + wasDone
	countOpen   = `SELECT count(*) ` + wasLive

	byOpened     = ` AND (opened_at, id) < ($6, $7) ORDER BY opened_at DESC, id DESC LIMIT $8`
	byOpenedBack = ` AND (opened_at, id) > ($6, $7) ORDER BY opened_at, id LIMIT $8`

	listOpened     = `SELECT ` + columns + ` ` + wasOpened + byOpened
	listOpenedBack = `SELECT ` + columns + ` ` + wasOpened + byOpenedBack
	listOpen       = `SELECT ` + columns + ` ` + wasLive + byOpened
	listOpenBack   = `SELECT ` + columns + ` ` + wasLive + byOpenedBack
	listDone       = `SELECT ` + columns + ` ` + wasDone + ` AND (closed_at, id) < ($6, $7) ORDER BY closed_at DESC, id DESC LIMIT $8`
	listDoneBack   = `SELECT ` + columns + ` ` + wasDone + ` AND (closed_at, id) > ($6, $7) ORDER BY closed_at, id LIMIT $8`

	selectSpans = `SELECT id, opened_at, closed_at FROM tickets
		WHERE agency = $1 AND kind <> 'fraud' AND state = 'done' AND closed_at >= $2 AND closed_at < $3
		AND ($4 = '' OR replace($4, '|' || home_unit || '|', '') <> $4)`
	selectPauses = `SELECT e.ticket, e.at, e.to_state = 'waiting' FROM ticket_events e JOIN tickets t ON t.id = e.ticket
		WHERE t.agency = $1 AND t.kind <> 'fraud' AND t.state = 'done' AND t.closed_at >= $2 AND t.closed_at < $3
		AND ($4 = '' OR replace($4, '|' || t.home_unit || '|', '') <> $4)
		AND (e.to_state = 'waiting') <> (e.from_state = 'waiting') ORDER BY e.ticket, e.version`
	selectArrivedDays = `SELECT (opened_at + $4) / $5 AS day, count(*) FROM tickets
		WHERE agency = $1 AND kind <> 'fraud' AND opened_at >= $2 AND opened_at < $3
		AND ($6 = '' OR replace($6, '|' || home_unit || '|', '') <> $6) GROUP BY day`
	selectResolvedDays = `SELECT (closed_at + $4) / $5 AS day, count(*) FROM tickets
		WHERE agency = $1 AND kind <> 'fraud' AND state = 'done' AND closed_at >= $2 AND closed_at < $3
		AND ($6 = '' OR replace($6, '|' || home_unit || '|', '') <> $6) GROUP BY day`
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
