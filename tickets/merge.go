package tickets

import (
	"context"
	"errors"

	"pulih/db"
)

// mergedInto begins the note of a merge.
const mergedInto = "ke "

// Merge ends a request of somebody who has filed the same twice; the other
// one goes on. Its receipt opens nothing else: whoever filed it need not be
// who filed the other, so neither secret nor messages go along, and what was
// proven is never given up for what was not (impostor 21). ErrMerge.
func (d *Desk) Merge(ctx context.Context, by By, number string, version int64, into string) (Ticket, error) {
	return d.byStaff(ctx, by, place{number, version}, VerbMerge, func(tx *db.Tx, p *passage) error {
		goesOn, err := d.twin(ctx, tx, by, p.record, into)
		if err != nil {
			return err
		}
		other, err := d.gate(ctx, tx, &goesOn, by.step(VerbTakeIn))
		if err != nil {
			return err
		}
		other.note = p.Number
		p.note, p.MergedInto = mergedInto+goesOn.Number, goesOn.Number
		return d.move(ctx, tx, other)
	})
}

func (d *Desk) twin(ctx context.Context, tx *db.Tx, by By, r *record, number string) (record, error) {
	other, err := one(tx.Row(ctx, selectOfAgency, number, by.Staff.Agency, by.units()))
	if errors.Is(err, ErrNoTicket) {
		return other, ErrMerge
	}
	if err == nil && (other.ID == r.ID || other.NIP != r.NIP || other.Kind != r.Kind || other.rank > r.rank) {
		err = ErrMerge
	}
	return other, err
}

// twins are the numbers of the requests that he can merge r into.
func (d *Desk) twins(ctx context.Context, tx *db.Tx, by By, r *record) ([]string, error) {
	return db.All(ctx, tx, scanText, selectTwins, r.NIP, r.Kind, by.units(), r.ID, r.Agency, r.rank)
}
