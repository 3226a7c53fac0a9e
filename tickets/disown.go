package tickets

import (
	"context"
	"errors"

	"pulih/accounts"
	"pulih/audit"
	"pulih/db"
	"pulih/mail"
	"pulih/secret"
)

// disownable is how long after its end a ticket can be disowned (impostor 2).
const disownable = mail.DisownChange

// Disown is "Bukan saya": the accounts' part and the ticket's, in one
// transaction. On an attempt it stops that one ticket; after the enrolment it
// suspends what was enrolled. Both open a fraud case. accounts.ErrNoNotice.
func (d *Desk) Disown(ctx context.Context, token secret.Token, actor audit.Actor) (accounts.Disowned, error) {
	var out accounts.Disowned
	var err error
	for range 3 { // an enrolment may be just ahead: then what it brought is disowned
		err = d.write(ctx, func(tx *db.Tx) error {
			out, err = d.accounts.Disown(ctx, tx, token, actor)
			if err != nil || out.Already {
				return err
			}
			return d.disown(ctx, tx, &out, actor)
		})
		if !errors.Is(err, ErrChanged) {
			break
		}
	}
	return out, err
}

// Notice shows what a "Bukan saya" link is about, and what its button would
// suspend now. It changes nothing (NO-04). accounts.ErrNoNotice.
func (d *Desk) Notice(ctx context.Context, token secret.Token) (accounts.Notice, error) {
	n, err := d.accounts.Notice(ctx, token)
	if err != nil || n.Kind != accounts.Attempt {
		return n, err
	}
	err = d.db.Read(ctx, func(tx *db.Tx) error {
		r, err := one(tx.Row(ctx, selectDisowned, n.Object, n.Person))
		if errors.Is(err, ErrNoTicket) {
			return nil
		}
		if err == nil && r.undoable(tx.Now) {
			n.Undoes, err = d.undoes(ctx, tx, &r)
		}
		return err
	})
	return n, err
}

// undoes says which credential a request has brought.
func (d *Desk) undoes(ctx context.Context, tx *db.Tx, r *record) (accounts.Undone, error) {
	if r.device != "" {
		return d.accounts.Enrolled(ctx, tx, r.Person, r.device)
	}
	p, err := d.accounts.Person(ctx, tx, r.Person)
	return accounts.Undone{Email: r.SolvedBy == string(EmailReplaced) && p.EmailSince == r.ClosedAt}, err
}

func (d *Desk) disown(ctx context.Context, tx *db.Tx, out *accounts.Disowned, actor audit.Actor) error {
	r, err := one(tx.Row(ctx, selectDisowned, out.Object, out.Person))
	switch {
	case out.What == mail.DataAsked || out.What == mail.DataGiven:
		return d.disownAccess(ctx, tx, *out, actor)
	case errors.Is(err, ErrNoTicket):
		return d.disownAccount(ctx, tx, *out, actor)
	case err != nil:
		return err
	}
	if err := d.disownTicket(ctx, tx, &r, out, actor); err != nil {
		return err
	}
	return d.openFraud(ctx, tx, &r, "Pemilik akun menekan “Bukan saya” untuk permohonan "+r.Number+".", actor)
}

// disownAccount: what was disowned is no ticket. A change of the password
// may be the first half of a take-over, so remote requests stop too; the
// counter is never blocked.
func (d *Desk) disownAccount(ctx context.Context, tx *db.Tx, out accounts.Disowned, actor audit.Actor) error {
	if out.Kind != accounts.Change && !out.Undone.Any() {
		return d.disownWait(ctx, tx, out, actor)
	}
	tickets, err := db.All(ctx, tx, scanTicket, selectLiveChanges, out.Person)
	if err != nil {
		return err
	}
	for _, r := range tickets {
		if r.Channel == Counter {
			continue
		}
		if err := d.cancelDisowned(ctx, tx, &r, actor); err != nil {
			return err
		}
	}
	return d.openFraud(ctx, tx, &record{Ticket: Ticket{Person: out.Person}}, "Pemilik akun menekan “Bukan saya” atas perubahan akunnya.", actor)
}

// disownWait: whoever began a wait had the password and the mailbox. That is
// worth a case, and nothing else stops but the wait (impostor 2).
func (d *Desk) disownWait(ctx context.Context, tx *db.Tx, out accounts.Disowned, actor audit.Actor) error {
	if out.What != mail.MFAWaiting && out.What != mail.MFAReady {
		return nil
	}
	return d.openFraud(ctx, tx, &record{Ticket: Ticket{Person: out.Person}}, "Pemilik akun menekan “Bukan saya” atas penggantian autentikator.", actor)
}

func (d *Desk) disownTicket(ctx context.Context, tx *db.Tx, r *record, out *accounts.Disowned, actor audit.Actor) error {
	if r.State.Live() {
		return d.cancelDisowned(ctx, tx, r, actor)
	}
	if !r.undoable(tx.Now) {
		return nil
	}
	if out.Kind == accounts.Attempt { // too late to stop it, not too late to undo it
		if err := d.undo(ctx, tx, r, out, actor); err != nil {
			return err
		}
	}
	return d.cancelDisowned(ctx, tx, r, actor)
}

// undo takes back what a request has brought.
func (d *Desk) undo(ctx context.Context, tx *db.Tx, r *record, out *accounts.Disowned, actor audit.Actor) (err error) {
	switch {
	case r.device != "":
		out.Blocked = true
		out.Undone, err = d.accounts.UndoDevice(ctx, tx, r.Person, r.device, r.Number, actor)
	case r.SolvedBy == string(EmailReplaced):
		out.Blocked = true
		out.Undone, err = d.accounts.UndoEmail(ctx, tx, r.Person, r.ID, r.Number, r.ClosedAt, actor)
	}
	return err
}

func (r *record) undoable(now db.Time) bool {
	return r.State == Done && now < r.ClosedAt.Add(disownable)
}

func (d *Desk) cancelDisowned(ctx context.Context, tx *db.Tx, r *record, actor audit.Actor) error {
	p, err := d.gate(ctx, tx, r, personStep(VerbDisown, actor))
	if err != nil {
		return err
	}
	p.Reason = "Dihentikan lewat “Bukan saya”."
	return d.move(ctx, tx, p)
}
