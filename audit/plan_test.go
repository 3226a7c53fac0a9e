package audit

import (
	"context"
	"fmt"
	"strings"
	"testing"

	"pulih/db"
	"pulih/db/dbtest"
)

// Each search walks the index of what it looks for, in its order, and reads
// no other row of a log of millions.
func TestEachSearchIsOnAnIndex(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB, _ *dbtest.Clock) {
		fill(t, d, 5000)
		for index, f := range map[string]Filter{
			"audit_places_person": {Person: "p7", Actor: "s7"}, "audit_places_object": {Object: "o7", Action: "k7"},
			"audit_places_actor": {Actor: "s7"}, "audit_places_action": {Action: "k7"}, "audit_places_at": {Result: OK},
			"audit_places_result": {Result: Refused, Actor: "s7", Action: "k7"},
		} {
			args := []any{"a", db.Time(0), farFuture, "", f.Person, f.Object, f.Actor, string(f.Action), f.Result, 50}
			plan := explained(t, d, f.statement(), args...)
			if !strings.Contains(plan, index) || strings.Contains(plan, "TEMP B-TREE") || strings.Contains(plan, "Sort") || strings.Contains(plan, "Seq Scan") {
				t.Errorf("%s\n%s", index, plan)
			}
		}
		i := Incident{Agency: "a", Until: farFuture}
		if plan := explained(t, d, selectAffected, i.args("p", affectedAtOnce)...); !strings.Contains(plan, "audit_places_person") || strings.Contains(plan, "TEMP B-TREE") {
			t.Error(plan)
		}
		if plan := explained(t, d, selectTouched, i.args("p7")...); d.Engine == db.SQLite && !strings.Contains(plan, "audit_places_person") {
			t.Error(plan)
		}
	})
}

func fill(t *testing.T, d *db.DB, n int) {
	t.Helper()
	ctx := context.Background()
	err := d.Write(ctx, func(tx *db.Tx) error {
		for i := range n {
			e := Event{ID: fmt.Sprintf("e%05d", i), At: db.Time(i), Person: fmt.Sprint("p", i%100), Object: fmt.Sprint("o", i%100),
				Actor: Actor{Kind: Staff, ID: fmt.Sprint("s", i%100)}, Action: Action(fmt.Sprint("k", i%100)), Result: OK}
			if _, err := tx.Exec(ctx, insertEvent, e.ID, e.At, e.Actor.Kind, e.Actor.ID, e.Action, e.Person, e.Object, e.Result, "{}", "", ""); err != nil {
				return err
			}
			if _, err := tx.Exec(ctx, insertPlace, "a", e.ID, e.At, e.Actor.key(), e.Action, e.Person, e.Object, e.Result); err != nil {
				return err
			}
		}
		_, err := tx.Exec(ctx, `ANALYZE`)
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
}

func explained(t *testing.T, d *db.DB, query string, args ...any) string {
	t.Helper()
	how, scan := "EXPLAIN QUERY PLAN ", func(row db.Scanner) (line string, err error) {
		var skip int
		err = row.Scan(&skip, &skip, &skip, &line)
		return line, err
	}
	if d.Engine == db.Postgres {
		how, scan = "EXPLAIN ", scanText
	}
	ctx := context.Background()
	var lines []string
	err := d.Read(ctx, func(tx *db.Tx) (err error) {
		for _, way := range []string{"seqscan", "bitmapscan", "sort", "hashagg"} { // cheap in so small a log
			if d.Engine == db.Postgres {
				_, err = tx.Exec(ctx, "SET LOCAL enable_"+way+" = off")
			}
		}
		if err != nil {
			return err
		}
		lines, err = db.All(ctx, tx, scan, how+query, args...)
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return strings.Join(lines, "\n")
}
