package main

// What the bare program asks: one keyset page of the queue, one ticket by its
// number, and one row written.
const (
	bareColumns = `SELECT number, state, kind, name, unit, owner_name, cause, channel, last_from, CAST(due_at AS TEXT) FROM tickets `
	bareQueue   = bareColumns + `WHERE agency = $1 AND closed_at = 0 AND state = 'open' AND (rank, opened_at, id) > (0, 0, '')
		ORDER BY rank, opened_at, id LIMIT 50`
	bareTicket = bareColumns + `WHERE number = $1`

	bareTable  = `CREATE TABLE IF NOT EXISTS bench_writes (id TEXT PRIMARY KEY, text TEXT NOT NULL)`
	bareInsert = `INSERT INTO bench_writes (id, text) VALUES ($1, $2)`
)
