package tickets

import (
	"bytes"
	"context"
	"slices"
	"strings"
	"time"

	"pulih/accounts"
	"pulih/audit"
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
		n.Until = d.afterNotice(p.record, tx.Now) // at the earliest
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

// newEyes keeps those away who opened, claimed or contributed, in any cycle.
func (d *Desk) newEyes(ctx context.Context, tx *db.Tx, r *record, s step) error {
	events, err := d.events(ctx, tx, r)
	if err != nil {
		return err
	}
	mine := func(e EventLine) bool {
		return e.AuthorKind == audit.Staff && e.author == s.by.Staff.ID && !neutral(e.Verb)
	}
	if r.FiledBy == s.by.Staff.ID || r.CheckedBy == s.by.Staff.ID || slices.ContainsFunc(events, mine) {
		return ErrTwoPeople
	}
	return nil
}

// sameOriginal tells whether the number that the approver typed is that of
// an original the checker saw (impostor 6). Three wrong ones close it.
func (d *Desk) sameOriginal(ctx context.Context, tx *db.Tx, p *passage, typed string) (bool, error) {
	if p.Channel != Counter {
		return true, nil
	}
	t, err := d.try(ctx, tx, p, original)
	if err != nil {
		return false, err
	}
	agreed, err := d.isOriginal(ctx, tx, p.record, typed)
	if err != nil {
		return false, err
	}
	result, err := d.judge(ctx, tx, t, agreed)
	if err != nil || result == Match {
		return agreed, err
	}
	proof := p.proof(original, stageApproval)
	proof.How, proof.Result, proof.Source = Seen, NoMatch, "Nomor yang dicatat pemeriksa"
	if err := insert(ctx, tx, p, proof); err != nil {
		return false, err
	}
	return false, audit.Append(ctx, tx, audit.Event{Actor: p.actor, Action: audit.Ticket + audit.Action(p.verb), Person: p.Person,
		Object: p.ID, Result: audit.Refused, Detail: map[string]string{"number": p.Number, "note": "original: no_match"}})
}

func (d *Desk) isOriginal(ctx context.Context, tx *db.Tx, r *record, typed string) (bool, error) {
	proofs, err := d.proofs(ctx, tx, r)
	return slices.ContainsFunc(proofs, func(f Proof) bool {
		return f.counts(r) && f.How == Seen && bytes.Equal(f.numberHash, d.documentHash(r.Person, f.Kind, typed))
	}), err
}
