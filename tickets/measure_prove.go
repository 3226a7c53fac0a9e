package tickets

import (
	"bytes"
	"context"
	"errors"
	"fmt"

	"pulih/db"
)

// MeasureProof is what a proof of the measures came to, in packs of an hour.
// Waiting are tickets that no pack was asked about: they are still to be
// measured.
type MeasureProof struct{ Agree, Differ, Waiting int }

// errDiffers says that a pack is not what the history says.
var errDiffers = errors.New("tickets: a pack is not what the history says")

// ProveMeasures derives every pack again from the histories and compares it
// with what is stored, an hour of filing at a time and changing nothing. tell
// hears of each that differs.
func (d *Desk) ProveMeasures(ctx context.Context, tell func(agency string, from db.Time, why error)) (sum MeasureProof, err error) {
	err = d.hours(ctx, func(tx *db.Tx, at hour) error {
		waiting, err := d.prove(ctx, tx, at)
		if sum.Waiting += waiting; err == nil {
			sum.Agree++
			return nil
		}
		if !errors.Is(err, errDiffers) && !errors.Is(err, errPack) {
			return err
		}
		sum.Differ++
		tell(at.agency, at.from(), err)
		return nil
	})
	if err != nil {
		err = fmt.Errorf("tickets: proof of the measures: %w", err)
	}
	return sum, err
}

// RebuildMeasures forgets every pack, and has each ticket measured anew by
// whoever folds next. It says how many packs.
func (d *Desk) RebuildMeasures(ctx context.Context) (packs int, err error) {
	var all []hour
	err = d.hours(ctx, func(_ *db.Tx, at hour) error { all = append(all, at); return nil })
	for _, at := range all {
		if err != nil {
			break
		}
		err = d.forget(ctx, at)
	}
	return len(all), err
}

// hours goes through every hour that has a pack or ought to have one, each in
// a reading of its own.
func (d *Desk) hours(ctx context.Context, do func(*db.Tx, hour) error) error {
	var agencies []string
	err := d.db.Read(ctx, func(tx *db.Tx) (err error) {
		agencies, err = db.All(ctx, tx, scanText, selectAgencies)
		return err
	})
	for _, agency := range agencies {
		at, found := hour{agency, -1}, true
		for found && err == nil {
			err = d.db.Read(ctx, func(tx *db.Tx) (err error) {
				if at, found, err = next(ctx, tx, at); err == nil && found {
					err = do(tx, at)
				}
				return err
			})
		}
	}
	return err
}

// next is the hour after one in which something was filed or packed.
func next(ctx context.Context, tx *db.Tx, after hour) (at hour, found bool, err error) {
	var packed int64
	var filed db.Time
	none := tx.Row(ctx, selectNextPack, after.agency, after.slot).Scan(&packed)
	empty := tx.Row(ctx, selectNextFiled, after.agency, after.until()).Scan(&filed)
	for _, err := range []error{none, empty} {
		if err != nil && !errors.Is(err, db.ErrNotFound) {
			return at, false, err
		}
	}
	slot := int64(filed / slotLength)
	if empty != nil || none == nil && packed < slot {
		slot = packed
	}
	return hour{after.agency, slot}, none == nil || empty == nil, nil
}

// prove compares a pack with what the histories say, but for the tickets that
// wait to be measured.
func (d *Desk) prove(ctx context.Context, tx *db.Tx, at hour) (waiting int, err error) {
	stored, err := readSlot(ctx, tx, at)
	if err != nil {
		return 0, err
	}
	skip, err := db.All(ctx, tx, scanText, selectUnmeasured, at.agency, at.from(), at.until())
	if err != nil {
		return 0, err
	}
	again, err := d.deriveHour(ctx, tx, at)
	if err != nil {
		return len(skip), err
	}
	last, packed := stored.last, stored.packed
	for _, number := range skip {
		stored.drop(number)
		again.drop(number)
		last, packed = stored.pack()
	}
	if l, p := again.pack(); l != last || !bytes.Equal(p, packed) {
		err = errDiffers
	}
	return len(skip), err
}

func (d *Desk) deriveHour(ctx context.Context, tx *db.Tx, at hour) (p slot, err error) {
	w := ofHour(at)
	subjects, err := db.All(ctx, tx, scanSubject, w.subjects, w.args...)
	if err != nil {
		return p, err
	}
	all, err := d.derive(ctx, tx, w, subjects)
	for _, t := range all {
		p.all = append(p.all, t.cycles...) // of one that cannot be measured, none
	}
	return p, err
}
