package audit

import (
	"bytes"
	"context"

	"pulih/db"
)

func (v *verifier) chain(ctx context.Context) error {
	before := v.hash
	v.Sealed, v.due = v.seq, v.seq
	for {
		seals, misplaced, err := v.next(ctx)
		if err != nil || len(seals) == 0 {
			v.reached()
			return err
		}
		found := len(v.Findings)
		for _, s := range seals {
			before = v.link(before, s)
		}
		if misplaced > 0 && len(v.Findings) == found { // a changed row differs from its place anyway
			v.find(Finding{What: Misplaced, Count: misplaced})
		}
		v.tell(v.Sealed, v.head, 0)
	}
}

// reached finds that the chain's last events are gone while their seals are
// still there.
func (v *verifier) reached() {
	if v.Sealed < v.head {
		v.find(Finding{Seq: v.Sealed + 1, What: Missing})
	}
}

// link looks at one event in the chain.
func (v *verifier) link(before []byte, s Seal) []byte {
	if s.Seq != v.Sealed+1 { // what follows is compared by its own number
		v.find(Finding{Seq: v.Sealed + 1, What: Missing})
	}
	if !bytes.Equal(s.Hash, s.chain(before)) {
		v.find(Finding{Seq: s.Seq, What: Changed})
	}
	v.keep(s)
	v.Sealed = s.Seq
	v.hear(s.Event)
	if s.Event.Action == DataRestored {
		v.Restored = append(v.Restored, s.Event)
	}
	v.order(s)
	if s.Event.At < v.began.Add(-late) {
		v.due = s.Seq
	}
	return s.Hash
}

// next reads a piece of the chain, and how much of it the index for reading
// shows wrongly.
func (v *verifier) next(ctx context.Context) (seals []Seal, misplaced int64, err error) {
	err = v.db.Read(ctx, func(tx *db.Tx) error {
		if seals, err = db.All(ctx, tx, scanSeal, selectSealed, v.Sealed, sealBatch); err != nil || len(seals) == 0 {
			return err
		}
		misplaced, err = v.misplaced(ctx, tx, seals)
		return err
	})
	return seals, misplaced, err
}
