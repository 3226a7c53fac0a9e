package tickets

const (
	inView = `FROM tickets WHERE agency = $1 AND state = $2 AND rank >= $3 AND rank <= $4 AND ($5 = '*' OR owner = $5)`
	inMine = `FROM tickets WHERE owner = $1 AND agency = $2
		AND state IN ('open', 'waiting', 'escalated', 'checked', 'approved', 'ready', 'issued')`
	inClosed = `FROM tickets WHERE agency = $1 AND closed_at > 0`

	selectView = `SELECT ` + columns + ` ` + inView + ` AND (rank, opened_at, id) > ($6, $7, $8)
		ORDER BY rank, opened_at, id LIMIT $9`
	selectViewBack = `SELECT ` + columns + ` ` + inView + ` AND (rank, opened_at, id) < ($6, $7, $8)
		ORDER BY rank DESC, opened_at DESC, id DESC LIMIT $9`
	selectMine = `SELECT ` + columns + ` ` + inMine + ` AND (opened_at, id) > ($3, $4)
		ORDER BY opened_at, id LIMIT $5`
	selectMineBack = `SELECT ` + columns + ` ` + inMine + ` AND (opened_at, id) < ($3, $4)
		ORDER BY opened_at DESC, id DESC LIMIT $5`
	selectClosed = `SELECT ` + columns + ` ` + inClosed + ` AND (closed_at, id) < ($2, $3)
		ORDER BY closed_at DESC, id DESC LIMIT $4`
	selectClosedBack = `SELECT ` + columns + ` ` + inClosed + ` AND (closed_at, id) > ($2, $3)
		ORDER BY closed_at, id LIMIT $4`
	selectNext = `SELECT ` + columns + ` FROM tickets WHERE agency = $1 AND state = 'open' AND rank >= $2 AND rank <= $3
		AND owner = '' AND nip <> $4 ORDER BY rank, opened_at, id LIMIT 1`

	countView   = `SELECT count(*) FROM (SELECT 1 AS one ` + inView + ` LIMIT $6) AS capped`
	countMine   = `SELECT count(*) FROM (SELECT 1 AS one ` + inMine + ` LIMIT $3) AS capped`
	countClosed = `SELECT count(*) FROM (SELECT 1 AS one ` + inClosed + ` LIMIT $2) AS capped`
)
