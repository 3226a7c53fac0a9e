package tickets

const (
	selectBeyondCheck = `SELECT ` + columns + ` FROM tickets WHERE state IN ('checked', 'approved', 'ready', 'issued') ORDER BY id`
	selectAllLive     = `SELECT ` + columns + ` FROM tickets WHERE state IN ('open', 'waiting', 'escalated', 'checked', 'approved', 'ready', 'issued') ORDER BY id`
	selectDraftIDs    = `SELECT id FROM drafts ORDER BY id`
	deleteDrafts      = `DELETE FROM drafts`
	voidEmailCodes    = `UPDATE email_codes SET state = 'ended' WHERE state = 'live'`
	voidCallCodes     = `UPDATE ticket_proofs SET code_until = $1 WHERE code_until > $1`
	voidAccess        = `UPDATE access_requests SET ended_at = $1 WHERE handed_at = 0 AND ended_at = 0`
)
