package tickets

import (
	"context"
	"time"

	"pulih/db"
)

// presenceLife is how long somebody counts as being at a ticket after he was
// last seen there.
const presenceLife = 2 * time.Minute

// Colleague is somebody who has a ticket open. Since is when he opened it.
type Colleague struct {
	Name  string
	Since db.Time
}

// Present notes that he has a ticket open, and tells who else has. It is no
// lock: who is told may go on. ErrNoTicket, ErrOneself.
func (d *Desk) Present(ctx context.Context, by By, number string) (others []Colleague, err error) {
	err = d.db.Write(ctx, func(tx *db.Tx) error {
		r, err := d.visible(ctx, tx, by, number)
		if err != nil {
			return err
		}
		if err := present(ctx, tx, by, r.ID); err != nil {
			return err
		}
		others, err = db.All(ctx, tx, scanColleague, selectPresent, r.ID, by.Staff.ID, tx.Now.Add(-presenceLife))
		return err
	})
	return others, err
}

// present keeps the row of somebody at a ticket, a new one after he was away.
func present(ctx context.Context, tx *db.Tx, by By, ticket string) error {
	away := tx.Now.Add(-presenceLife)
	if _, err := tx.Exec(ctx, deleteAway, away); err != nil {
		return err
	}
	n, err := tx.Exec(ctx, updatePresent, ticket, by.Staff.ID, tx.Now)
	if err != nil || n > 0 {
		return err
	}
	tx.Changed("ticket_presence")
	_, err = tx.Exec(ctx, insertPresent, ticket, by.Staff.ID, by.Staff.Name, tx.Now)
	return err
}

// Others tells who else has a ticket open.
func (d *Desk) Others(ctx context.Context, by By, number string) (others []Colleague, err error) {
	err = d.db.Read(ctx, func(tx *db.Tx) error {
		r, err := d.visible(ctx, tx, by, number)
		if err == nil {
			others, err = db.All(ctx, tx, scanColleague, selectPresent, r.ID, by.Staff.ID, tx.Now.Add(-presenceLife))
		}
		return err
	})
	return others, err
}

// Away notes that he has left a ticket.
func (d *Desk) Away(ctx context.Context, by By, number string) error {
	return d.db.Write(ctx, func(tx *db.Tx) error {
		r, err := d.visible(ctx, tx, by, number)
		if err != nil {
			return err
		}
		tx.Changed("ticket_presence")
		_, err = tx.Exec(ctx, deletePresent, r.ID, by.Staff.ID)
		return err
	})
}

// Keys tells whether single keys do something for a member of staff.
func (d *Desk) Keys(ctx context.Context, by By) (on bool, err error) {
	err = d.db.ReadOne(ctx, func(tx *db.Tx) error {
		var off int
		err := tx.Row(ctx, countNoKeys, by.Staff.ID).Scan(&off)
		on = off == 0
		return err
	})
	return on, err
}

// SetKeys switches single keys on or off for him (WCAG 2.1.4): who dictates,
// or rests a hand on the keyboard, must not claim tickets by it.
func (d *Desk) SetKeys(ctx context.Context, by By, on bool) error {
	return d.db.Write(ctx, func(tx *db.Tx) error {
		_, err := tx.Exec(ctx, saveHabit, by.Staff.ID, !on)
		return err
	})
}
