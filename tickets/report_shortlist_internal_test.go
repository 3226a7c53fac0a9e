package tickets

import (
	"math/rand/v2"
	"slices"
	"testing"

	"pulih/db"
)

// Turned forward to the end and back again, the pages are the sorted list,
// though cycles were added in any order and many at one moment.
func TestAShortlistTurnsThroughTheSortedList(t *testing.T) {
	random := rand.New(rand.NewPCG(19, 20))
	var all []Measure
	for n := range 5*PageSize + 7 {
		all = append(all, Measure{Number: string(rune('A' + n%7)), Cycle: int64(n), Opened: db.Time(1 + random.IntN(40))})
	}
	sorted := slices.Clone(all)
	slices.SortFunc(sorted, func(a, b Measure) int { return listed(b).key().compare(listed(a).key()) })
	read := func(c Cursor) (page []Counted, prev, next Cursor) {
		list, err := newShortlist(c)
		if err != nil {
			t.Fatal(err)
		}
		for i := range all {
			list.add(all[i].Opened, 0, &all[i], nil)
		}
		if list.total != len(all) {
			t.Fatal(list.total)
		}
		return turn(list.page(), c, Counted.key)
	}
	check := func(page []Counted, from int) {
		for i, row := range page {
			if row.Measure.Cycle != sorted[from+i].Cycle {
				t.Fatalf("row %d is cycle %d, want %d", from+i, row.Measure.Cycle, sorted[from+i].Cycle)
			}
		}
	}
	from, cursor, before := 0, Cursor(""), Cursor("")
	for {
		page, prev, next := read(cursor)
		check(page, from)
		if next == "" {
			before = prev
			break
		}
		from, cursor = from+len(page), next
	}
	for before != "" {
		page, prev, _ := read(before)
		from -= len(page)
		check(page, from)
		before = prev
	}
	if from != 0 {
		t.Error("turned back, the list begins at", from)
	}
}

func listed(m Measure) Counted { return Counted{Measure: m, At: m.Opened} }
