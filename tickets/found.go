package tickets

import (
	"context"
	"errors"
	"fmt"

	"pulih/accounts"
	"pulih/audit"
	"pulih/db"
	"pulih/mail"
)

// SignIn signs a person in. With a device that somebody says is lost, it
// cancels that request and opens a fraud case (impostor 11).
func (d *Desk) SignIn(ctx context.Context, f accounts.SignInForm, actor audit.Actor) (accounts.SignedIn, error) {
	prepared, err := d.accounts.PrepareSignIn(ctx, f)
	if err != nil {
		return accounts.SignedIn{}, err
	}
	var s accounts.SignedIn
	for range 3 { // a ticket of theirs may move at the same moment
		err = d.write(ctx, func(tx *db.Tx) error {
			if s, err = d.accounts.SignIn(ctx, tx, prepared, actor); err != nil || s.Result != accounts.SignInOK {
				return err
			}
			return d.found(ctx, tx, s, actor)
		})
		if !errors.Is(err, ErrChanged) {
			break
		}
	}
	return s, err
}

func (d *Desk) found(ctx context.Context, tx *db.Tx, s accounts.SignedIn, actor audit.Actor) error {
	if err := d.foundAlone(ctx, tx, s, actor); err != nil {
		return err
	}
	tickets, err := db.All(ctx, tx, scanTicket, selectLive, s.Person, MFA)
	if err != nil {
		return err
	}
	for _, r := range tickets {
		if s.Device == "" || r.factorDevice == s.Device {
			continue // another device is a remaining factor, not the lost one
		}
		if err := d.cancelFound(ctx, tx, &r, actor); err != nil {
			return err
		}
	}
	return nil
}

func (d *Desk) cancelFound(ctx context.Context, tx *db.Tx, r *record, actor audit.Actor) error {
	p, err := d.gate(ctx, tx, r, personStep(VerbFound, actor))
	if err != nil {
		return err
	}
	p.Reason = "Ada yang masuk dengan autentikator lama."
	if err := d.move(ctx, tx, p); err != nil {
		return err
	}
	if err := d.tell(ctx, tx, r, mail.RequestCancelled); err != nil {
		return err
	}
	return d.openFraud(ctx, tx, r, fmt.Sprintf("Autentikator yang dilaporkan hilang pada %s dipakai untuk masuk.", r.Number), actor)
}

// foundAlone ends the wait of somebody who meant to enrol alone: whoever signs
// in with a code has not lost what makes it. A backup code proves no device.
func (d *Desk) foundAlone(ctx context.Context, tx *db.Tx, s accounts.SignedIn, actor audit.Actor) error {
	if s.Device == "" {
		return nil
	}
	found, err := d.accounts.FindDevice(ctx, tx, s.Person, actor)
	if err != nil || !found {
		return err
	}
	about := &record{Ticket: Ticket{Person: s.Person}}
	return d.openFraud(ctx, tx, about, "Ada yang masuk dengan autentikator lama selama masa tunggu penggantiannya.", actor)
}
