package tickets

const (
	inState = ` AS state, count(*) FROM (SELECT 1 AS one FROM tickets WHERE state = `

	countLive = `SELECT 'open'` + inState + `'open' LIMIT $1 + 0) AS a
		UNION ALL SELECT 'waiting'` + inState + `'waiting' LIMIT $1 + 0) AS b
		UNION ALL SELECT 'escalated'` + inState + `'escalated' LIMIT $1 + 0) AS c
		UNION ALL SELECT 'checked'` + inState + `'checked' LIMIT $1 + 0) AS d
		UNION ALL SELECT 'approved'` + inState + `'approved' LIMIT $1 + 0) AS e
		UNION ALL SELECT 'ready'` + inState + `'ready' LIMIT $1 + 0) AS f
		UNION ALL SELECT 'issued'` + inState + `'issued' LIMIT $1 + 0) AS g`
)
