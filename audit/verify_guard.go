package audit

import (
	"context"
	"slices"

	"pulih/db"
)

// Guards are the triggers of the log's tables, as the migrations made them. A
// missing one lets rows be changed; a strange one may keep rows out.
var (
	guardsSQLite = []string{"audit_events_no_delete", "audit_events_no_update", "audit_floors_no_delete", "audit_floors_no_update",
		"audit_seals_no_delete", "audit_seals_no_update"}
	guardsPostgres = []string{"audit_events_append_only", "audit_events_floor", "audit_floors_append_only",
		"audit_seals_append_only", "audit_seals_floor"}
)

// guards compares the triggers that are there with those that should be.
func (v *verifier) guards(ctx context.Context, tx *db.Tx) error {
	want, query := guardsSQLite, selectGuardsSQLite
	if tx.Engine == db.Postgres {
		want, query = guardsPostgres, selectGuardsPostgres
	}
	there, err := db.All(ctx, tx, scanID, query)
	v.count(Unguarded, lacking(want, there))
	v.count(Strange, lacking(there, want))
	return err
}

// lacking counts what of all is not in among.
func lacking(all, among []string) (n int64) {
	for _, name := range all {
		if !slices.Contains(among, name) {
			n++
		}
	}
	return n
}
