package audit

import (
	"context"
	"encoding/json"
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
	waiting, err := db.All(ctx, tx, scanEvent, selectQueued, sealBatch)
	for _, e := range waiting {
		v.hear(e)
	}
	return err
}

// hear takes off the floor that an event tells of.
func (v *verifier) hear(e Event) {
	if e.Action == FloorMade {
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
// copy's own chain has to lead to the floor.
func (v *verifier) below(s Seal, line []byte) {
	var raw struct{ Event json.RawMessage }
	if err := json.Unmarshal(line, &raw); err != nil || !equalHash(s.Hash, link(v.copy, s.Seq, raw.Event)) ||
		s.Seq == v.seq && !equalHash(s.Hash, v.hash) {
		v.find(Finding{Seq: s.Seq, What: Rewritten})
	}
	v.copy = s.Hash
}
