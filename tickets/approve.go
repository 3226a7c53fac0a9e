package tickets

import (
	"context"
	"strings"
	"time"

	"pulih/accounts"
	"pulih/db"
	"pulih/mail"
)

// original is the item under which the approver's wrong numbers are counted.
const original ProofKind = "original"

// browserRest is how long a browser that checked may not approve
// (impostor 17).
const browserRest = 12 * time.Hour

// ApproveForm is what the approver saw himself: at the counter, the number
// of one of the originals.
type ApproveForm struct{ Document string }

// Approve is the second person's yes. It binds to what he saw: evidence,
// account, kind, channel and level (impostor 18), spends a fresh OTP, and
// tells every known address. ErrTwoPeople, ErrBrowser, ErrDocument,
// accounts.ErrNoProof.
func (d *Desk) Approve(ctx context.Context, by By, number string, version int64, f ApproveForm) (Ticket, error) {
	agreed := true
	t, err := d.approve(ctx, by, place{number, version}, f, &agreed)
	if err == nil && !agreed {
		return t, ErrDocument
	}
	return t, err
}

// approve writes a wrong number of the document, too: it is counted.
func (d *Desk) approve(ctx context.Context, by By, at place, f ApproveForm, agreed *bool) (Ticket, error) {
	var t Ticket
	err := d.write(ctx, func(tx *db.Tx) error {
		r, err := d.find(ctx, tx, by, at)
		if err != nil {
			return err
		}
		p, err := d.gate(ctx, tx, &r, by.step(VerbApprove))
		if err != nil {
			return err
		}
		if *agreed, err = d.sameOriginal(ctx, tx, p, f.Document); err != nil || !*agreed {
			return err
		}
		err = d.sayYes(ctx, tx, p)
		t = r.forStaff()
		return err
	})
	return t, err
}

func (d *Desk) sayYes(ctx context.Context, tx *db.Tx, p *passage) error {
	if err := d.accounts.SpendProof(ctx, tx, p.by.Staff.Session); err != nil {
		return err
	}
	p.ApprovedAt, p.ApprovedBy, p.ApprovedByName = tx.Now, p.by.Staff.ID, p.by.Staff.Name
	p.Passes = 0
	var err error
	if p.approval, err = d.approvalHash(ctx, tx, p.record); err != nil {
		return err
	}
	n := accounts.Notification{What: mail.RequestApproved, Object: p.ID, Number: p.Number}
	if p.Channel == Remote {
		if n.Until, err = d.afterNotice(ctx, tx, p.record, tx.Now); err != nil { // at the earliest
			return err
		}
	}
	told, err := d.notify(ctx, tx, p.record, n)
	if err != nil {
		return err
	}
	p.mails = strings.Join(told.Old, " ")
	return d.move(ctx, tx, p)
}

// mayApprove is the guard of Approve.
func (d *Desk) mayApprove(ctx context.Context, tx *db.Tx, r *record, s step) error {
	if from := s.by.Staff.ApprovesFrom; from == 0 || from > tx.Now {
		return ErrTooNew
	}
	if err := d.newEyes(ctx, tx, r, s); err != nil {
		return err
	}
	var checks int
	err := tx.Row(ctx, selectBrowserChecked, s.by.Browser, tx.Now.Add(-browserRest)).Scan(&checks)
	if err == nil && (checks > 0 || s.by.Browser == "") {
		return ErrBrowser
	}
	return err
}
