package tickets

import "pulih/db"

const (
	insertDraft = `INSERT INTO drafts (id, copy_of, token_hash, answers, gated, tries, begun_at, opened_at, saved_at) VALUES ($1, $2, $3, $4, FALSE, 0, $5, $5, $5)`
	selectDraft = `SELECT id, copy_of, token_hash, answers, gated, opened_at, saved_at FROM drafts WHERE (token_hash = $1 OR last_hash = $1) AND begun_at > $2`
	// What is written wants the token that was read, and ends the one before.
	updateDraft  = `UPDATE drafts SET answers = $3, last_hash = NULL, tries = 0, saved_at = $4 WHERE id = $1 AND token_hash = $2`
	reissueDraft = `UPDATE drafts SET token_hash = $3, last_hash = $2, gated = TRUE, tries = 0, saved_at = $4 WHERE id = $1 AND token_hash = $2`
	tryDraft     = `UPDATE drafts SET tries = tries + 1 WHERE id = $1 AND tries < $2 RETURNING tries`
	resumeDraft  = `UPDATE drafts SET token_hash = $3, last_hash = $2, gated = FALSE, tries = 0, opened_at = $4, saved_at = $4 WHERE id = $1`
	forgetToken  = `UPDATE drafts SET last_hash = NULL, tries = 0 WHERE id = $1`
	deleteDraft  = `DELETE FROM drafts WHERE id = $1 AND token_hash = $2`
	// Nothing is a copy of ''.
	deleteOriginal = `DELETE FROM drafts WHERE id = $1`
	// Whoever adopts its files meanwhile is waited for.
	lockDraft = `UPDATE drafts SET id = id WHERE id = $1`

	selectDraftFiles    = `SELECT ` + attachmentColumns + ` FROM attachments WHERE draft = $1 AND draft <> '' ORDER BY id`
	adoptFiles          = `UPDATE attachments SET ticket = $2, draft = '' WHERE draft = $1 AND draft <> ''`
	deleteDraftContents = `DELETE FROM attachment_contents WHERE attachment IN (SELECT id FROM attachments WHERE draft = $1 AND draft <> '')`
	deleteDraftFiles    = `DELETE FROM attachments WHERE draft = $1 AND draft <> ''`
	deleteDraftContent  = `DELETE FROM attachment_contents WHERE attachment IN (SELECT id FROM attachments WHERE id = $1 AND draft = $2 AND draft <> '')`
	deleteDraftFile     = `DELETE FROM attachments WHERE id = $1 AND draft = $2 AND draft <> ''`
)

func scanID(row db.Scanner) (id string, err error) {
	err = row.Scan(&id)
	return id, err
}
