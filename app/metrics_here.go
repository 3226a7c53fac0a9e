package app

import (
	"database/sql"
	"os"
	"path/filepath"
	"runtime/debug"
	"syscall"

	"github.com/prometheus/client_golang/prometheus"

	"pulih/accounts"
	"pulih/audit"
	"pulih/db"
)

const (
	summed = prometheus.CounterValue
	shows  = prometheus.GaugeValue
)

// metricsHere are of this process, and are summed over several.
func (a *App) metricsHere() []metric {
	hashing := func() accounts.Hashing { return a.Accounts.Hashing() }
	return []metric{
		by("version", "pulih_build_info", "1; the version of this process.", shows, func(g give) { g(1, buildVersion()) }),
		one("pulih_schema_brought", "Version of the schema that this process knows; the database's is pulih_schema_version.", shows, a.brought),
		one("pulih_passwords_computing", "Passwords that Argon2 computes now.", shows, func() float64 { return float64(hashing().Computing) }),
		one("pulih_passwords_waiting", "Passwords that wait for their turn at Argon2.", shows, func() float64 { return float64(hashing().Waiting) }),
		one("pulih_passwords_refused_total", "Passwords that waited in vain: \"sibuk, coba lagi\".", summed, func() float64 { return float64(hashing().Refused) }),
		one("pulih_uploads", "Uploads under way.", shows, func() float64 { return float64(a.room.under()) }),
		by("result", "pulih_mails_total", "Tries to hand a mail to the relay, by what they came to.", summed, a.mailTries),
		by("lease", "pulih_lease_held", "1 where this process does what one of all processes does at a time.", shows, a.leasesHeld),
		by("pool", "pulih_db_connections", "Connections to the database that are open.", shows, a.pools(func(s sql.DBStats) float64 { return float64(s.OpenConnections) })),
		by("pool", "pulih_db_connections_busy", "Those in use.", shows, a.pools(func(s sql.DBStats) float64 { return float64(s.InUse) })),
		by("pool", "pulih_db_connection_waits_total", "Times that somebody waited for a connection.", summed, a.pools(func(s sql.DBStats) float64 { return float64(s.WaitCount) })),
		by("pool", "pulih_db_connection_wait_seconds_total", "How long, in all.", summed, a.pools(func(s sql.DBStats) float64 { return s.WaitDuration.Seconds() })),
		one("pulih_db_wal_bytes", "Size of SQLite's log beside the database; one that grows is held open by a reader.", shows, func() float64 { return float64(a.DB.Stats().WAL) }),
		by("of", "pulih_disk_free_bytes", "Free space where the database, the audit log's copy and passing files lie.", shows, a.disks(func(s syscall.Statfs_t) uint64 { return s.Bavail })),
		by("of", "pulih_disk_bytes", "All space there.", shows, a.disks(func(s syscall.Statfs_t) uint64 { return s.Blocks })),
		one("pulih_audit_copied_timestamp_seconds", "When this process's copy of the audit log last held everything there was; 0 before the first time.", shows, func() float64 { return seconds(a.copied().At) }),
		one("pulih_audit_uncopied", "Sealed events that this process's copy lacks.", shows, func() float64 { return a.uncopied(a.shared()) }),
		one("pulih_audit_copy_held", "1 while nothing is added to the copy until an operator has looked.", shows, func() float64 { return truth(a.Checks.Copier != nil && a.Checks.Copier.Held() != "") }),
	}
}

// buildVersion is what the build was stamped with.
func buildVersion() string {
	info, ok := debug.ReadBuildInfo()
	if !ok {
		return "unknown"
	}
	return info.Main.Version
}

func (a *App) brought() float64 {
	n, err := db.Newest(a.DB.Engine)
	if err != nil {
		return 0
	}
	return float64(n)
}

func (a *App) mailTries(g give) {
	for result, n := range a.Outbox.Tries() {
		g(float64(n), result)
	}
}

func (a *App) leasesHeld(g give) {
	for job, held := range a.DB.Stats().Jobs {
		g(truth(held), job)
	}
}

func (a *App) pools(of func(sql.DBStats) float64) func(give) {
	return func(g give) {
		for pool, s := range a.DB.Stats().Pools {
			g(of(s), pool)
		}
	}
}

// disks asks the kernel for each place that we write to.
func (a *App) disks(blocks func(syscall.Statfs_t) uint64) func(give) {
	places := map[string]string{"database": a.DB.File(), "audit_copy": a.Checks.Copy, "temporary": filepath.Join(os.TempDir(), "any")}
	return func(g give) {
		for of, path := range places {
			var s syscall.Statfs_t
			if path != "" && syscall.Statfs(filepath.Dir(path), &s) == nil {
				g(float64(blocks(s))*float64(s.Bsize), of)
			}
		}
	}
}

func (a *App) copied() audit.CopyState {
	if a.Checks.Copier == nil {
		return audit.CopyState{}
	}
	return a.Checks.Copier.State()
}

// seconds are those of Prometheus, 0 for never.
func seconds(t db.Time) float64 { return float64(t) / 1e6 }
