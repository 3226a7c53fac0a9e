package tickets

import (
	"context"
	"errors"

	"pulih/accounts"
	"pulih/db"
)

// Claim takes a ticket, so that two agents do not do the same work. It lasts
// for 30 minutes without activity.
func (d *Desk) Claim(ctx context.Context, by By, number string, version int64) (Ticket, error) {
	return d.byStaff(ctx, by, place{number, version}, VerbClaim, nothing)
}

// TakeOver takes it from somebody else: an agent may be ill. Who does not work
// on tickets himself gives it back to the queue, for nobody may hold what he
// can do nothing with.
func (d *Desk) TakeOver(ctx context.Context, by By, number string, version int64) (Ticket, error) {
	return d.byStaff(ctx, by, place{number, version}, VerbTakeOver, func(tx *db.Tx, p *passage) error {
		p.note = "dari " + p.OwnerName
		p.free()
		if by.Staff.Has(accounts.Agent) {
			p.Owner, p.OwnerName, p.OwnedAt = by.Staff.ID, by.Staff.Name, tx.Now
		}
		return nil
	})
}

// Release gives it back to the queue.
func (d *Desk) Release(ctx context.Context, by By, number string, version int64) (Ticket, error) {
	return d.byStaff(ctx, by, place{number, version}, VerbRelease, func(_ *db.Tx, p *passage) error {
		p.free()
		return nil
	})
}

// ClaimNext takes the first free ticket of Unclaimed or Unproven that is not
// about the agent himself. ErrQueueDry.
func (d *Desk) ClaimNext(ctx context.Context, by By, v View) (Ticket, error) {
	for range 5 { // somebody else may take the same one first
		t, err := d.claimNext(ctx, by, v)
		if !errors.Is(err, ErrChanged) {
			return t, err
		}
	}
	return Ticket{}, ErrChanged
}

func (d *Desk) claimNext(ctx context.Context, by By, v View) (Ticket, error) {
	var t Ticket
	err := d.write(ctx, func(tx *db.Tx) error {
		low, high := v.ranks()
		r, err := scanTicket(tx.Row(ctx, selectNext, by.Staff.Agency, low, high, by.Staff.NIP, by.units()))
		if errors.Is(err, db.ErrNotFound) {
			return ErrQueueDry
		}
		if err != nil {
			return err
		}
		p, err := d.gate(ctx, tx, &r, by.step(VerbClaim))
		if err != nil {
			return err
		}
		err = d.move(ctx, tx, p)
		t = r.forStaff()
		return err
	})
	return t, err
}

func mayRelease(r *record, s step) error {
	if r.Owner != s.by.Staff.ID {
		return ErrNotOwner
	}
	return nil
}

// mayTakeOver: there is somebody to take it from.
func mayTakeOver(r *record, s step) error {
	if r.Owner == "" || r.Owner == s.by.Staff.ID {
		return ErrNotOwned
	}
	return nil
}

// letGo frees a ticket whose owner has done nothing for a while.
func (d *Desk) letGo(ctx context.Context, tx *db.Tx, r *record) error {
	p, err := d.gate(ctx, tx, r, clockStep(VerbLetGo))
	if err != nil {
		return err
	}
	p.free()
	return d.move(ctx, tx, p)
}

func (r *record) free() { r.Owner, r.OwnerName, r.OwnedAt = "", "", 0 }

func nothing(*db.Tx, *passage) error { return nil }
