package tickets

// No statement here has LIKE, and no index of tickets is of one state: SQLite
// compiles a statement anew at each use where a parameter might decide by what
// index it is read.

// A list is read in its order from a row to another, and both ends are pairs
// or triples: where SQLite finds a single value too, it begins or ends there.
// So no condition of a list but its ends says anything of its order.
const (
	// No list shows somebody the request about himself (ST-05).
	inView   = `FROM tickets WHERE agency = $1 AND nip <> $2 AND closed_at = 0 AND state = $3 AND ($4 = '*' OR owner = $4)`
	inMine   = `FROM tickets WHERE agency = $1 AND nip <> $2 AND closed_at = 0 AND owner = $3 AND owner <> ''`
	inSoon   = `FROM tickets WHERE agency = $1 AND nip <> $2 AND closed_at = 0 AND state NOT IN ('waiting', 'escalated')`
	inClosed = `FROM tickets WHERE agency = $1 AND nip <> $2 AND closed_at <> 0`

	after2 = ` AND ($3 = '' OR replace(lower(unit), $3, '') <> lower(unit)) AND ($4 = '' OR kind = $4) AND ($5 = '' OR level = $5)
		AND ($6 = '' OR channel = $6) AND ($7 = '' OR cause = $7)
		AND ($8 = '' OR replace($8, '|' || home_unit || '|', '') <> $8)`
	after3 = ` AND ($4 = '' OR replace(lower(unit), $4, '') <> lower(unit)) AND ($5 = '' OR kind = $5) AND ($6 = '' OR level = $6)
		AND ($7 = '' OR channel = $7) AND ($8 = '' OR cause = $8)
		AND ($9 = '' OR replace($9, '|' || home_unit || '|', '') <> $9)`
	after4 = ` AND ($5 = '' OR replace(lower(unit), $5, '') <> lower(unit)) AND ($6 = '' OR kind = $6) AND ($7 = '' OR level = $7)
		AND ($8 = '' OR channel = $8) AND ($9 = '' OR cause = $9)
		AND ($10 = '' OR replace($10, '|' || home_unit || '|', '') <> $10)`

	// What a row of a list shows, and where it stands: a page has fifty.
	rowColumns = `state, version, name, unit, rank, level, owner, owner_name, checked_at, closed_at, last_at, last_from,
		nip, kind, id, number, channel, opened_at, due_at, cause`

	selectView = `SELECT ` + rowColumns + ` ` + inView + after4 + ` AND (rank, opened_at, id) > ($11, $12, $13)
		AND (rank, opened_at, id) <= ($14, $15, $16) ORDER BY rank, opened_at, id LIMIT $17 + 0`
	selectViewBack = `SELECT ` + rowColumns + ` ` + inView + after4 + ` AND (rank, opened_at, id) < ($11, $12, $13)
		AND (rank, opened_at, id) >= ($14, $15, $16) ORDER BY rank DESC, opened_at DESC, id DESC LIMIT $17 + 0`
	selectMine = `SELECT ` + rowColumns + ` ` + inMine + after3 + ` AND (opened_at, id) > ($10, $11)
		AND (opened_at, id) <= ($12, $13) ORDER BY opened_at, id LIMIT $14 + 0`
	selectMineBack = `SELECT ` + rowColumns + ` ` + inMine + after3 + ` AND (opened_at, id) < ($10, $11)
		AND (opened_at, id) >= ($12, $13) ORDER BY opened_at DESC, id DESC LIMIT $14 + 0`
	selectSoon = `SELECT ` + rowColumns + ` ` + inSoon + after2 + ` AND (due_at, id) > ($9, $10)
		AND (due_at, id) <= ($11, $12) ORDER BY due_at, id LIMIT $13 + 0`
	selectSoonBack = `SELECT ` + rowColumns + ` ` + inSoon + after2 + ` AND (due_at, id) < ($9, $10)
		AND (due_at, id) >= ($11, $12) ORDER BY due_at DESC, id DESC LIMIT $13 + 0`
	selectClosed = `SELECT ` + rowColumns + ` ` + inClosed + after2 + ` AND (closed_at, id) < ($9, $10)
		AND (closed_at, id) >= ($11, $12) ORDER BY closed_at DESC, id DESC LIMIT $13 + 0`
	selectClosedBack = `SELECT ` + rowColumns + ` ` + inClosed + after2 + ` AND (closed_at, id) > ($9, $10)
		AND (closed_at, id) <= ($11, $12) ORDER BY closed_at, id LIMIT $13 + 0`

	reachView = `SELECT rank, opened_at, id ` + inView + ` AND (rank, opened_at, id) > ($5, $6, $7) AND (rank, opened_at, id) <= ($8, $9, $10)
		ORDER BY rank, opened_at, id LIMIT 1 OFFSET $11`
	reachViewBack = `SELECT rank, opened_at, id ` + inView + ` AND (rank, opened_at, id) < ($5, $6, $7) AND (rank, opened_at, id) >= ($8, $9, $10)
		ORDER BY rank DESC, opened_at DESC, id DESC LIMIT 1 OFFSET $11`
	reachMine = `SELECT 0, opened_at, id ` + inMine + ` AND (opened_at, id) > ($4, $5) AND (opened_at, id) <= ($6, $7)
		ORDER BY opened_at, id LIMIT 1 OFFSET $8`
	reachMineBack = `SELECT 0, opened_at, id ` + inMine + ` AND (opened_at, id) < ($4, $5) AND (opened_at, id) >= ($6, $7)
		ORDER BY opened_at DESC, id DESC LIMIT 1 OFFSET $8`
	reachSoon = `SELECT 0, due_at, id ` + inSoon + ` AND (due_at, id) > ($3, $4) AND (due_at, id) <= ($5, $6)
		ORDER BY due_at, id LIMIT 1 OFFSET $7`
	reachSoonBack = `SELECT 0, due_at, id ` + inSoon + ` AND (due_at, id) < ($3, $4) AND (due_at, id) >= ($5, $6)
		ORDER BY due_at DESC, id DESC LIMIT 1 OFFSET $7`
	reachClosed = `SELECT 0, closed_at, id ` + inClosed + ` AND (closed_at, id) < ($3, $4) AND (closed_at, id) >= ($5, $6)
		ORDER BY closed_at DESC, id DESC LIMIT 1 OFFSET $7`
	reachClosedBack = `SELECT 0, closed_at, id ` + inClosed + ` AND (closed_at, id) > ($3, $4) AND (closed_at, id) <= ($5, $6)
		ORDER BY closed_at, id LIMIT 1 OFFSET $7`

	selectNext = `SELECT ` + columns + ` FROM tickets WHERE agency = $1 AND closed_at = 0 AND state = 'open' AND rank >= $2 AND rank <= $3
		AND owner = '' AND nip <> $4 AND ($5 = '' OR replace($5, '|' || home_unit || '|', '') <> $5) ORDER BY rank, opened_at, id LIMIT 1`

	selectEarlier = `SELECT number, kind, state, opened_at FROM tickets WHERE nip = $1 AND agency = $2 AND id <> $3
		AND ($4 = '' OR replace($4, '|' || home_unit || '|', '') <> $4) ORDER BY opened_at DESC, id DESC LIMIT 8`

	// How many rows each of Views has, in their order.
	sizeOf    = `(SELECT count(*) FROM (SELECT 1 AS one FROM tickets WHERE agency = $1 AND nip <> $2 AND `
	sizeLive  = sizeOf + `closed_at = 0 AND `
	sizeEnd   = ` LIMIT $6 + 0) AS capped)`
	sizeViews = `SELECT ` +
		sizeLive + `state = 'open' AND owner = '' AND rank <= $7` + sizeEnd + `, ` +
		sizeLive + `owner = $3 AND owner <> ''` + sizeEnd + `, ` +
		sizeLive + `state = 'waiting'` + sizeEnd + `, ` +
		sizeLive + `state = 'checked'` + sizeEnd + `, ` +
		sizeLive + `state = 'ready'` + sizeEnd + `, ` +
		sizeLive + `state NOT IN ('waiting', 'escalated') AND due_at > 0 AND due_at <= $4` + sizeEnd + `, ` +
		sizeLive + `state = 'open' AND owner = '' AND rank > $7` + sizeEnd + `, ` +
		sizeLive + `state = 'escalated'` + sizeEnd + `, ` +
		sizeOf + `closed_at <> 0 AND closed_at >= $5` + sizeEnd

	// The same of one view and one unit. A plus keeps an engine from the index of the order.
	countViewOf   = `SELECT count(*) FROM (SELECT 1 AS one ` + inView + ` AND +rank >= $5 AND +rank <= $6 AND home_unit = $7 LIMIT $8 + 0) AS capped`
	countMineOf   = `SELECT count(*) FROM (SELECT 1 AS one ` + inMine + ` AND home_unit = $4 LIMIT $5 + 0) AS capped`
	countSoonOf   = `SELECT count(*) FROM (SELECT 1 AS one ` + inSoon + ` AND +due_at > 0 AND +due_at <= $3 AND home_unit = $4 LIMIT $5 + 0) AS capped`
	countClosedOf = `SELECT count(*) FROM (SELECT 1 AS one ` + inClosed + ` AND closed_at >= $3 AND home_unit = $4 LIMIT $5 + 0) AS capped`
)

// way reads a list in one direction; reach finds the row at which it stops.
type way struct{ read, reach string }

// ways are how the rows of a kind of list are read, and counted in one unit.
type ways struct {
	forward, back way
	countOf       string
}

var (
	viewWays   = ways{way{selectView, reachView}, way{selectViewBack, reachViewBack}, countViewOf}
	mineWays   = ways{way{selectMine, reachMine}, way{selectMineBack, reachMineBack}, countMineOf}
	soonWays   = ways{way{selectSoon, reachSoon}, way{selectSoonBack, reachSoonBack}, countSoonOf}
	closedWays = ways{way{selectClosed, reachClosed}, way{selectClosedBack, reachClosedBack}, countClosedOf}
)
