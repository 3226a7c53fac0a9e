package audit

import (
	"context"

	"pulih/db"
)

// Where says of which agencies an event is (ST-04). Events know no agency, and
// this package knows neither staff nor tickets, so the program's root tells it.
type Where func(ctx context.Context, tx *db.Tx, e Event) ([]string, error)

// place enters an event into the index that the log is read by, for each
// agency whose it is.
func (s Sealer) place(ctx context.Context, tx *db.Tx, e Event) error {
	if s.Where == nil {
		return nil
	}
	agencies, err := s.Where(ctx, tx, e)
	if err != nil {
		return err
	}
	for _, agency := range agencies {
		_, err := tx.Exec(ctx, insertPlace, agency, e.ID, e.At, e.Actor.key(), e.Action, e.Person, e.Object, e.Result)
		if err != nil {
			return err
		}
	}
	return nil
}

// key is what an actor is looked for by: a member of staff by his id, and the
// others by their kind.
func (a Actor) key() string {
	if a.Kind == Staff {
		return a.ID
	}
	return string(a.Kind)
}

// PlaceOlder gives one batch of events that were sealed before the index was
// there their places, the newest of them first, and says whether any are left.
// It may be stopped at any time and goes on where it was.
func (s Sealer) PlaceOlder(ctx context.Context) (left bool, err error) {
	if s.Where == nil {
		return false, nil
	}
	below, err := Unplaced(ctx, s.DB)
	if err != nil || below <= 1 {
		return false, err
	}
	err = s.DB.Write(ctx, func(tx *db.Tx) error {
		older, err := db.All(ctx, tx, scanSeal, selectSealedBelow, below, sealBatch)
		if err != nil {
			return err
		}
		next := int64(1)
		for _, seal := range older {
			if err := s.place(ctx, tx, seal.Event); err != nil {
				return err
			}
			next = seal.Seq
		}
		left = next > 1
		return tx.One(ctx, movePlaced, below, next)
	})
	return left, err
}

// Unplaced is the number in the chain below which events have no place yet; 1
// when all have.
func Unplaced(ctx context.Context, d *db.DB) (below int64, err error) {
	err = d.Read(ctx, func(tx *db.Tx) error { return tx.Row(ctx, selectPlaced).Scan(&below) })
	return below, err
}
