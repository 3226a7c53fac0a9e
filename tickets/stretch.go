package tickets

import (
	"context"
	"errors"
	"slices"

	"pulih/db"
)

// reach is how many rows of an index a narrowed page reads at most. The
// commonest filter fills a page long before; the rarest goes on from there.
const reach = 2000

// stretch is a part of a list that is about to be read, from a row to another.
type stretch struct {
	listing
	filter   Filter
	back     bool
	from, to key
}

func (s stretch) way() way {
	if s.back {
		return s.ways.back
	}
	return s.forward
}

// args are the parameters of a read.
func (s stretch) args() []any {
	args := append(slices.Clone(s.scope), s.filter.args()...)
	args = append(args, s.place(s.from)...)
	return append(append(args, s.place(s.to)...), PageSize+1)
}

func (s stretch) place(k key) []any {
	if s.ranked {
		return []any{k.rank, k.at, k.id}
	}
	return []any{k.at, k.id}
}

// stop bounds a narrowed stretch, and tells whether the list goes on behind.
func (s *stretch) stop(ctx context.Context, tx *db.Tx) (bool, error) {
	if s.filter == (Filter{}) {
		return false, nil
	}
	args := append(slices.Clone(s.scope), s.place(s.from)...)
	var k key
	err := tx.Row(ctx, s.way().reach, append(args, reach-1)...).Scan(&k.rank, &k.at, &k.id)
	if errors.Is(err, db.ErrNotFound) {
		return false, nil
	}
	if err == nil {
		s.to = k
	}
	return err == nil, err
}

// begin is where a list is read from, and which way.
func (l List) begin() (back bool, from key, err error) {
	if l.At == "" && l.View.newest() {
		return false, last, nil
	}
	return l.At.read()
}

// end is the end of a view in a direction.
func (v View) end(back bool) key {
	if v.newest() != back {
		return first
	}
	return last
}

// goOn leads to what lies behind a stretch that ended before its page was full.
func (p *Page) goOn(back bool, at key) {
	if back {
		p.Prev = cursor("p", at)
		return
	}
	p.Next = cursor("n", at)
}
