package tickets

const (
	insertRating = `INSERT INTO ticket_ratings (ticket, cycle, agency, kind, solved, ease, at)
		VALUES ($1, $2, $3, $4, $5, $6, $7) ON CONFLICT (ticket, cycle) DO NOTHING`
	countRatings = `SELECT count(*) FROM ticket_ratings WHERE ticket = $1 AND cycle = $2`
)
