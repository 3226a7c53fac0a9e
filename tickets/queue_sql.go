package tickets

// A list is read in its order from a row ($from) to another ($to), so that a
// rare filter reads no more than reach rows of the index at once.
const (
	// No list shows somebody the request about himself (ST-05).
	inView = `FROM tickets WHERE agency = $1 AND nip <> $2 AND closed_at = 0 AND state = $3 AND rank >= $4 AND rank <= $5
		AND ($6 = '*' OR owner = $6)`
	inMine   = `FROM tickets WHERE agency = $1 AND nip <> $2 AND owner = $3 AND owner <> '' AND closed_at = 0`
	inSoon   = `FROM tickets WHERE agency = $1 AND nip <> $2 AND due_at <= $3 AND due_at > 0 AND closed_at = 0 AND state NOT IN ('waiting', 'escalated')`
	inClosed = `FROM tickets WHERE agency = $1 AND nip <> $2 AND closed_at >= $3 AND closed_at > 0`

	narrowed = ` AND ($4 = '' OR lower(unit) LIKE $4 ESCAPE '\') AND ($5 = '' OR kind = $5) AND ($6 = '' OR level = $6)
		AND ($7 = '' OR channel = $7) AND ($8 = '' OR cause = $8)`
	narrowedView = ` AND ($7 = '' OR lower(unit) LIKE $7 ESCAPE '\') AND ($8 = '' OR kind = $8) AND ($9 = '' OR level = $9)
		AND ($10 = '' OR channel = $10) AND ($11 = '' OR cause = $11)`

	selectView = `SELECT ` + columns + ` ` + inView + narrowedView + ` AND (rank, opened_at, id) > ($12, $13, $14)
		AND (rank, opened_at, id) <= ($15, $16, $17) ORDER BY rank, opened_at, id LIMIT $18`
	selectViewBack = `SELECT ` + columns + ` ` + inView + narrowedView + ` AND (rank, opened_at, id) < ($12, $13, $14)
		AND (rank, opened_at, id) >= ($15, $16, $17) ORDER BY rank DESC, opened_at DESC, id DESC LIMIT $18`
	selectMine = `SELECT ` + columns + ` ` + inMine + narrowed + ` AND (opened_at, id) > ($9, $10)
		AND (opened_at, id) <= ($11, $12) ORDER BY opened_at, id LIMIT $13`
	selectMineBack = `SELECT ` + columns + ` ` + inMine + narrowed + ` AND (opened_at, id) < ($9, $10)
		AND (opened_at, id) >= ($11, $12) ORDER BY opened_at DESC, id DESC LIMIT $13`
	selectSoon = `SELECT ` + columns + ` ` + inSoon + narrowed + ` AND (due_at, id) > ($9, $10)
		AND (due_at, id) <= ($11, $12) ORDER BY due_at, id LIMIT $13`
	selectSoonBack = `SELECT ` + columns + ` ` + inSoon + narrowed + ` AND (due_at, id) < ($9, $10)
		AND (due_at, id) >= ($11, $12) ORDER BY due_at DESC, id DESC LIMIT $13`
	selectClosed = `SELECT ` + columns + ` ` + inClosed + narrowed + ` AND (closed_at, id) < ($9, $10)
		AND (closed_at, id) >= ($11, $12) ORDER BY closed_at DESC, id DESC LIMIT $13`
	selectClosedBack = `SELECT ` + columns + ` ` + inClosed + narrowed + ` AND (closed_at, id) > ($9, $10)
		AND (closed_at, id) <= ($11, $12) ORDER BY closed_at, id LIMIT $13`

	reachView       = `SELECT rank, opened_at, id ` + inView + ` AND (rank, opened_at, id) > ($7, $8, $9) ORDER BY rank, opened_at, id LIMIT 1 OFFSET $10`
	reachViewBack   = `SELECT rank, opened_at, id ` + inView + ` AND (rank, opened_at, id) < ($7, $8, $9) ORDER BY rank DESC, opened_at DESC, id DESC LIMIT 1 OFFSET $10`
	reachMine       = `SELECT 0, opened_at, id ` + inMine + ` AND (opened_at, id) > ($4, $5) ORDER BY opened_at, id LIMIT 1 OFFSET $6`
	reachMineBack   = `SELECT 0, opened_at, id ` + inMine + ` AND (opened_at, id) < ($4, $5) ORDER BY opened_at DESC, id DESC LIMIT 1 OFFSET $6`
	reachSoon       = `SELECT 0, due_at, id ` + inSoon + ` AND (due_at, id) > ($4, $5) ORDER BY due_at, id LIMIT 1 OFFSET $6`
	reachSoonBack   = `SELECT 0, due_at, id ` + inSoon + ` AND (due_at, id) < ($4, $5) ORDER BY due_at DESC, id DESC LIMIT 1 OFFSET $6`
	reachClosed     = `SELECT 0, closed_at, id ` + inClosed + ` AND (closed_at, id) < ($4, $5) ORDER BY closed_at DESC, id DESC LIMIT 1 OFFSET $6`
	reachClosedBack = `SELECT 0, closed_at, id ` + inClosed + ` AND (closed_at, id) > ($4, $5) ORDER BY closed_at, id LIMIT 1 OFFSET $6`

	selectNext = `SELECT ` + columns + ` FROM tickets WHERE agency = $1 AND closed_at = 0 AND state = 'open' AND rank >= $2 AND rank <= $3
		AND owner = '' AND nip <> $4 ORDER BY rank, opened_at, id LIMIT 1`

	countView   = `SELECT count(*) FROM (SELECT 1 AS one ` + inView + ` LIMIT $7) AS capped`
	countMine   = `SELECT count(*) FROM (SELECT 1 AS one ` + inMine + ` LIMIT $4) AS capped`
	countSoon   = `SELECT count(*) FROM (SELECT 1 AS one ` + inSoon + ` LIMIT $4) AS capped`
	countClosed = `SELECT count(*) FROM (SELECT 1 AS one ` + inClosed + ` LIMIT $4) AS capped`
)

// way reads a list in one direction; reach finds the row at which it stops.
type way struct{ read, reach string }

// ways are how the rows of a kind of list are read and counted.
type ways struct {
	forward, back way
	count         string
}

var (
	viewWays   = ways{way{selectView, reachView}, way{selectViewBack, reachViewBack}, countView}
	mineWays   = ways{way{selectMine, reachMine}, way{selectMineBack, reachMineBack}, countMine}
	soonWays   = ways{way{selectSoon, reachSoon}, way{selectSoonBack, reachSoonBack}, countSoon}
	closedWays = ways{way{selectClosed, reachClosed}, way{selectClosedBack, reachClosedBack}, countClosed}
)
