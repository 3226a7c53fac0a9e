package main

// Ten thousand tickets are written one by one; the database copies them. The
// index has their words without their numbers: those take the server's key.
const (
	insertMessage = `INSERT INTO ticket_messages (id, ticket, at, side, author, author_name, text) VALUES ($1, $2, $3, 'pemohon', '', '', $4)`
	insertProof   = `INSERT INTO ticket_proofs (id, ticket, cycle, person, stage, class, kind, source, how, result, number_hash, code_hash, code_until, code_tries,
		at, by_id, by_name, voided_at) VALUES ($1, $2, 1, '', 'check', 'document', $3, '', '', 'match', '', '', 0, 0, $4, 'agent', 'Rina Contoh', 0)`
	insertTimer = `INSERT INTO ticket_timers (ticket, agency, kind, cycle, target, spent, since, due_at, ended_at, calendar)
		VALUES ($1, $2, $3, 1, 28800000000, 0, $4, $5, $6, 0)`

	copyMessages = `INSERT INTO ticket_messages (id, ticket, at, side, author, author_name, text)
		SELECT 'm' || ` + copied + ` || substr(id, 5), 't' || ` + copied + ` || substr(ticket, 5), at - ` + agedEvent + `, side, author, author_name, text
		FROM ticket_messages WHERE id < 'm001' ORDER BY id`
	copyProofs = `INSERT INTO ticket_proofs (id, ticket, cycle, person, stage, class, kind, source, how, result, number_hash, code_hash, code_until, code_tries,
		at, by_id, by_name, voided_at)
		SELECT 'p' || ` + copied + ` || substr(id, 5), 't' || ` + copied + ` || substr(ticket, 5), cycle, person, stage, class, kind, source, how, result, number_hash,
		code_hash, code_until, code_tries, at - ` + agedEvent + `, by_id, by_name, voided_at FROM ticket_proofs WHERE id < 'p001' ORDER BY id`

	placeTextsSQLite = `INSERT INTO ticket_texts (ticket) SELECT id FROM tickets ORDER BY opened_at, id`
	fillTextsSQLite  = `INSERT INTO ticket_words (rowid, words) SELECT x.seq, 'z' || lower(hex(t.agency)) || ' ' || replace(t.number, '-', '') || ' ' ||
		t.name || ' ' || t.unit || ' ' || t.problem || ' ' || (SELECT group_concat(m.text, ' ') FROM ticket_messages m WHERE m.ticket = t.id)
		FROM ticket_texts x JOIN tickets t ON t.id = x.ticket`
	fillTextsPostgres = `INSERT INTO ticket_texts (ticket, scope, about, words) SELECT t.id, t.agency, '', strip(to_tsvector('simple', replace(t.number, '-', '') || ' ' ||
		t.name || ' ' || t.unit || ' ' || t.problem || ' ' || (SELECT string_agg(m.text, ' ') FROM ticket_messages m WHERE m.ticket = t.id)))
		FROM tickets t ORDER BY t.opened_at, t.id`
	dropWordsPostgres = `DROP INDEX ticket_texts_words`
	makeWordsPostgres = `CREATE INDEX ticket_texts_words ON ticket_texts USING gin (words) WITH (fastupdate = off)`

	insertAgent = `INSERT INTO staff (id, nip, name, email, agency, roles, approver_no, approves_from, password, secret, last_step,
		otp_failures, otp_wait_until, setup_hash, setup_until, setup_browser, pending_password, pending_secret, created_at, enrolled_at, disabled_at)
		VALUES ($1, '197001012000011001', 'Rina Contoh', 'rina@example.go.id', $2, 'petugas verifikator penyelia', 0, 0, '', $3, 0, 0, 0, $3, 0, $3, '', $3, $4, $4, 0)`
	insertSession = `INSERT INTO sessions (id, token_hash, kind, owner, created_at, seen_at, proven_at, ended_at, network, agent)
		VALUES ($1, $2, 'staff', $3, $4, $4, 0, 0, '', '')`
)
