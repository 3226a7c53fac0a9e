package tickets

import (
	"time"

	"pulih/db"
)

// selection is the set of tickets behind a figure: by which instant, from
// when until before when. Count and list share it, so they agree.
type selection struct {
	by          string
	from, until db.Time
	asOf        db.Time
}

const (
	byOpening = "opened"
	byEnd     = "done"
	stillOpen = "open"
)

// selection turns an age in working time into the instants at which tickets
// of that age were opened: age falls as the instant rises.
func (c Calendar) selection(f Figure, p Period, asOf db.Time) selection {
	day := c.Workday()
	ages := map[Figure][2]time.Duration{Age4h: {0, 4 * time.Hour}, Age8h: {4 * time.Hour, 8 * time.Hour},
		Age2d: {8 * time.Hour, 2 * day}, Age5d: {2 * day, 5 * day}}
	switch f {
	case Arrived:
		return selection{byOpening, p.From, p.Until, asOf}
	case Resolved:
		return selection{byEnd, p.From, p.Until, asOf}
	case Backlog:
		return selection{stillOpen, 0, asOf, asOf}
	case AgeOver:
		return selection{stillOpen, 0, c.reached(asOf, 5*day), asOf}
	}
	return selection{stillOpen, c.reached(asOf, ages[f][1]), c.reached(asOf, ages[f][0]), asOf}
}

// reached is the instant before which tickets were opened that are at least
// of this age.
func (c Calendar) reached(asOf db.Time, age time.Duration) db.Time {
	if age == 0 {
		return asOf
	}
	return c.Back(asOf, age) + 1
}

func (s selection) key(r record) key {
	if s.by == byEnd {
		return key{at: r.ClosedAt, id: r.ID}
	}
	return key{at: r.OpenedAt, id: r.ID}
}
