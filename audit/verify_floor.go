package audit

import (
	"context"
	"slices"

	"pulih/db"
)

// floors are what a check knows of where the chain begins: at the newest one.
type floors struct {
	floor          // the newest; 0 where nothing was let go
	silent []floor // those that no event has told of yet
	copy   []byte  // the hash of the copy's last line
}

// readFloors reads the floors, and the events that wait to be sealed: one of
// them may tell of a floor.
func (v *verifier) readFloors(ctx context.Context, tx *db.Tx) (err error) {
	if v.silent, err = db.All(ctx, tx, scanFloor, selectFloors); err != nil || len(v.silent) == 0 {
		return err
	}
	v.floor = v.silent[len(v.silent)-1]
	for _, f := range v.silent {
		v.doubt(f)
	}
	waiting, err := db.All(ctx, tx, scanEvent, selectQueued, sealBatch)
	for _, e := range waiting {
		v.hear(e)
	}
	return err
}

// doubt holds a floor against the clock of the check, and not against times
// that stand in the database: whoever writes a floor writes those as well.
func (v *verifier) doubt(f floor) {
	switch {
	case v.period == 0:
		v.find(Finding{Seq: f.seq, What: Floored})
	case f.until > v.began.Add(-LeastKeep) || f.at > v.began.Add(slack):
		v.find(Finding{Seq: f.seq, What: TooYoung})
	}
}

// hear takes off the floor that an event tells of, unless that event is yet to
// happen.
func (v *verifier) hear(e Event) {
	if e.Action == FloorMade && e.At <= v.db.Now().Add(slack) {
		v.silent = slices.DeleteFunc(v.silent, func(f floor) bool { return f.told(e) })
	}
}

// unheard finds the floors that nothing tells of. What told of an older one
// may be below the newest by now: then only the copy holds it.
func (v *verifier) unheard() {
	for _, f := range v.silent {
		if f.seq == v.seq || v.Copied > 0 {
			v.find(Finding{Seq: f.seq, What: Unfloored})
		}
	}
}

// below looks at a line of the copy whose event the database has let go: the
// copy's own chain has to lead to the floor, and the event has to be as old as
// what may go.
func (v *verifier) below(s Seal) {
	if s.Seq == v.seq && !equalHash(s.Hash, v.hash) {
		v.find(Finding{Seq: s.Seq, What: Rewritten})
	}
	if v.period > 0 && (s.Event.At > v.until || s.Event.At > v.began.Add(-v.period)) {
		v.find(Finding{Seq: s.Seq, What: TooYoung})
	}
}
