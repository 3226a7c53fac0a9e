package rig

const activateAll = `UPDATE accounts SET activated_at = $1`

// Statements of PostgreSQL's own; a division by zero says that there is none.
const (
	waitForStandby         = `ALTER SYSTEM SET synchronous_standby_names = '*'`
	reloadPostgres         = "SELECT pg_reload_conf()"
	isSynchronousPostgres  = `SELECT 1 / count(*) FROM pg_stat_replication WHERE sync_state = 'sync'`
	promotePostgres        = `SELECT pg_promote(true, 60)`
	countListenersPostgres = `SELECT 1 / count(*) FROM pg_stat_activity WHERE query LIKE 'LISTEN %'`
)
