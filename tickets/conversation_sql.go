package tickets

import "pulih/db"

const (
	insertMessage = `INSERT INTO ticket_messages (id, ticket, at, side, author, author_name, text)
		VALUES ($1, $2, $3, $4, $5, $6, $7)`
	selectMessages = `SELECT at, side, author_name, text FROM ticket_messages WHERE ticket = $1 ORDER BY id`
	countInARow    = `SELECT count(*) FROM ticket_messages WHERE ticket = $1 AND side = 'pemohon'
		AND id > COALESCE((SELECT max(id) FROM ticket_messages WHERE ticket = $1 AND side = 'petugas'), '')`
	selectLastSaid = `SELECT text FROM ticket_messages WHERE ticket = $1 AND side = 'pemohon'
		AND id > COALESCE((SELECT max(id) FROM ticket_messages WHERE ticket = $1 AND side = 'petugas'), '') ORDER BY id DESC LIMIT 1`
	countUnanswered = `SELECT count(*) FROM ticket_messages WHERE ticket = $1 AND side = 'petugas'
		AND id > COALESCE((SELECT max(id) FROM ticket_messages WHERE ticket = $1 AND side = 'pemohon'), '')`
	countWritten = `SELECT count(*) FROM ticket_messages WHERE ticket = $1 AND author = $2`
)

func scanMessage(row db.Scanner) (m Message, err error) {
	err = row.Scan(&m.At, &m.From, &m.Author, &m.Text)
	return m, err
}
