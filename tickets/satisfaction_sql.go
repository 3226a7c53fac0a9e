package tickets

const (
	inUnits = ` AND ($4 = '' OR replace($4, '|' || home_unit || '|', '') <> $4)`
	given   = ` WHERE agency = $1 AND at >= $2 AND at < $3` + inUnits

	countResponded = `SELECT count(*) FROM ticket_ratings WHERE agency = $1 AND ended_at >= $2 AND ended_at < $3` + inUnits
	sumRatings     = `SELECT count(*), count(CASE WHEN helped > 0 THEN 1 END), count(CASE WHEN solved = 'ya' THEN 1 END),
		count(CASE WHEN solved = 'sebagian' THEN 1 END), count(CASE WHEN solved = 'tidak' THEN 1 END), count(CASE WHEN helped = 1 THEN 1 END),
		count(CASE WHEN helped = 2 THEN 1 END), count(CASE WHEN helped = 3 THEN 1 END), count(CASE WHEN helped = 4 THEN 1 END) FROM ticket_ratings` + given
	sumSurveys = `SELECT count(*), COALESCE(sum(requirements), 0), COALESCE(min(requirements), 0), COALESCE(max(requirements), 0), COALESCE(sum(procedures), 0), COALESCE(min(procedures), 0), COALESCE(max(procedures), 0),
		COALESCE(sum(duration), 0), COALESCE(min(duration), 0), COALESCE(max(duration), 0), COALESCE(sum(cost), 0), COALESCE(min(cost), 0), COALESCE(max(cost), 0),
		COALESCE(sum(product), 0), COALESCE(min(product), 0), COALESCE(max(product), 0), COALESCE(sum(competence), 0), COALESCE(min(competence), 0), COALESCE(max(competence), 0),
		COALESCE(sum(conduct), 0), COALESCE(min(conduct), 0), COALESCE(max(conduct), 0), COALESCE(sum(complaints), 0), COALESCE(min(complaints), 0), COALESCE(max(complaints), 0),
		COALESCE(sum(facilities), 0), COALESCE(min(facilities), 0), COALESCE(max(facilities), 0) FROM ticket_surveys` + given + ` AND complete`
	countSkipped  = `SELECT count(*) FROM ticket_surveys` + given + ` AND NOT complete`
	countSurveyed = `SELECT count(*) FROM ticket_surveys WHERE agency = $1 AND ended_at >= $2 AND ended_at < $3` + inUnits + ` AND complete`
)
