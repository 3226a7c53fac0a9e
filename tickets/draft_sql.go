package tickets

import (
	"pulih/accounts"
	"pulih/db"
	"pulih/secret"
)

const (
	insertDraft = `INSERT INTO drafts (id, token_hash, answers, gated, tries, begun_at, saved_at) VALUES ($1, $2, $3, $4, 0, $5, $5)`
	selectDraft = `SELECT id, answers, gated, tries, saved_at FROM drafts WHERE token_hash = $1 AND begun_at > $2`
	updateDraft = `UPDATE drafts SET answers = $2, gated = $3, tries = 0, saved_at = $4 WHERE id = $1`
	tryDraft    = `UPDATE drafts SET tries = tries + 1 WHERE id = $1 AND tries = $2`
	deleteDraft = `DELETE FROM drafts WHERE id = $1`

	// Its files have gone half an hour after it was last touched.
	deleteDrafts = `DELETE FROM drafts WHERE begun_at <= $1 AND id NOT IN (SELECT draft FROM attachments WHERE draft <> '')`

	selectDraftFiles    = `SELECT ` + attachmentColumns + ` FROM attachments WHERE draft = $1 AND draft <> '' ORDER BY id`
	selectIdleFiles     = `SELECT DISTINCT d.id FROM attachments a JOIN drafts d ON d.id = a.draft WHERE a.draft <> '' AND d.saved_at <= $1`
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

// sameNIP compares a number as it was typed with the one in a draft.
func sameNIP(kept string, typed secret.NIP) bool {
	a, _, err := accounts.ParseNIP(kept)
	b, _, wrong := accounts.ParseNIP(string(typed))
	return err == nil && wrong == nil && a == b
}
