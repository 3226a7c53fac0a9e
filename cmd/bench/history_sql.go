package main

// What was written is copied in the order of the indexes, each time under
// another prefix and weeks older, except what is open.
const (
	insertPast = `INSERT INTO tickets (id, number, kind, channel, state, rank, level, owner, nip, name, unit, home_unit, claimed_name, claimed_unit, problem,
		cause, opened_at, due_at, state_at, closed_at, last_at, secret_hash, agency, version, cycle, last_from,
		person, phone, filed_by, factor, factor_device, basis, owner_name, owned_at, told_at, checked_at, checked_by, checked_by_name,
		approved_at, approved_by, approved_by_name, approval, mails, ready_at, issued_at, pass, pass_until, passes, device, solved_by, reason)
		VALUES ($1, $2, $3, $4, $5, $6, $7, '', $8, $9, $10, $10, $9, $10, $11, $12, $13, $14, $15, $16, $15, $17, $18, $19, $20, 'pemohon',
		'', '', $21, '', '', '', '', 0, 1, 0, '', '', 0, '', '', '', '', 0, 0, '', 0, 0, '', '', '')`
	insertPastEvent = `INSERT INTO ticket_events (id, ticket, at, verb, from_state, to_state, version, cycle, actor_kind, actor, actor_name, browser, agency, kind, channel, note, outcome)
		VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, '', $12, $13, $14, '', $15)`
	insertColleague = `INSERT INTO staff (id, nip, name, email, agency, roles, approver_no, approves_from, password, secret, last_step,
		otp_failures, otp_wait_until, setup_hash, setup_until, setup_browser, pending_password, pending_secret, created_at, enrolled_at, disabled_at)
		VALUES ($1, $2, $3, $4, $5, $6, 0, 0, '', $7, 0, 0, 0, $7, 0, $7, '', $7, $8, $8, 0)`

	copied     = `CAST($1 AS TEXT)`
	agedTicket = `CASE WHEN substr(id, 10, 2) IN ('00', '50') THEN 0 ELSE CAST($2 AS BIGINT) END`
	agedEvent  = `CASE WHEN substr(ticket, 10, 2) IN ('00', '50') THEN 0 ELSE CAST($2 AS BIGINT) END`
	// Ten people where the first copy has one, each appointed a year after the one before.
	ofSomebodyElse = `substr(nip, 1, 8) || CAST(CAST(substr(nip, 9, 4) AS BIGINT) +
		CASE WHEN substr(id, 9, 1) = '7' THEN CAST($4 AS BIGINT) ELSE CAST($3 AS BIGINT) END AS TEXT) || substr(nip, 13)`
	copyPastRows = `INSERT INTO tickets (id, number, kind, channel, state, rank, level, owner, nip, name, unit, home_unit, claimed_name, claimed_unit, problem,
		cause, opened_at, due_at, state_at, closed_at, last_at, secret_hash, agency, version, cycle, last_from,
		person, phone, filed_by, factor, factor_device, basis, owner_name, owned_at, told_at, checked_at, checked_by, checked_by_name,
		approved_at, approved_by, approved_by_name, approval, mails, ready_at, issued_at, pass, pass_until, passes, device, solved_by, reason)
		SELECT 't' || ` + copied + ` || substr(id, 5), substr(number, 1, 10) || ` + copied + `, kind, channel, state, rank, level, owner, ` + ofSomebodyElse + `, name, unit, home_unit,
		claimed_name, claimed_unit, problem, cause, opened_at - aged, due_at - aged, state_at - aged, CASE WHEN closed_at = 0 THEN 0 ELSE closed_at - aged END,
		last_at - aged, secret_hash, agency, version, cycle, last_from,
		person, phone, filed_by, factor, factor_device, basis, owner_name, owned_at, told_at, checked_at, checked_by, checked_by_name,
		approved_at, approved_by, approved_by_name, approval, mails, ready_at, issued_at, pass, pass_until, passes, device, solved_by, reason
		FROM (SELECT *, ` + agedTicket + ` AS aged FROM tickets WHERE id < 't001' ORDER BY id) AS written`
	copyPastEvents = `INSERT INTO ticket_events (id, ticket, at, verb, from_state, to_state, version, cycle, actor_kind, actor, actor_name, browser, agency, kind, channel, note, outcome)
		SELECT 'e' || ` + copied + ` || substr(id, 5), 't' || ` + copied + ` || substr(ticket, 5), at - ` + agedEvent + `, verb, from_state, to_state, version, cycle,
		actor_kind, actor, actor_name, browser, agency, kind, channel, note, outcome
		FROM ticket_events WHERE id < 'e001' ORDER BY id`
	copyPastTimers = `INSERT INTO ticket_timers (ticket, agency, kind, cycle, target, spent, since, due_at, ended_at, calendar)
		SELECT 't' || ` + copied + ` || substr(ticket, 5), agency, kind, cycle, target, spent,
		CASE WHEN since = 0 THEN 0 ELSE since - ` + agedEvent + ` END, due_at - ` + agedEvent + `,
		CASE WHEN ended_at = 0 THEN 0 ELSE ended_at - ` + agedEvent + ` END, calendar
		FROM ticket_timers WHERE ticket < 't001' ORDER BY ticket`

	fillRoster = `INSERT INTO people (id, nip, name, unit, agency, email, email_since, phone, phone_since, active, created_at, changed_at)
		WITH RECURSIVE k (n) AS (SELECT 0 UNION ALL SELECT n + 1 FROM k WHERE n < 99999)
		SELECT 'orang' || CAST(100000 + n AS TEXT), '1990010120150' || CAST(10000 + n AS TEXT), 'Orang Contoh ' || CAST(n AS TEXT), 'Dinas Contoh ' || CAST(n % 200 AS TEXT),
		$1, 'orang' || CAST(n AS TEXT) || '@example.go.id', $2, '', 0, TRUE, $2, $2 FROM k`
	fillRatings = `INSERT INTO ticket_ratings (ticket, cycle, agency, home_unit, unit, kind, level, channel, ended_at, solved, helped, at)
		SELECT id, cycle, agency, home_unit, unit, kind, level, channel, closed_at, CASE WHEN substr(id, 11, 1) = '1' THEN 'ya' ELSE 'sebagian' END,
		3, closed_at + 3600000000 FROM tickets WHERE state = 'done' AND substr(id, 11, 1) IN ('1', '6')`
	fillSurveys = `INSERT INTO ticket_surveys (ticket, cycle, agency, home_unit, unit, kind, level, channel, ended_at, complete, requirements, procedures, duration,
		cost, product, competence, conduct, complaints, facilities, at)
		SELECT ticket, cycle, agency, home_unit, unit, kind, level, channel, ended_at, TRUE, 3, 4, 3, 4, 3, 4, 3, 4, 3, at + 60000000
		FROM ticket_ratings WHERE substr(ticket, 11, 1) = '1'`

	days      = `WITH RECURSIVE d (day) AS (SELECT CAST($1 AS BIGINT) UNION ALL SELECT day - 86400000000 FROM d WHERE day > CAST($2 AS BIGINT)), k (n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM k WHERE n < 40) `
	fillWalks = `INSERT INTO walk_days (day, ending, cause, n) ` + days + `SELECT day, e.column1, c.column1, 7 FROM d, (VALUES ('permohonan'), ('mandiri'), ('tak-dikenal')) AS e,
		(VALUES (''), ('jam'), ('hilang'), ('entri'), ('terkunci'), ('lain')) AS c`
	fillClocks = `INSERT INTO clock_days (day, drift, n) ` + days + `SELECT day, n * 10 - 200, 3 FROM d, k`
	fillCodes  = `INSERT INTO code_days (agency, day, stage, n) ` + days + `SELECT $3, day, s.column1, 90 FROM d, (VALUES ('minta'), ('terkirim'), ('diketik'), ('benar'), ('selesai')) AS s`
	fillDelays = `INSERT INTO mail_days (day, domain, delay, n) ` + days + `SELECT day, m.column1, n * 100, 4 FROM d, k, (VALUES ('gmail'), ('yahoo'), ('outlook'), ('go.id'), ('lainnya')) AS m`

	queueAll = `INSERT INTO measure_queue (event, ticket) SELECT CAST(opened_at AS TEXT) || id, id FROM tickets ORDER BY opened_at, id`
	tidyPast = `VACUUM ANALYZE`
)
