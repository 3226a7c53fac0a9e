package tickets

import (
	"pulih/db"
	"pulih/secret"
)

const (
	accessColumns = `id, person, reason, asked_at, asked_by, handed_at, handed_by, ended_at, number_hash,
		(SELECT nip FROM people WHERE people.id = access_requests.person) FROM access_requests `
	accessScope = ` AND ($2 = '' OR replace($2, '|' || unit || '|', '') <> $2)`

	selectAccess     = `SELECT ` + accessColumns + `WHERE id = $1 AND agency = $2 AND ($3 = '' OR replace($3, '|' || unit || '|', '') <> $3)`
	selectOpenAccess = `SELECT ` + accessColumns + `WHERE agency = $1 AND handed_at = 0 AND ended_at = 0 AND asked_at > $3` + accessScope + ` ORDER BY asked_at, id LIMIT 201`
	selectPastAccess = `SELECT ` + accessColumns + `WHERE agency = $1 AND (handed_at > 0 OR ended_at > 0 OR asked_at <= $3)` + accessScope + ` ORDER BY asked_at DESC, id DESC LIMIT 20`

	insertAccess = `INSERT INTO access_requests (id, agency, person, unit, reason, asked_at, asked_by, handed_at, handed_by, number_hash)
		VALUES ($1, $2, $3, $4, $5, $6, $7, 0, '', $8)`
	endUnfetched = `UPDATE access_requests SET ended_at = $2 WHERE person = $1 AND handed_at = 0 AND ended_at = 0 AND asked_at <= $3`
	endAccess    = `UPDATE access_requests SET ended_at = $3 WHERE id = $1 AND person = $2 AND ended_at = 0`
	// Whoever asked hands nothing over; the first hand-over stays the answer.
	handOverAccess = `UPDATE access_requests SET handed_at = CASE WHEN handed_at = 0 THEN $2 ELSE handed_at END,
		handed_by = CASE WHEN handed_at = 0 THEN $3 ELSE handed_by END WHERE id = $1 AND asked_by <> $3 AND ended_at = 0`
)

func scanAccess(row db.Scanner) (r Access, err error) {
	var nip secret.NIP
	err = row.Scan(&r.ID, &r.Person, &r.Reason, &r.AskedAt, &r.AskedBy, &r.HandedAt, &r.HandedBy, &r.EndedAt, &r.numberHash, &nip)
	r.MaskedNIP = maskNIP(nip)
	return r, err
}
