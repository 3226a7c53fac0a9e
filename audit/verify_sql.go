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

const (
	selectGuardsSQLite = `SELECT name FROM sqlite_master WHERE type = 'trigger' AND lower(tbl_name) IN
		('audit_events', 'audit_queue', 'audit_seals', 'audit_floors', 'audit_places', 'audit_placed', 'audit_checks')`
	selectGuardsPostgres = `SELECT CASE t.tgenabled WHEN 'O' THEN t.tgname ELSE t.tgname || ' (off)' END
		FROM pg_trigger t JOIN pg_class c ON c.oid = t.tgrelid
		WHERE NOT t.tgisinternal AND pg_table_is_visible(c.oid) AND c.relname IN
		('audit_events', 'audit_queue', 'audit_seals', 'audit_floors', 'audit_places', 'audit_placed', 'audit_checks')
		UNION ALL SELECT rulename FROM pg_rules WHERE schemaname = current_schema() AND tablename IN
		('audit_events', 'audit_queue', 'audit_seals', 'audit_floors', 'audit_places', 'audit_placed', 'audit_checks')`
)
