package db_test

import (
	"bytes"
	"errors"
	"maps"
	"testing"

	"pulih/db"
)

// beside is what others put beside our tables: Litestream, ANALYZE, the
// extensions and the views of an operator.
var beside = map[string][]string{
	"sqlite": {
		`CREATE TABLE _litestream_seq (id INTEGER PRIMARY KEY, seq INTEGER)`, `CREATE TABLE _litestream_lock (id INTEGER)`,
		`INSERT INTO _litestream_seq (id, seq) VALUES (1, 1)`, `ANALYZE`,
	},
	"postgres": {
		`CREATE VIEW pg_stat_statements AS SELECT 1.5::float8 AS mean_exec_time, 'x'::text AS query`,
		`CREATE VIEW who AS SELECT nip FROM people`, `CREATE TABLE measured (at TIMESTAMPTZ, much FLOAT8)`, `INSERT INTO measured VALUES ('epoch', 0.5)`,
	},
}

func TestAnArchiveHoldsWhatIsOurs(t *testing.T) {
	for engine, url := range urls() {
		t.Run(engine, func(t *testing.T) {
			d := filled(t, url(t))
			_, before := archived(t, d)
			for _, statement := range beside[engine] {
				err := d.Write(t.Context(), func(tx *db.Tx) error { _, err := tx.Exec(t.Context(), statement); return err })
				if err != nil {
					t.Fatal(err)
				}
			}
			archive, sums := archived(t, d)
			if len(sums) < 40 || !maps.Equal(sums, before) {
				t.Errorf("%d tables were %d", len(sums), len(before))
			}
			to := opened(t, url(t))
			if err := load(to, archive); err != nil {
				t.Fatal(err)
			}
			if got, err := to.SumsOf(t.Context()); err != nil || !maps.Equal(got, sums) {
				t.Error(err, got)
			}
		})
	}
}

// What a newer program keeps in tables of its own would be missing from the
// archive of an older one.
func TestAnOlderProgramArchivesNothingNewer(t *testing.T) {
	for engine, url := range urls() {
		t.Run(engine, func(t *testing.T) {
			d := filled(t, url(t))
			err := d.Write(t.Context(), func(tx *db.Tx) error {
				_, err := tx.Exec(t.Context(), `INSERT INTO goose_db_version (version_id, is_applied) VALUES (999, TRUE)`)
				return err
			})
			if err != nil {
				t.Fatal(err)
			}
			var b bytes.Buffer
			if _, err := d.Archive(t.Context(), &b); !errors.Is(err, db.ErrNewer) {
				t.Error("an archive is made:", err)
			}
		})
	}
}
