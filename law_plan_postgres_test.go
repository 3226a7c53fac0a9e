package pulih

import (
	"context"
	"strings"
	"testing"

	"pulih/db"
	"pulih/db/dbtest"
)

// readsAllPostgres are the statements that read a whole table on PostgreSQL
// and not on SQLite, and why that is little or does not happen while somebody
// waits. Those of readsAll may do so too.
var readsAllPostgres = map[string]string{
	"accounts.numberAnyApprover":   "staff are few",
	"accounts.numberLaterApprover": "staff are few",
	"app.voidCaptchas":             "a restore empties it",
	"tickets.deleteDrafts":         "a restore empties it",
}

// TestNoStatementReadsEverythingOnPostgres: a plan of an empty database
// follows no statistics, so it tells only what an index can serve. Where a
// scan of the table is forbidden and yet planned, none can.
func TestNoStatementReadsEverythingOnPostgres(t *testing.T) {
	d, _ := dbtest.NewPostgres(t)
	for name, text := range statements(t) {
		if strings.HasSuffix(name, "SQLite") || strings.HasPrefix(name, "tickets/ticketstest") || readsAll[name] != "" {
			continue
		}
		plan := explainPostgres(t, d, text)
		all := strings.Contains(plan, "Seq Scan on ")
		if _, may := readsAllPostgres[name]; all != may {
			t.Errorf("%s reads everything: %v, said to be %v\n%s\n%s", name, all, may, text, plan)
		}
	}
}

// explainPostgres plans for values that nobody knows yet.
func explainPostgres(t *testing.T, d *db.DB, text string) string {
	t.Helper()
	var lines []string
	ctx := context.Background()
	err := d.Write(ctx, func(tx *db.Tx) (err error) {
		for _, first := range []string{"SET LOCAL enable_seqscan = off", "SET LOCAL plan_cache_mode = force_generic_plan", "PREPARE it AS " + text} {
			if _, err := tx.Exec(ctx, first); err != nil {
				return err
			}
		}
		values := strings.TrimSuffix(strings.Repeat("NULL,", parameters(text)), ",")
		if values != "" {
			values = "(" + values + ")"
		}
		lines, err = db.All(ctx, tx, func(row db.Scanner) (line string, err error) {
			err = row.Scan(&line)
			return line, err
		}, "EXPLAIN EXECUTE it"+values)
		if err != nil {
			return err
		}
		_, err = tx.Exec(ctx, "DEALLOCATE it")
		return err
	})
	if err != nil {
		t.Errorf("%s: %v", text, err)
	}
	return strings.Join(lines, "\n")
}
