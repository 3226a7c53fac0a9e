package tickets

// The columns, those that change first; values and scanTicket follow them.
const (
	columns = `state, version, cycle, name, unit, rank, factor, factor_device, level, basis,
		owner, owner_name, owned_at, state_at, checked_at, checked_by, checked_by_name,
		approved_at, approved_by, approved_by_name, approval, mails, ready_at, issued_at,
		pass, pass_until, passes, device, closed_at, solved_by, reason, last_at, last_from,
		person, nip, kind, merged_into, bkn_number, remind_at, new_email, home_unit,
		id, number, channel, agency, claimed_name, claimed_unit, phone, problem, secret_hash, filed_by,
		opened_at, due_at, told_at, network, cause`

	insertTicket = `INSERT INTO tickets (` + columns + `)
		VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19, $20, $21, $22, $23, $24, $25,
		$26, $27, $28, $29, $30, $31, $32, $33, $34, $35, $36, $37, $38, $39, $40, $41, $42, $43, $44, $45, $46, $47, $48,
		$49, $50, $51, $52, $53, $54, $55, $56)`
	updateTicket = `UPDATE tickets SET state = $1, version = $2, cycle = $3, name = $4, unit = $5, rank = $6, factor = $7, factor_device = $8, level = $9,
		basis = $10, owner = $11, owner_name = $12, owned_at = $13, state_at = $14, checked_at = $15, checked_by = $16,
		checked_by_name = $17, approved_at = $18, approved_by = $19, approved_by_name = $20, approval = $21, mails = $22,
		ready_at = $23, issued_at = $24, pass = $25, pass_until = $26, passes = $27, device = $28, closed_at = $29,
		solved_by = $30, reason = $31, last_at = $32, last_from = $33, person = $34, nip = $35, kind = $36,
		merged_into = $37, bkn_number = $38, remind_at = $39, new_email = $40, home_unit = $41
		WHERE id = $42 AND state = $43 AND version = $44`

	selectByNumber = `SELECT ` + columns + ` FROM tickets WHERE number = $1`
	selectByID     = `SELECT ` + columns + ` FROM tickets WHERE id = $1`
	selectOfAgency = `SELECT ` + columns + ` FROM tickets WHERE number = $1 AND agency = $2` + ofUnits3
	selectSlot     = `SELECT number FROM tickets WHERE person = $1 AND kind = $2 AND id <> $3
		AND state IN ('checked', 'approved', 'ready', 'issued')`
	selectLiveChanges = `SELECT ` + columns + ` FROM tickets WHERE person = $1 AND kind IN ('mfa', 'email', 'activation')
		AND state IN ('open', 'waiting', 'escalated', 'checked', 'approved', 'ready', 'issued') ORDER BY id`
	selectLive = `SELECT ` + columns + ` FROM tickets WHERE person = $1 AND kind = $2
		AND state IN ('open', 'waiting', 'escalated', 'checked', 'approved', 'ready', 'issued') ORDER BY id`

	selectDisowned = `SELECT ` + columns + ` FROM tickets 
		WHERE person = $2 AND $1 <> '' AND (id = $1 OR device = $1)`
	selectLiveOthers = `SELECT count(*) FROM tickets WHERE person = $1 AND id <> $2 AND kind IN ('mfa', 'email', 'activation')
		AND state IN ('open', 'waiting', 'escalated', 'checked', 'approved', 'ready', 'issued')`
	countNetwork = `SELECT count(*) FROM (SELECT DISTINCT nip FROM tickets
		WHERE network = $1 AND network <> '' AND opened_at > $2 AND opened_at < $3 AND filed_by = '' LIMIT 100) AS numbers`
	// Endings as they happened, not tickets as they are: one may be reopened,
	// and be about another person or kind then. Its own count where they can be
	// followed by more.
	selectEndings = `SELECT count(*) FILTER (WHERE to_state = 'done' AND ticket <> $2 AND at > $3),
		count(*) FILTER (WHERE to_state = 'disowned' AND ticket <> $2),
		count(*) FILTER (WHERE to_state = 'refused' AND at > $3),
		count(*) FILTER (WHERE to_state IN ('cancelled', 'expired') AND ticket <> $2 AND at > $3)
		FROM ticket_events WHERE person = $1 AND kind IN ('mfa', 'email', 'activation')
		AND to_state IN ('done', 'refused', 'cancelled', 'expired', 'disowned')`
	selectTwins = `SELECT number FROM tickets WHERE nip = $1 AND kind = $2` + ofUnits3 + `
		AND id <> $4 AND agency = $5 AND rank <= $6 AND state IN ('open', 'waiting') ORDER BY id LIMIT 10`
	updateUntold = `UPDATE tickets SET told_at = 0 WHERE id = $1`
	countOnce    = `INSERT INTO ticket_counts (what, who, day, n) VALUES ($1, $2, $3, 1) ON CONFLICT (what, who, day) DO NOTHING`

	// What he sees who is bound to units, in the place of the parameter that
	// By.units fills.
	ofUnits3 = ` AND ($3 = '' OR replace($3, '|' || home_unit || '|', '') <> $3)`

	insertEvent = `INSERT INTO ticket_events (id, ticket, at, verb, from_state, to_state, version, cycle,
		actor_kind, actor, actor_name, browser, agency, kind, channel, note, person, outcome)
		VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18)`
	selectEvents = `SELECT at, verb, from_state, to_state, cycle, actor_kind, actor, actor_name, note, browser
		FROM ticket_events WHERE ticket = $1 ORDER BY version`
	selectBrowserChecked = `SELECT count(*) FROM ticket_events WHERE browser = $1 AND browser <> '' AND verb = 'check' AND at > $2`
)
