package audit

import (
	"context"
	_ "embed"
	"slices"
	"strings"

	"pulih/db"
)

// The guards of the log's tables, word for word as the migrations make them: a
// trigger, and the function that it runs. A missing one lets rows be changed, a
// strange one may keep rows out, and a hollow one of the right name is both.
var (
	//go:embed guards/sqlite.txt
	guardsSQLite string
	//go:embed guards/postgres.txt
	guardsPostgres string
)

// guards compares the triggers that are there with those that should be.
func (v *verifier) guards(ctx context.Context, tx *db.Tx) error {
	want := strings.Split(strings.TrimSpace(pick(tx.Engine, guardsSQLite, guardsPostgres)), "\n\n")
	there, err := readGuards(ctx, tx)
	v.count(Unguarded, lacking(want, there))
	v.count(Strange, lacking(there, want))
	return err
}

func readGuards(ctx context.Context, tx *db.Tx) ([]string, error) {
	there, err := db.All(ctx, tx, scanText, pick(tx.Engine, selectGuardsSQLite, selectGuardsPostgres))
	slices.Sort(there)
	return there, err
}

func pick(e db.Engine, lite, postgres string) string {
	if e == db.Postgres {
		return postgres
	}
	return lite
}

// lacking counts what of all is not in among.
func lacking(all, among []string) (n int64) {
	for _, text := range all {
		if !slices.Contains(among, text) {
			n++
		}
	}
	return n
}
