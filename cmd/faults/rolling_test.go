package faults

import (
	"path/filepath"
	"testing"

	"pulih/db"
)

// nextRelease is what a later release does to the schema, as far as
// TestMigrationsLetTheOldVersionServe lets it.
var nextRelease = []string{
	`ALTER TABLE tickets ADD COLUMN later TEXT NOT NULL DEFAULT ''`,
	`ALTER TABLE accounts ADD COLUMN later BIGINT NOT NULL DEFAULT 0`,
	`CREATE TABLE later (id TEXT PRIMARY KEY, ticket TEXT NOT NULL)`,
	`CREATE INDEX tickets_later ON tickets (later, id)`,
	`DROP INDEX tickets_soon`,
	`CREATE INDEX tickets_soon ON tickets (agency, due_at, id, state, nip, unit, kind, level, channel, cause) WHERE closed_at = 0`,
	`INSERT INTO goose_db_version (version_id, is_applied) VALUES (999, TRUE)`,
}

const forgetNext = `DELETE FROM goose_db_version WHERE version_id = 999`

// A release is replaced under load: the schema grows under the version that
// serves, a second process comes, the first ends in order; and back again, on
// the schema that the older version does not know. Nobody is told to wait.
func TestProcessesAreReplacedUnderLoad(t *testing.T) {
	each(t, func(t *testing.T, url string) {
		l := newLoad(newSite(t, url))
		l.serve()
		l.stock(often(6, 30))
		l.begin()
		l.works("by the first")
		l.migrate()
		l.works("on the new schema")
		for turn := range often(2, 10) {
			l.replace(turn)
			l.works("by its heir")
		}
		l.finish()
		l.check(l.deeds())
		l.stop()
		l.write(func(tx *db.Tx) error { return tx.One(l.Context(), forgetNext) }) // a doctor judges its own schema
		l.rest()
		if refused := l.answers[5].Load(); refused > 0 {
			t.Errorf("%d were told to try again", refused)
		}
		saw(t, "schema migrated and processes replaced one after the other, "+engineOf(url), "the old version serves on the new schema, and starts on it; nobody is answered 503; each acknowledged deed is there, once; `pulih check`",
			"%d processes; %d tickets, %d messages, %d code uses, %d claims; %d requests met a closed connection and were sent again",
			1+often(2, 10), l.count(filed), l.count(wrote), l.count(coded), l.count(claimed), l.answers[0].Load())
	})
}

func (l *load) migrate() {
	l.Helper()
	l.write(func(tx *db.Tx) error {
		for _, statement := range nextRelease {
			if _, err := tx.Exec(l.Context(), statement); err != nil {
				return err
			}
		}
		return nil
	})
}

// replace starts a process beside the one that serves, sends the clients there
// and ends the other in order, as a proxy does.
func (l *load) replace(turn int) {
	l.Helper()
	heir, err := l.place.Serve(l.Context(), "AUDIT_COPY="+filepath.Join(l.place.Folder, []string{"other.jsonl", "audit.jsonl"}[turn%2]))
	l.must(err)
	l.mu.Lock()
	before := l.process
	l.process = heir
	l.mu.Unlock()
	before.Stop()
}
