package main

import "pulih/db"

const (
	selectLeases = `SELECT name, until FROM leases ORDER BY name`

	selectServerPostgres = `SELECT current_setting('server_version_num'), current_setting('max_connections'), current_setting('superuser_reserved_connections'),
		current_setting('synchronous_standby_names'), current_setting('synchronous_commit'), current_setting('data_checksums'),
		(SELECT count(*) FROM pg_stat_replication)`
)

type leaseRow struct {
	name  string
	until db.Time
}

func scanLease(row db.Scanner) (l leaseRow, err error) {
	err = row.Scan(&l.name, &l.until)
	return l, err
}
