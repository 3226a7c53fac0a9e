package audit_test

import (
	"context"
	"slices"
	"testing"

	"pulih/audit"
	"pulih/db"
	"pulih/db/dbtest"
)

// A trigger of somebody else keeps a person out of the log; one of ours that is
// gone lets rows be changed.
func TestATriggerIsFound_AU01(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB, _ *dbtest.Clock) {
		drop, add := `DROP TRIGGER audit_events_no_update`, `CREATE TRIGGER x1 BEFORE INSERT ON audit_events WHEN NEW.actor = 'sari' BEGIN SELECT RAISE(IGNORE); END`
		if d.Engine == db.Postgres {
			drop, add = `ALTER TABLE audit_events DISABLE TRIGGER audit_events_append_only`, `CREATE RULE x1 AS ON INSERT TO audit_events WHERE NEW.actor = 'sari' DO INSTEAD NOTHING`
		}
		keep(t, d, add)
		if f := found(t, d, audit.Terms{}); !slices.Contains(f, audit.Finding{What: audit.Strange, Count: 1}) || len(f) != 1 {
			t.Error(f)
		}
		ctx := context.Background()
		err := d.Write(ctx, func(tx *db.Tx) error {
			return audit.Append(ctx, tx, audit.Event{Actor: audit.Actor{Kind: audit.Staff, ID: "sari"}, Action: audit.SignIn})
		})
		if err == nil {
			t.Error("a row vanished, and nobody was told")
		}
		keep(t, d, drop)
		if f := found(t, d, audit.Terms{}); !slices.Contains(f, audit.Finding{What: audit.Unguarded, Count: 1}) {
			t.Error(f)
		}
	})
}

// A guard of the right name that guards nothing, on each table of the log.
func TestAHollowTriggerIsFound_AU01(t *testing.T) {
	hollow := map[db.Engine][][]string{
		db.SQLite: {
			{`DROP TRIGGER audit_events_no_delete`, `CREATE TRIGGER audit_events_no_delete BEFORE DELETE ON audit_events WHEN 0
				BEGIN SELECT RAISE(ABORT, 'audit_events is append-only above its floor'); END`},
			{`DROP TRIGGER audit_checks_no_update`, `CREATE TRIGGER audit_checks_no_update BEFORE UPDATE ON audit_checks BEGIN SELECT 1; END`},
		},
		db.Postgres: {
			{`CREATE OR REPLACE FUNCTION audit_event_above_floor() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RETURN OLD; END $$`},
			{`DROP TRIGGER audit_checks_ended ON audit_checks`, `CREATE TRIGGER audit_checks_ended BEFORE UPDATE ON audit_checks
				FOR EACH ROW WHEN (false) EXECUTE FUNCTION audit_check_ended()`},
			{`ALTER TABLE audit_floors DISABLE TRIGGER audit_floors_append_only`},
			{`ALTER FUNCTION audit_seal_above_floor() SET search_path = elsewhere`},
		},
	}
	dbtest.Each(t, func(t *testing.T, d *db.DB, _ *dbtest.Clock) {
		want := []audit.Finding(nil)
		for n, statements := range hollow[d.Engine] {
			keep(t, d, statements...)
			want = []audit.Finding{{What: audit.Unguarded, Count: int64(n + 1)}, {What: audit.Strange, Count: int64(n + 1)}}
			if f := found(t, d, audit.Terms{}); !slices.Equal(f, want) {
				t.Errorf("%v: %v", statements, f)
			}
		}
	})
}

// A row that a trigger swallows fails the verb, on the queue as well.
func TestASwallowedRowFailsItsVerb_AU01(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB, _ *dbtest.Clock) {
		for _, table := range []string{"audit_queue", "audit_events"} {
			if d.Engine == db.SQLite {
				keep(t, d, `CREATE TRIGGER x_`+table+` BEFORE INSERT ON `+table+` BEGIN SELECT RAISE(IGNORE); END`)
			} else {
				keep(t, d, `CREATE OR REPLACE FUNCTION swallow() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RETURN NULL; END $$`,
					`CREATE TRIGGER x BEFORE INSERT ON `+table+` FOR EACH ROW EXECUTE FUNCTION swallow()`)
			}
			err := d.Write(context.Background(), func(tx *db.Tx) error {
				return audit.Append(context.Background(), tx, audit.Event{Actor: audit.Actor{Kind: audit.Clock}, Action: audit.SignIn})
			})
			if err == nil {
				t.Errorf("%s: a row vanished, and nobody was told", table)
			}
		}
	})
}
