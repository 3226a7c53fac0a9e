package audit

import (
	"context"
	"os"
	"strings"
	"testing"

	"pulih/db"
	"pulih/db/dbtest"
)

// What a check compares with is what the migrations make.
// UPDATE_GOLDEN=1 writes it anew.
func TestTheGuardsAreThoseOfTheMigrations_AU01(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB, _ *dbtest.Clock) {
		var there []string
		err := d.Read(context.Background(), func(tx *db.Tx) (err error) {
			there, err = readGuards(context.Background(), tx)
			return err
		})
		if err != nil || len(there) == 0 {
			t.Fatal(there, err)
		}
		text := strings.Join(there, "\n\n") + "\n"
		if os.Getenv("UPDATE_GOLDEN") != "" {
			if err := os.WriteFile("guards/"+string(d.Engine)+".txt", []byte(text), 0o600); err != nil {
				t.Fatal(err)
			}
			return
		}
		if want := pick(d.Engine, guardsSQLite, guardsPostgres); text != want {
			t.Errorf("the migrations make\n%s\nand a check wants\n%s", text, want)
		}
	})
}
