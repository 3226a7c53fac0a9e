package tickets

const (
	// No list shows somebody the request about himself (ST-05).
	inView = `FROM tickets WHERE agency = $1 AND nip <> $2 AND state = $3 AND rank >= $4 AND rank <= $5 AND ($6 = '*' OR owner = $6)`
	inMine = `FROM tickets WHERE agency = $1 AND nip <> $2 AND owner = $3
		AND state IN ('open', 'waiting', 'escalated', 'checked', 'approved', 'ready', 'issued')`
	inClosed = `FROM tickets WHERE agency = $1 AND nip <> $2 AND closed_at > 0`

	selectView = `SELECT ` + columns + ` ` + inView + ` AND (rank, opened_at, id) > ($7, $8, $9)
		ORDER BY rank, opened_at, id LIMIT $10`
	selectViewBack = `SELECT ` + columns + ` ` + inView + ` AND (rank, opened_at, id) < ($7, $8, $9)
		ORDER BY rank DESC, opened_at DESC, id DESC LIMIT $10`
	selectMine = `SELECT ` + columns + ` ` + inMine + ` AND (opened_at, id) > ($4, $5)
		ORDER BY opened_at, id LIMIT $6`
	selectMineBack = `SELECT ` + columns + ` ` + inMine + ` AND (opened_at, id) < ($4, $5)
		ORDER BY opened_at DESC, id DESC LIMIT $6`
	selectClosed = `SELECT ` + columns + ` ` + inClosed + ` AND (closed_at, id) < ($3, $4)
		ORDER BY closed_at DESC, id DESC LIMIT $5`
	selectClosedBack = `SELECT ` + columns + ` ` + inClosed + ` AND (closed_at, id) > ($3, $4)
		ORDER BY closed_at, id LIMIT $5`
	selectNext = `SELECT ` + columns + ` FROM tickets WHERE agency = $1 AND state = 'open' AND rank >= $2 AND rank <= $3
		AND owner = '' AND nip <> $4 ORDER BY rank, opened_at, id LIMIT 1`

	countView   = `SELECT count(*) FROM (SELECT 1 AS one ` + inView + ` LIMIT $7) AS capped`
	countMine   = `SELECT count(*) FROM (SELECT 1 AS one ` + inMine + ` LIMIT $4) AS capped`
	countClosed = `SELECT count(*) FROM (SELECT 1 AS one ` + inClosed + ` LIMIT $3) AS capped`
)
