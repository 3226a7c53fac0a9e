package audit

// What stands in the tables of the log and cannot have come there by Append
// and the sealer.
const (
	countUnnumbered = `SELECT count(*) FROM audit_seals WHERE seq IS NULL OR seq < 1`
	countUnsealed   = `SELECT count(*) FROM audit_events e
		WHERE NOT EXISTS (SELECT 1 FROM audit_seals s WHERE s.event = e.id AND s.seq > 0)
		AND NOT EXISTS (SELECT 1 FROM audit_queue q WHERE q.event = e.id)`
	countPlacedUnsealed = `SELECT count(*) FROM audit_places p
		WHERE NOT EXISTS (SELECT 1 FROM audit_seals s WHERE s.event = p.event AND s.seq > 0)`
	countWaiting = `SELECT count(*) FROM audit_queue q
		WHERE NOT EXISTS (SELECT 1 FROM audit_events e WHERE e.id = q.event AND e.at >= $1 AND e.at <= $2)
		AND NOT EXISTS (SELECT 1 FROM audit_seals s WHERE s.event = q.event)`
	countRequeued = `SELECT count(*) FROM audit_queue q WHERE EXISTS (SELECT 1 FROM audit_seals s WHERE s.event = q.event)`
	countUnasked  = `SELECT count(*) FROM audit_checks WHERE asked_at > $1`
	selectPlacing = `SELECT COALESCE(max(below), 0), count(*) FROM audit_placed`
)

// The guards as they are, by their texts. Another function behind a trigger, or
// a setting of it, is another guard.
const (
	selectGuardsSQLite = `SELECT sql FROM sqlite_master WHERE type = 'trigger' AND lower(tbl_name) IN
		('audit_events', 'audit_queue', 'audit_seals', 'audit_floors', 'audit_places', 'audit_placed', 'audit_checks')`
	selectGuardsPostgres = `SELECT CASE t.tgenabled WHEN 'O' THEN '' ELSE 'OFF ' END || pg_get_triggerdef(t.oid, true) || chr(10)
			|| concat_ws(' ', l.lanname, array_to_string(p.proconfig, ','), btrim(p.prosrc))
		FROM pg_trigger t JOIN pg_class c ON c.oid = t.tgrelid JOIN pg_proc p ON p.oid = t.tgfoid JOIN pg_language l ON l.oid = p.prolang
		WHERE NOT t.tgisinternal AND pg_table_is_visible(c.oid) AND c.relname IN
		('audit_events', 'audit_queue', 'audit_seals', 'audit_floors', 'audit_places', 'audit_placed', 'audit_checks')
		UNION ALL SELECT definition FROM pg_rules WHERE schemaname = current_schema() AND tablename IN
		('audit_events', 'audit_queue', 'audit_seals', 'audit_floors', 'audit_places', 'audit_placed', 'audit_checks')`
)
