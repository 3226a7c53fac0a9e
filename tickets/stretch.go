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

// stretch is what a place in a list means: from there to the end of the view.
// A made-up place leads out of no view.
func (l listing) stretch(v View, f Filter, at Cursor) (s stretch, err error) {
	back, from, err := at.read()
	s = stretch{listing: l, filter: f, back: back, from: l.low, to: l.high}
	if v.newest() != back {
		s.from, s.to = l.high, l.low
	}
	if at != "" && from.compare(l.low) >= 0 && from.compare(l.high) <= 0 {
		s.from = from
	}
	return s, err
}

func (s stretch) way() way {
	if s.back {
		return s.ways.back
	}
	return s.forward
}

// args are the parameters of a read.
func (s stretch) args() []any {
	return slices.Concat(s.scope, s.filter.args(), s.place(s.from), s.place(s.to), []any{PageSize + 1})
}

func (s stretch) place(k key) []any {
	if s.ranked {
		return []any{k.rank, k.at, k.id}
	}
	return []any{k.at, k.id}
}

// stop ends a narrowed stretch early, and tells whether the list goes on.
func (s *stretch) stop(ctx context.Context, tx *db.Tx) (bool, error) {
	if s.filter == (Filter{}) {
		return false, nil
	}
	args := slices.Concat(s.scope, s.place(s.from), s.place(s.to), []any{reach - 1})
	var k key
	err := tx.Row(ctx, s.way().reach, args...).Scan(&k.rank, &k.at, &k.id)
	if errors.Is(err, db.ErrNotFound) {
		return false, nil
	}
	if err == nil {
		s.to = k
	}
	return err == nil, err
}

// goOn leads to what lies behind a stretch that ended before its page was full.
func (p *Page) goOn(back bool, at key) {
	if back {
		p.Prev = cursor("p", at)
		return
	}
	p.Next = cursor("n", at)
}
