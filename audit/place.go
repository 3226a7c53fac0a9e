package audit

import (
	"context"

	"pulih/db"
)

// Where says of which agencies an event is (ST-04). Events know no agency, and
// this package knows neither staff nor tickets, so the program's root tells it.
type Where func(ctx context.Context, tx *db.Tx, e Event) ([]string, error)

// agencies are those of an event: as it was sealed, or, where the seal does not
// tell, as it is now.
func (s Sealer) agencies(ctx context.Context, tx *db.Tx, of Seal) ([]string, error) {
	if len(of.Agencies) > 0 || s.Where == nil {
		return of.Agencies, nil
	}
	return s.Where(ctx, tx, of.Event)
}

// place is where the index has an event for the readers of one agency. It is
// all made of the seal, so a check makes it again and compares.
type place struct {
	Event  string
	Agency string
	At     db.Time
	Actor  string
	Action Action
	Person string
	Object string
	Result string
}

// places are those of a sealed event, one for each agency.
func (s Seal) places() (all []place) {
	e := s.Event
	for _, agency := range s.Agencies {
		all = append(all, place{e.ID, agency, e.At, e.Actor.key(), e.Action, e.Person, e.Object, e.Result})
	}
	return all
}

// place enters an event into the index that the log is read by.
func (s Seal) place(ctx context.Context, tx *db.Tx) error {
	for _, p := range s.places() {
		_, err := tx.Exec(ctx, insertPlace, p.Agency, p.Event, p.At, p.Actor, p.Action, p.Person, p.Object, p.Result)
		if err != nil {
			return err
		}
	}
	return nil
}

func scanPlace(row db.Scanner) (p place, err error) {
	err = row.Scan(&p.Event, &p.Agency, &p.At, &p.Actor, &p.Action, &p.Person, &p.Object, &p.Result)
	return p, err
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
			if seal.Agencies, err = s.agencies(ctx, tx, seal); err != nil {
				return err
			}
			if err := seal.place(ctx, tx); err != nil {
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
