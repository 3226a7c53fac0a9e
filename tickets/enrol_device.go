package tickets

import (
	"context"

	"pulih/accounts"
	"pulih/audit"
	"pulih/db"
	"pulih/secret"
)

// Enrolment shows the enrolment of a browser, whatever allowed it: the only
// page that ever holds an authenticator's secret. accounts.ErrNoEnrolment.
func (d *Desk) Enrolment(ctx context.Context, token secret.Token) (pending accounts.Pending, err error) {
	err = d.db.Read(ctx, func(tx *db.Tx) error {
		pending, err = d.accounts.Pending(ctx, tx, token)
		return err
	})
	return pending, err
}

// Enrolled is the answer to a code of the new device. Via says what allowed
// it; Ticket is zero where that was no request. Offset is how many
// half minutes the phone is early (above zero) or late; Left counts the codes
// that may still be wrong.
type Enrolled struct {
	OK     bool
	Via    accounts.EnrolmentVia
	Offset int
	Left   int
	Ticket Ticket
}

// Enrol binds the new device and, where a request allowed it, the request is
// done, in one transaction. accounts.ErrNoEnrolment, accounts.ErrDeviceName;
// ErrVoided when the account has changed since the approval.
func (d *Desk) Enrol(ctx context.Context, token secret.Token, code, device string, actor audit.Actor) (Enrolled, error) {
	var e Enrolled
	err := d.bound(ctx, func(tx *db.Tx) (voided bool, err error) {
		pending, err := d.accounts.Pending(ctx, tx, token)
		if err != nil {
			return false, err
		}
		form := accounts.ConfirmForm{Token: token, Code: code, Name: device}
		if pending.Via != accounts.ByPass {
			e, err = d.enrolAlone(ctx, tx, pending, form, actor)
			return false, err
		}
		r, err := one(tx.Row(ctx, selectByID, pending.Ticket))
		if err != nil {
			return false, err
		}
		if voided, err = d.voided(ctx, tx, &r); voided || err != nil {
			return voided, err
		}
		form.Number = r.Number
		e, err = d.enrol(ctx, tx, &r, form, actor)
		return false, err
	})
	return e, err
}

// enrolAlone binds a device that no request was needed for.
func (d *Desk) enrolAlone(ctx context.Context, tx *db.Tx, p accounts.Pending, f accounts.ConfirmForm, actor audit.Actor) (Enrolled, error) {
	actor.Kind, actor.ID = audit.Person, p.Person.ID
	c, err := d.accounts.ConfirmDevice(ctx, tx, f, actor)
	if err == nil && c.OK && p.Via == accounts.BySelf {
		err = d.needless(ctx, tx, p.Person.ID, actor)
	}
	return Enrolled{OK: c.OK, Via: p.Via, Offset: c.Offset, Left: c.Left}, err
}

// needless withdraws the requests of a person who has enrolled alone. Their
// notices told of nothing that is still to come, so there is none of this.
func (d *Desk) needless(ctx context.Context, tx *db.Tx, person string, actor audit.Actor) error {
	tickets, err := db.All(ctx, tx, scanTicket, selectLive, person, MFA)
	if err != nil {
		return err
	}
	for _, r := range tickets {
		p, err := d.gate(ctx, tx, &r, personStep(VerbWithdraw, actor))
		if err != nil {
			return err
		}
		p.Reason = "Pemohon sudah mendaftarkan autentikator baru sendiri."
		if err := d.move(ctx, tx, p); err != nil {
			return err
		}
	}
	return nil
}

func (d *Desk) enrol(ctx context.Context, tx *db.Tx, r *record, f accounts.ConfirmForm, actor audit.Actor) (Enrolled, error) {
	actor.Kind, actor.ID = audit.Person, r.Person
	p, err := d.gate(ctx, tx, r, personStep(VerbEnrol, actor))
	if err != nil {
		return Enrolled{}, err
	}
	c, err := d.accounts.ConfirmDevice(ctx, tx, f, actor)
	if err != nil || !c.OK {
		return Enrolled{Offset: c.Offset, Left: c.Left}, err
	}
	p.device, p.SolvedBy = c.Device, string(Reissued)
	if err := d.move(ctx, tx, p); err != nil {
		return Enrolled{}, err
	}
	return Enrolled{OK: true, Via: accounts.ByPass, Ticket: r.forPerson()}, nil
}
