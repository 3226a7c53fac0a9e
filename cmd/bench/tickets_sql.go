package main

// Ten thousand tickets are written one by one; the database copies them. The
// index has their words without their numbers: those take the server's key.
const (
	insertTicket = `INSERT INTO tickets (id, number, kind, channel, state, rank, level, owner, nip, name, unit, claimed_name, claimed_unit, problem,
		cause, opened_at, due_at, state_at, closed_at, last_at, secret_hash, agency, version, cycle, last_from,
		person, phone, filed_by, factor, factor_device, basis, owner_name, owned_at, told_at, checked_at, checked_by, checked_by_name,
		approved_at, approved_by, approved_by_name, approval, mails, ready_at, issued_at, pass, pass_until, passes, device, solved_by, reason)
		VALUES ($1, $2, $3, 'remote', $4, $5, '', $6, $7, $8, $9, $8, $9, $10, $11, $12, $13, $12, $14, $12, $15, $16, 2, 1, 'pemohon',
		'', '', '', '', '', '', '', $17, 1, 0, '', '', 0, '', '', '', '', 0, 0, '', 0, 0, '', '', '')`
	insertMessage = `INSERT INTO ticket_messages (id, ticket, at, side, author, author_name, text) VALUES ($1, $2, $3, 'pemohon', '', '', $4)`
	insertEvent   = `INSERT INTO ticket_events (id, ticket, at, verb, from_state, to_state, version, cycle, actor_kind, actor, actor_name, browser, agency, kind, channel, note)
		VALUES ($1, $2, $3, 'open', '', 'open', $4, 1, 'person', '', '', '', $5, 'mfa', 'remote', '')`
	insertProof = `INSERT INTO ticket_proofs (id, ticket, cycle, person, stage, class, kind, source, how, result, number_hash, code_hash, code_until, code_tries,
		at, by_id, by_name, voided_at) VALUES ($1, $2, 1, '', 'check', 'document', $3, '', '', 'match', '', '', 0, 0, $4, 'agent', 'Rina Contoh', 0)`
	insertTimer = `INSERT INTO ticket_timers (ticket, agency, kind, cycle, target, spent, since, due_at, ended_at, calendar)
		VALUES ($1, $2, $3, 1, 28800000000, 0, $4, $5, $6, 0)`

	copies      = `WITH RECURSIVE k (n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM k WHERE n < $1) `
	copyTickets = `INSERT INTO tickets (id, number, kind, channel, state, rank, level, owner, nip, name, unit, claimed_name, claimed_unit, problem,
		cause, opened_at, due_at, state_at, closed_at, last_at, secret_hash, agency, version, cycle, last_from,
		person, phone, filed_by, factor, factor_device, basis, owner_name, owned_at, told_at, checked_at, checked_by, checked_by_name,
		approved_at, approved_by, approved_by_name, approval, mails, ready_at, issued_at, pass, pass_until, passes, device, solved_by, reason) ` + copies + `
		SELECT id || '-' || n, substr(number, 1, 9) || substr(CAST(10000 + n AS TEXT), 2, 4), kind, channel, state, rank, level, '', nip, name, unit,
		claimed_name, claimed_unit, problem, cause, opened_at - n * aged, due_at - n * aged, state_at - n * aged, closed_at - n * aged, last_at, secret_hash, agency, version, cycle, last_from,
		person, phone, filed_by, factor, factor_device, basis, owner_name, owned_at, told_at, checked_at, checked_by, checked_by_name,
		approved_at, approved_by, approved_by_name, approval, mails, ready_at, issued_at, pass, pass_until, passes, device, solved_by, reason
		FROM (SELECT *, CASE WHEN closed_at = 0 THEN 0 ELSE 604800000000 END AS aged FROM tickets) AS written CROSS JOIN k`
	copyMessages = `INSERT INTO ticket_messages (id, ticket, at, side, author, author_name, text) ` + copies + `
		SELECT id || '-' || n, ticket || '-' || n, at, side, author, author_name, text FROM ticket_messages CROSS JOIN k`
	copyEvents = `INSERT INTO ticket_events (id, ticket, at, verb, from_state, to_state, version, cycle, actor_kind, actor, actor_name, browser, agency, kind, channel, note) ` + copies + `
		SELECT id || '-' || n, ticket || '-' || n, at, verb, from_state, to_state, version, cycle, actor_kind, actor, actor_name, browser, agency, kind, channel, note
		FROM ticket_events CROSS JOIN k`
	copyProofs = `INSERT INTO ticket_proofs (id, ticket, cycle, person, stage, class, kind, source, how, result, number_hash, code_hash, code_until, code_tries,
		at, by_id, by_name, voided_at) ` + copies + `
		SELECT id || '-' || n, ticket || '-' || n, cycle, person, stage, class, kind, source, how, result, number_hash, code_hash, code_until, code_tries,
		at, by_id, by_name, voided_at FROM ticket_proofs CROSS JOIN k`
	copyTimers = `INSERT INTO ticket_timers (ticket, agency, kind, cycle, target, spent, since, due_at, ended_at, calendar) ` + copies + `
		SELECT ticket || '-' || n, agency, kind, cycle, target, spent, since - n * aged, due_at - n * aged, ended_at - n * aged, calendar
		FROM (SELECT *, CASE WHEN ended_at = 0 THEN 0 ELSE 604800000000 END AS aged FROM ticket_timers) AS written CROSS JOIN k`

	placeTextsSQLite = `INSERT INTO ticket_texts (ticket) SELECT id FROM tickets ORDER BY opened_at, id`
	fillTextsSQLite  = `INSERT INTO ticket_words (rowid, words) SELECT x.seq, 'z' || lower(hex(t.agency)) || ' ' || replace(t.number, '-', '') || ' ' ||
		t.name || ' ' || t.unit || ' ' || t.problem || ' ' || (SELECT group_concat(m.text, ' ') FROM ticket_messages m WHERE m.ticket = t.id)
		FROM ticket_texts x JOIN tickets t ON t.id = x.ticket`
	fillTextsPostgres = `INSERT INTO ticket_texts (ticket, scope, about, words) SELECT t.id, t.agency, '', strip(to_tsvector('simple', replace(t.number, '-', '') || ' ' ||
		t.name || ' ' || t.unit || ' ' || t.problem || ' ' || (SELECT string_agg(m.text, ' ') FROM ticket_messages m WHERE m.ticket = t.id)))
		FROM tickets t ORDER BY t.opened_at, t.id`
	dropWordsPostgres = `DROP INDEX ticket_texts_words`
	makeWordsPostgres = `CREATE INDEX ticket_texts_words ON ticket_texts USING gin (words) WITH (fastupdate = off)`
	tidyPostgres      = `VACUUM ANALYZE tickets, ticket_messages, ticket_events, ticket_texts, ticket_proofs, ticket_timers`

	insertAgent = `INSERT INTO staff (id, nip, name, email, agency, roles, approver_no, approves_from, password, secret, last_step,
		otp_failures, otp_wait_until, setup_hash, setup_until, setup_browser, pending_password, pending_secret, created_at, enrolled_at, disabled_at)
		VALUES ($1, '197001012000011001', 'Rina Contoh', 'rina@example.go.id', $2, 'petugas verifikator penyelia', 0, 0, '', $3, 0, 0, 0, $3, 0, $3, '', $3, $4, $4, 0)`
	insertSession = `INSERT INTO sessions (id, token_hash, kind, owner, created_at, seen_at, proven_at, ended_at, network, agent)
		VALUES ($1, $2, 'staff', $3, $4, $4, 0, 0, '', '')`
)
