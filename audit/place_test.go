package audit_test

import (
	"context"
	"slices"
	"testing"

	"pulih/audit"
	"pulih/db"
	"pulih/db/dbtest"
)

// bothOurs says that an event is of two agencies.
func bothOurs(context.Context, *db.Tx, audit.Event) ([]string, error) { return []string{"a", "b"}, nil }

// Whose an event is stands under the hash: who changes a place hides the row
// from one agency's readers and incident lists, or shows it to another's.
func TestAPlaceOfAnotherAgencyIsFound_AU01(t *testing.T) {
	for name, touch := range map[string]string{
		"moved":         `UPDATE audit_places SET agency = 'entah' WHERE agency = 'a'`,
		"one gone":      `DELETE FROM audit_places WHERE agency = 'b'`,
		"all gone":      `DELETE FROM audit_places WHERE agency <> ''`,
		"another actor": `UPDATE audit_places SET actor = 'x' WHERE agency = 'b'`,
		"one more": `INSERT INTO audit_places (agency, event, at, actor, action, person, object, result)
			SELECT 'Pemkot Lain', event, at, actor, action, person, object, result FROM audit_places WHERE agency = 'a'`,
	} {
		t.Run(name, func(t *testing.T) {
			eachLog(t, func(l *ledger) {
				write(l.T, l.DB, 1)
				if _, err := (audit.Sealer{DB: l.DB, Where: bothOurs}).Seal(context.Background()); err != nil {
					l.Fatal(err)
				}
				appendCopy(l.T, l.DB, l.path)
				l.finds(l.path, "")
				l.must(touch + ` AND event = (SELECT event FROM audit_seals WHERE seq = 4)`)
				if f := found(l.T, l.DB, audit.Terms{Copy: l.path}); !slices.Equal(f, []audit.Finding{{What: audit.Misplaced, Count: 1}}) {
					l.Error(f)
				}
			})
		})
	}
}

// The agencies of a seal cannot be taken away, or others given to it.
func TestTheAgenciesOfASealAreUnderItsHash_AU01(t *testing.T) {
	for _, agencies := range []string{``, `["b"]`, `["a","b"]`} {
		d, _ := dbtest.New(t)
		path := copyOf(t, d, 3)
		tamper(t, d, `UPDATE audit_seals SET agencies = '`+agencies+`' WHERE seq = 2`, `UPDATE audit_places SET agency = 'b'
			WHERE event = (SELECT event FROM audit_seals WHERE seq = 2)`)
		if f := findings(t, d, path); len(f) != 1 || f[0] != (audit.Finding{Seq: 2, What: audit.Changed}) {
			t.Error(agencies, f)
		}
	}
}

// Events above the mark count as not yet placed, so a high one hides them all.
func TestARaisedMarkOfThePlacesIsFound_AU01(t *testing.T) {
	eachLog(t, func(l *ledger) {
		l.must(`DELETE FROM audit_places`)
		l.must(`UPDATE audit_placed SET below = 999999`)
		l.has(audit.Terms{}, audit.Mismarked)
		l.has(audit.Terms{}, audit.Misplaced)
	})
	eachLog(t, func(l *ledger) { // within the chain
		l.must(`DELETE FROM audit_places WHERE event = (SELECT event FROM audit_seals WHERE seq = 1)`)
		l.must(`UPDATE audit_placed SET below = 3`)
		l.has(audit.Terms{}, audit.Mismarked)
		l.has(audit.Terms{}, audit.Misplaced)
	})
	eachLog(t, func(l *ledger) {
		l.must(`INSERT INTO audit_placed (below) VALUES (2)`)
		l.has(audit.Terms{}, audit.Mismarked)
	})
}
