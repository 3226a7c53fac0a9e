package tickets

import (
	"time"

	"pulih/db"
)

// Period is from From until before Until.
type Period struct{ From, Until db.Time }

// Before is what a period is compared with, which ends where it begins: as
// many months where it is whole months of a zone, so that each month is held
// against the one before it; else the equal time.
func (p Period) Before(zone *time.Location) Period {
	if n := p.Months(zone); n > 0 {
		return Period{db.At(p.From.Time().In(zone).AddDate(0, -n, 0)), p.From}
	}
	return Period{p.From - (p.Until - p.From), p.From}
}

// Months is how many whole calendar months it is, 0 where it is not.
func (p Period) Months(zone *time.Location) int {
	from, until := p.From.Time().In(zone), p.Until.Time().In(zone)
	n := 12*(until.Year()-from.Year()) + int(until.Month()) - int(from.Month())
	if first := time.Date(from.Year(), from.Month(), 1, 0, 0, 0, 0, zone); !from.Equal(first) || !until.Equal(first.AddDate(0, n, 0)) {
		return 0
	}
	return n
}
