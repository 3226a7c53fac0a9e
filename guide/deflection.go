package guide

import "pulih/db"

// Walked is what a walk counts by.
type Walked struct {
	LastAt, SolvedAt, FiledAt db.Time
	Steps                     int // answered
}

// Ending is how a walk counts (helpdesk.md §6.3).
type Ending string

// The endings, as the counts hold them. Deflected and Contained are never
// added up.
const (
	NoIntent  Ending = "batal"       // never got past the first step
	Filed     Ending = "permohonan"  // a request within 72 hours
	Deflected Ending = "mandiri"     // solved, and no request within 72 hours
	Contained Ending = "tak-dikenal" // outcome unknown, and no request
)

// Ending judges a walk whose 72 hours are over. They run from the solution, or
// from the last answer where there is none. Nothing is judged earlier: who
// files is known at once, who solved it only then, and the rate of the last
// three days would look worse than it is.
func (w Walked) Ending() Ending {
	from := w.LastAt
	if w.SolvedAt > 0 {
		from = w.SolvedAt
	}
	switch {
	case w.Steps == 0 && w.SolvedAt == 0:
		return NoIntent
	case w.FiledAt > 0 && w.FiledAt <= from.Add(WalkLife):
		return Filed
	case w.SolvedAt > 0:
		return Deflected
	}
	return Contained
}

// Tally counts walks by their ending.
type Tally map[Ending]int

// Decided is what the rate is a part of: walks with intent whose ending is
// known.
func (t Tally) Decided() int { return t[Filed] + t[Deflected] + t[Contained] }
