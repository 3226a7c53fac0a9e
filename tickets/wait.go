package tickets

import (
	"context"
	"strings"

	"pulih/accounts"
	"pulih/db"
	"pulih/mail"
)

// wait is how long an approved ticket must still wait, as far as is known.
type wait struct {
	until   db.Time // 0 while it has not begun
	because string  // Indonesian, for the status page
	call    bool    // and the approver has yet to call back
}

const (
	becauseMail  = "Menunggu email pemberitahuan terkirim."
	becauseTold  = "Masa tunggu agar pemilik akun dapat berkata “Bukan saya”."
	becauseBlank = "Tidak ada alamat email lama yang dapat diberi tahu."
	becauseCall  = becauseBlank + " Verifikator akan menelepon nomor yang terdaftar."
)

func (w wait) over(now db.Time) bool { return w.until != 0 && w.until <= now && !w.call }

// waitOf computes the wait of an approved ticket (design.md, "Waits before
// Mature"). At the counter there is none: two people saw the originals.
func (d *Desk) waitOf(ctx context.Context, tx *db.Tx, r *record) (wait, error) {
	if r.Channel == Counter {
		return wait{until: r.ApprovedAt}, nil
	}
	told, queued, err := d.toldAt(ctx, tx, r)
	switch {
	case err != nil:
		return wait{}, err
	case told != 0:
		until, err := d.afterNotice(ctx, tx, r, told)
		return wait{until: until, because: becauseTold}, err
	case queued:
		return wait{because: becauseMail}, nil
	}
	return d.withoutNotice(ctx, tx, r)
}

// afterNotice is the end of the wait that a notice began: working hours in
// which the owner can answer it.
func (d *Desk) afterNotice(ctx context.Context, tx *db.Tx, r *record, told db.Time) (db.Time, error) {
	c, err := d.calendarOf(ctx, tx, r.Agency)
	if r.Factor != accounts.NoFactor {
		return c.Add(told, d.waits.FactorWork), err
	}
	return max(told.Add(d.waits.NoFactor), c.Add(told, d.waits.NoFactorWork)), err
}

// toldAt is when the relay accepted the first notice of the approval to an
// address that is 30 days old; queued says that one may still be (impostor 3).
func (d *Desk) toldAt(ctx context.Context, tx *db.Tx, r *record) (told db.Time, queued bool, err error) {
	for _, id := range strings.Fields(r.mails) {
		o, err := d.outbox.Outcome(ctx, tx, id)
		if err != nil {
			return 0, false, err
		}
		queued = queued || o.State == mail.Queued
		if o.State == mail.Accepted && (told == 0 || o.At < told) {
			told = o.At
		}
	}
	return told, queued, nil
}

// withoutNotice is the wait of somebody whom no mail reaches: three days, and
// the approver himself calls the number on file.
func (d *Desk) withoutNotice(ctx context.Context, tx *db.Tx, r *record) (wait, error) {
	proofs, err := d.proofs(ctx, tx, r)
	if err != nil {
		return wait{}, err
	}
	w := wait{until: r.ApprovedAt.Add(d.waits.NoAddress), because: becauseCall, call: true}
	for _, p := range proofs {
		if p.Second && p.Kind == Callback && p.Result == Match && !p.Void && p.cycle == r.Cycle && p.By == r.ApprovedBy {
			w.because, w.call = becauseBlank, false
		}
	}
	return w, nil
}

// mature moves a ticket whose wait is over, unless the account has changed
// under it. It tells whether it did either.
func (d *Desk) mature(ctx context.Context, tx *db.Tx, r *record) (bool, error) {
	w, err := d.waitOf(ctx, tx, r)
	if err != nil || !w.over(tx.Now) {
		return false, err
	}
	still, err := d.stillTrue(ctx, tx, r)
	if err != nil {
		return false, err
	}
	if !still {
		return true, d.void(ctx, tx, r)
	}
	p, err := d.gate(ctx, tx, r, clockStep(VerbMature))
	if err != nil {
		return false, err
	}
	p.ReadyAt = tx.Now
	return true, d.move(ctx, tx, p)
}

// showWait fills in what readers see of a wait.
func (d *Desk) showWait(ctx context.Context, tx *db.Tx, r *record) error {
	if r.State != Approved {
		return nil
	}
	w, err := d.waitOf(ctx, tx, r)
	r.MatureAt, r.WaitBecause = w.until, w.because
	return err
}
