package tickets

const (
	selectAgencyOf = `SELECT agency FROM tickets WHERE id = $1`
	selectNumberOf = `SELECT number FROM tickets WHERE id = $1 AND agency = $2
		AND ($3 = '' OR replace($3, '|' || home_unit || '|', '') <> $3)`
)
