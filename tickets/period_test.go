package tickets_test

import (
	"testing"
	"time"

	"pulih/db"
	"pulih/tickets"
)

// A month is compared with the month before it, and a year with a year: two
// printed reports in a row say the same of each.
func TestAPeriodIsHeldAgainstTheOneBeforeIt(t *testing.T) {
	for of, want := range map[[2]string][2]string{
		{"2026-11-01", "2026-12-01"}: {"2026-10-01", "2026-11-01"}, // 30 days and 31
		{"2026-10-01", "2026-11-01"}: {"2026-09-01", "2026-10-01"},
		{"2028-03-01", "2028-04-01"}: {"2028-02-01", "2028-03-01"}, // of a leap year
		{"2026-01-01", "2027-01-01"}: {"2025-01-01", "2026-01-01"},
		{"2026-07-01", "2026-10-01"}: {"2026-04-01", "2026-07-01"},
		{"2026-11-16", "2026-11-23"}: {"2026-11-09", "2026-11-16"}, // a week
		{"2026-11-01", "2026-11-30"}: {"2026-10-03", "2026-11-01"}, // a month without its last day
		{"2026-11-15", "2026-12-15"}: {"2026-10-16", "2026-11-15"},
	} {
		for _, z := range []db.Zone{db.WIB, db.WITA, db.WIT} {
			if got := between(t, z, of).Before(z.Location); got != between(t, z, want) {
				t.Errorf("%s in %s: %v – %v", of, z.Name, got.From.Date(z), got.Until.Date(z))
			}
		}
	}
}

func between(t *testing.T, z db.Zone, days [2]string) tickets.Period {
	t.Helper()
	var at [2]db.Time
	for i, day := range days {
		moment, err := time.ParseInLocation(time.DateOnly, day, z.Location)
		if err != nil {
			t.Fatal(err)
		}
		at[i] = db.At(moment)
	}
	return tickets.Period{From: at[0], Until: at[1]}
}
