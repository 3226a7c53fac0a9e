package tickets

import (
	"cmp"
	"slices"
	"time"

	"pulih/db"
)

// shortlist keeps the page that a cursor asks for, and one row more, of all
// that are added: a year of a province is half a million of them.
type shortlist struct {
	back  bool
	from  key // where the page begins; without an id it is the first page
	total int
	rows  []*Counted // in the order in which they are gone through
	spare *Counted
}

func newShortlist(c Cursor) (*shortlist, error) {
	back, k, err := c.read()
	return &shortlist{back: back, from: k, spare: &Counted{}}, err
}

// add counts a cycle, or the nth of its marks, and keeps it if it is on the
// page.
func (s *shortlist) add(at db.Time, nth int, m *Measure, took func(*Measure) time.Duration) {
	s.total++
	if len(s.rows) > PageSize && s.order(cmp.Compare(at, s.rows[PageSize].At)) > 0 {
		return
	}
	row := s.spare
	*row = Counted{Ticket: Ticket{Number: m.Number}, Measure: *m, At: at, nth: nth}
	row.Measure.Marks = nil // which the next one will overwrite
	if took != nil {
		row.Took = took(m)
	}
	if s.from.id == "" || s.order(row.key().compare(s.from)) > 0 {
		s.keep(row)
	}
}

func (s *shortlist) keep(row *Counted) {
	i, _ := slices.BinarySearchFunc(s.rows, row, func(a, b *Counted) int { return s.order(a.compare(b)) })
	s.rows = slices.Insert(s.rows, i, row)
	if len(s.rows) <= PageSize+1 {
		s.spare = &Counted{}
		return
	}
	s.spare, s.rows = s.rows[PageSize+1], s.rows[:PageSize+1]
}

// order turns a comparison round where newest come first.
func (s *shortlist) order(compared int) int {
	if s.back {
		return compared
	}
	return -compared
}

// page are the rows that were kept.
func (s *shortlist) page() (rows []Counted) {
	for _, row := range s.rows {
		rows = append(rows, *row)
	}
	return rows
}

// compare is the order of keys, without making any.
func (c *Counted) compare(other *Counted) int {
	return cmp.Or(cmp.Compare(c.At, other.At), cmp.Compare(c.Measure.Number, other.Measure.Number), cmp.Compare(c.Measure.Cycle, other.Measure.Cycle),
		cmp.Compare(c.nth, other.nth))
}
