package tickets

import (
	"context"
	"fmt"
	"slices"

	"pulih/accounts"
	"pulih/db"
)

// Freeze secures an account that somebody misuses: its password stops and its
// sessions end. One agent may, with a fresh OTP, for it takes protection from
// nobody; the owner and the supervisors hear of it. It holds back no request:
// only the owner's "Bukan saya" does (impostor 2). reason is for staff.
// accounts.ErrFrozen, accounts.ErrNoProof.
func (d *Desk) Freeze(ctx context.Context, by By, number string, version int64, reason string) (Ticket, error) {
	return d.byStaff(ctx, by, place{number, version}, VerbFreeze, func(tx *db.Tx, p *passage) error {
		if err := d.say(ctx, tx, p, NoteSide, reason); err != nil {
			return err
		}
		if err := d.accounts.Freeze(ctx, tx, p.Person, p.ID, p.Number, p.actor); err != nil {
			return err
		}
		text := fmt.Sprintf("%s membekukan akun pada perkara %s.\nBuka perkara itu dan periksa alasannya.", by.Staff.Name, p.Number)
		if err := d.accounts.TellSupervisorsOf(ctx, tx, p.Agency, "Akun dibekukan petugas", text); err != nil {
			return err
		}
		return d.accounts.SpendProof(ctx, tx, by.Staff.Session)
	})
}

// AskLift proposes to end what "Bukan saya" holds back; reason says how it is
// known that the owner wants it. It spends a fresh OTP. ErrBrowser,
// accounts.ErrNotBlocked, accounts.ErrNoProof.
func (d *Desk) AskLift(ctx context.Context, by By, number string, version int64, reason string) (Ticket, error) {
	return d.byStaff(ctx, by, place{number, version}, VerbAskLift, func(tx *db.Tx, p *passage) error {
		if err := d.blocked(ctx, tx, p.record); err != nil {
			return err
		}
		if err := d.say(ctx, tx, p, NoteSide, reason); err != nil {
			return err
		}
		return d.accounts.SpendProof(ctx, tx, by.Staff.Session)
	})
}

// Lift is the second person's yes to that, within 72 hours: two staff lift a
// block (impostor 2). Every address hears of it. It spends a fresh OTP.
// ErrTwoPeople, ErrOneBrowser, ErrNoLift, accounts.ErrNotBlocked,
// accounts.ErrNoProof.
func (d *Desk) Lift(ctx context.Context, by By, number string, version int64) (Ticket, error) {
	return d.byStaff(ctx, by, place{number, version}, VerbLift, func(tx *db.Tx, p *passage) error {
		if err := d.accounts.SpendProof(ctx, tx, by.Staff.Session); err != nil {
			return err
		}
		return d.accounts.LiftBlock(ctx, tx, p.Person, p.ID, p.Number, p.actor)
	})
}

func (d *Desk) blocked(ctx context.Context, tx *db.Tx, r *record) error {
	acc, err := d.accounts.Account(ctx, tx, r.Person)
	if err == nil && !acc.Blocked(tx.Now) {
		err = accounts.ErrNotBlocked
	}
	return err
}

// mayAskLift is the guard of AskLift: what cannot be recognised later cannot
// be kept from lifting.
func mayAskLift(s step) error {
	if s.by.Browser == "" {
		return ErrBrowser
	}
	return nil
}

// mayLift is the guard of Lift: another person, at another browser
// (impostor 17).
func (d *Desk) mayLift(ctx context.Context, tx *db.Tx, r *record, s step) error {
	if from := s.by.Staff.ApprovesFrom; from == 0 || from > tx.Now {
		return ErrTooNew
	}
	if err := d.newEyes(ctx, tx, r, s); err != nil {
		return err
	}
	events, err := d.events(ctx, tx, r)
	if err != nil {
		return err
	}
	here := func(e EventLine) bool { return e.Verb == VerbAskLift && e.browser == s.by.Browser }
	if s.by.Browser == "" || slices.ContainsFunc(events, here) {
		return ErrOneBrowser
	}
	return d.liftAsked(r, events, tx.Now)
}

// liftAsked tells whether a lift is proposed and not yet used.
func (d *Desk) liftAsked(r *record, events []EventLine, now db.Time) error {
	for _, e := range slices.Backward(events) {
		switch {
		case e.Verb == VerbLift || e.cycle != r.Cycle:
			return ErrNoLift
		case e.Verb == VerbAskLift && e.At > now.Add(-d.waits.Approval):
			return nil
		}
	}
	return ErrNoLift
}
