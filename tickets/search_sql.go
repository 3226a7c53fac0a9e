package tickets

import "pulih/db"

const (
	placeTextSQLite = `INSERT INTO ticket_texts (ticket) VALUES ($1) ON CONFLICT (ticket) DO UPDATE SET pending = FALSE RETURNING seq`
	saveTextSQLite  = `INSERT OR REPLACE INTO ticket_words (rowid, words) VALUES ($1, $2)`
	searchSQLite    = `SELECT ` + columns + `, seq FROM (SELECT rowid AS hit FROM ticket_words WHERE ticket_words MATCH $1 AND rowid < $2) AS hits
		JOIN ticket_texts ON seq = hit JOIN tickets ON id = ticket WHERE nip <> $3 AND agency = $4
		AND ($6 = '' OR replace($6, '|' || home_unit || '|', '') <> $6) ORDER BY hit DESC LIMIT $5 + 0`

	saveTextPostgres = `INSERT INTO ticket_texts (ticket, scope, about, words) VALUES ($1, $2, $3, CAST($4 AS TSVECTOR))
		ON CONFLICT (ticket) DO UPDATE SET scope = excluded.scope, about = excluded.about, words = excluded.words, pending = FALSE`
	// A common word is among the newest; a rare one is in the index. Neither
	// way is good for the other: the index would sort half of all tickets.
	searchNewestPostgres = `SELECT ` + columns + `, seq FROM (SELECT seq, ticket, words FROM ticket_texts WHERE scope = $4 AND about <> $3 AND seq < $2
		ORDER BY seq DESC LIMIT 2000) AS newest JOIN tickets ON id = ticket WHERE words @@ CAST($1 AS TSQUERY)
		AND ($6 = '' OR replace($6, '|' || home_unit || '|', '') <> $6) ORDER BY seq DESC LIMIT $5 + 0`
	searchAllPostgres = `WITH found AS MATERIALIZED (SELECT seq, ticket FROM ticket_texts WHERE words @@ CAST($1 AS TSQUERY) AND scope = $4 AND about <> $3),
		newest AS MATERIALIZED (SELECT seq, ticket FROM found WHERE seq < $2 ORDER BY seq DESC LIMIT 51)
		SELECT ` + columns + `, seq FROM newest JOIN tickets ON id = ticket
		WHERE $6 = '' OR replace($6, '|' || home_unit || '|', '') <> $6 ORDER BY seq DESC LIMIT $5 + 0`
	selectPending = `SELECT ticket FROM ticket_texts WHERE pending ORDER BY seq DESC LIMIT $1 + 0`

	planAnewPostgres = `SET LOCAL plan_cache_mode = force_custom_plan`
)

// found is a ticket, and its place in the order of filing.
type found struct {
	record
	seq int64
}

func scanFound(row db.Scanner) (f found, err error) {
	f.record, err = scanTicket(longer{row, &f.seq})
	return f, err
}

// longer reads one more column than its reader knows.
type longer struct {
	db.Scanner
	more any
}

// Scan reads the row.
func (l longer) Scan(dest ...any) error { return l.Scanner.Scan(append(dest, l.more)...) }
