package tickets

import (
	"testing"

	"pulih/db"
)

// What the list behind a figure says of requests that were opened again follows
// from what is counted: a request of three cycles, each with everything in it.
func TestEachFigureSaysHowOftenARequestCounts(t *testing.T) {
	for _, line := range sheet {
		most, later := 1, false
		for _, end := range []State{Done, Refused, Expired} {
			for _, late := range []bool{false, true} {
				n := 0
				for _, m := range threeCycles(end, late) {
					if line.when == nil || line.when(&m, &frame{now: db.Time(1 << 60), asOf: db.Time(1 << 60)}) == 0 {
						continue
					}
					n++
					later = later || m.Cycle > 1
				}
				most = max(most, n)
			}
		}
		if line.when == nil { // one that is open, or each of its marks
			most, later = len(line.Name.marks()), true
		}
		if line.Name.Once() != (most == 1) || line.Name.AsFiled() && later {
			t.Errorf("%s counts a request %d times, in later cycles: %v; it says once: %v, as filed: %v",
				line.Name, most, later, line.Name.Once(), line.Name.AsFiled())
		}
	}
	for _, f := range []Figure{Arrived, Repeat, OneTouch} {
		if !f.AsFiled() {
			t.Error(f, "counts first cycles, and does not say so")
		}
	}
}

// marks are as many as one cycle may have of what f counts.
func (f Figure) marks() []int {
	if f.Repeats() {
		return []int{1, 2}
	}
	return []int{1}
}

// threeCycles are those of a request that was opened again twice.
func threeCycles(end State, late bool) (all []Measure) {
	for cycle := int64(1); cycle <= 3; cycle++ {
		at := db.Time(cycle * 1000)
		m := Measure{Cycle: cycle, Self: true, Created: 1000, Opened: at, Answered: at + 1, Checked: at + 2, Ruled: at + 3, Reissued: at + 4,
			Ended: at + 5, End: end, Outcome: NotHis.Label(), FirstDone: cycle == 1, LastDone: cycle == 3, Due: at + 6, Late: late, Disowned: at + 7,
			Marks: []Mark{{At: at, Verb: VerbOpen}}}
		if cycle == 1 {
			m.AnswerDue = at + 2
		}
		if cycle < 3 {
			m.Reopened = at + 8
		}
		all = append(all, m)
	}
	return all
}
