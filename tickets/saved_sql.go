package tickets

import "pulih/db"

const (
	selectSavedReplies  = `SELECT id, title, text, version, changed_at, changed_name FROM saved_replies WHERE agency = $1 AND ended_at = 0 ORDER BY title`
	selectSavedReply    = `SELECT id, title, text, version, changed_at, changed_name FROM saved_replies WHERE id = $1 AND agency = $2 AND ended_at = 0`
	selectSavedByOthers = `SELECT text FROM saved_replies WHERE agency = $1 AND ended_at = 0 AND changed_by <> $2`
	insertSavedReply    = `INSERT INTO saved_replies (id, agency, title, text, version, changed_at, changed_by, changed_name, ended_at)
		VALUES ($1, $2, $3, $4, 1, $5, $6, $7, 0)`
	updateSavedReply = `UPDATE saved_replies SET version = version + 1, title = $4, text = $5, changed_at = $6, changed_by = $7, changed_name = $8
		WHERE id = $1 AND agency = $2 AND version = $3 AND ended_at = 0`
	endSavedReply = `UPDATE saved_replies SET ended_at = $3 WHERE id = $1 AND agency = $2 AND ended_at = 0`
)

func scanSaved(row db.Scanner) (r SavedReply, err error) {
	err = row.Scan(&r.ID, &r.Title, &r.Text, &r.Version, &r.ChangedAt, &r.ChangedName)
	return r, err
}
