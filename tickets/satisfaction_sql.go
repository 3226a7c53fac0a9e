package tickets

import "pulih/db"

const (
	inScope = ` AND ($4 = '' OR replace($4, '|' || home_unit || '|', '') <> $4)
		AND ($5 = '' OR lower(unit) = lower($5)) AND ($6 = '' OR kind = $6) AND ($7 = '' OR level = $7) AND ($8 = '' OR channel = $8)`
	given = ` WHERE agency = $1 AND at >= $2 AND at < $3` + inScope

	countResponded = `SELECT count(*) FROM ticket_ratings WHERE agency = $1 AND ended_at >= $2 AND ended_at < $3` + inScope
	sumRatings     = `SELECT count(*), count(CASE WHEN solved = 'ya' THEN 1 END), count(CASE WHEN solved = 'sebagian' THEN 1 END),
		count(CASE WHEN solved = 'tidak' THEN 1 END), count(CASE WHEN helped = 1 THEN 1 END), count(CASE WHEN helped = 2 THEN 1 END),
		count(CASE WHEN helped = 3 THEN 1 END), count(CASE WHEN helped = 4 THEN 1 END) FROM ticket_ratings` + given
	sumSurveys = `SELECT count(*), COALESCE(sum(requirements), 0), COALESCE(sum(procedures), 0), COALESCE(sum(duration), 0), COALESCE(sum(cost), 0),
		COALESCE(sum(product), 0), COALESCE(sum(competence), 0), COALESCE(sum(conduct), 0), COALESCE(sum(complaints), 0),
		COALESCE(sum(facilities), 0) FROM ticket_surveys` + given + ` AND complete`
	countSkipped = `SELECT count(*) FROM ticket_surveys` + given + ` AND NOT complete`

	countGivenRatings = `SELECT count(*) FROM ticket_ratings` + given
	countGivenSurveys = `SELECT count(*) FROM ticket_surveys` + given + ` AND complete`

	// A request that was answered in two cycles stands there twice.
	rater       = columns + `, answered_at FROM (SELECT tickets.*, a.answered, a.answered_at FROM (SELECT `
	ofTicket    = `) AS a JOIN tickets ON tickets.id = a.answered) AS them ORDER BY answered_at`
	whoRated    = `ticket AS answered, at AS answered_at FROM ticket_ratings` + given
	whoSurveyed = `ticket AS answered, at AS answered_at FROM ticket_surveys` + given + ` AND complete`
	older       = ` AND (at, ticket) < ($9, $10) ORDER BY at DESC, ticket DESC LIMIT $11`
	newer       = ` AND (at, ticket) > ($9, $10) ORDER BY at, ticket LIMIT $11`

	listRatings     = `SELECT ` + rater + whoRated + older + ofTicket + ` DESC, answered DESC`
	listRatingsBack = `SELECT ` + rater + whoRated + newer + ofTicket + `, answered`
	listSurveys     = `SELECT ` + rater + whoSurveyed + older + ofTicket + ` DESC, answered DESC`
	listSurveysBack = `SELECT ` + rater + whoSurveyed + newer + ofTicket + `, answered`
)

type answerer struct {
	record
	at db.Time
}

// extended lets scanTicket read a row that goes on.
type extended struct {
	db.Scanner
	more any
}

func (e extended) Scan(to ...any) error { return e.Scanner.Scan(append(to, e.more)...) }

func scanAnswerer(row db.Scanner) (a answerer, err error) {
	a.record, err = scanTicket(extended{row, &a.at})
	return a, err
}
