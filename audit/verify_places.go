package audit

import (
	"context"
	"slices"
	"strings"

	"pulih/db"
)

// placing reads from where on events have places. The sealer only moves that
// down: one that lies above the chain would hide every event from this check.
func (v *verifier) placing(ctx context.Context, tx *db.Tx) error {
	var rows int64
	if err := tx.Row(ctx, selectPlacing).Scan(&v.placed, &rows); err != nil {
		return err
	}
	if rows != 1 || v.placed < 1 || v.placed > max(v.head, v.seq)+1 {
		v.mismarked()
	}
	return nil
}

// mismarked finds a mark that lies, and goes on without it.
func (v *verifier) mismarked() {
	v.find(Finding{What: Mismarked})
	v.placed = 1
}

// misplaced counts the events of a piece of the chain that the index for
// reading hides, or shows otherwise than they were sealed.
func (v *verifier) misplaced(ctx context.Context, tx *db.Tx, seals []Seal) (n int64, err error) {
	all, err := db.All(ctx, tx, scanPlace, selectPlaces, seals[0].Seq, seals[len(seals)-1].Seq)
	there := map[string][]place{}
	for _, p := range all {
		there[p.Event] = append(there[p.Event], p)
	}
	for _, s := range seals {
		if len(s.Agencies) > 0 && s.Seq < v.placed { // it had its places when it was sealed
			v.mismarked()
		}
		if s.Seq >= v.placed && !s.isAt(there[s.Event.ID]) {
			n++
		}
	}
	return n, err
}

// isAt tells whether these are the places of an event. Where the seal does not
// tell its agencies, there is nothing to hold those against.
func (s Seal) isAt(there []place) bool {
	if len(s.Agencies) == 0 {
		for _, p := range there {
			s.Agencies = append(s.Agencies, p.Agency)
		}
	}
	want := s.places()
	for _, all := range [][]place{want, there} {
		slices.SortFunc(all, func(a, b place) int { return strings.Compare(a.Agency, b.Agency) })
	}
	return len(want) > 0 && slices.Equal(want, there)
}
