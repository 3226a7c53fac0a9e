package tickets

// The request's dimensions are copied as they are at the answer.
const (
	dimensions  = `ticket, cycle, agency, home_unit, unit, kind, level, channel, ended_at, at`
	asTheyAre   = `id, cycle, agency, home_unit, unit, kind, level, channel, closed_at, $2`
	onceACycle  = ` FROM tickets WHERE id = $1 ON CONFLICT (ticket, cycle) DO NOTHING`
	nineColumns = `requirements, procedures, duration, cost, product, competence, conduct, complaints, facilities`

	insertRating = `INSERT INTO ticket_ratings (` + dimensions + `, solved, helped) SELECT ` + asTheyAre + `, $3, $4` + onceACycle
	insertSurvey = `INSERT INTO ticket_surveys (` + dimensions + `, complete, ` + nineColumns + `) SELECT ` +
		asTheyAre + `, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12` + onceACycle
	countOpinions = `SELECT (SELECT count(*) FROM ticket_ratings r WHERE r.ticket = t.id AND r.cycle = $2),
		(SELECT count(*) FROM ticket_surveys s WHERE s.ticket = t.id AND s.cycle = $2) FROM tickets t WHERE t.id = $1`
)
