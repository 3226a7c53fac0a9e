package tickets

import (
	"bytes"
	"context"
	"slices"

	"pulih/audit"
	"pulih/db"
)

// newEyes keeps those away who opened, claimed or contributed, in any cycle:
// by a verb, or by a text that a colleague sent for them.
func (d *Desk) newEyes(ctx context.Context, tx *db.Tx, r *record, s step) error {
	events, err := d.events(ctx, tx, r)
	if err != nil {
		return err
	}
	var written int
	if err := tx.Row(ctx, countWritten, r.ID, s.by.Staff.ID).Scan(&written); err != nil {
		return err
	}
	mine := func(e EventLine) bool {
		return e.AuthorKind == audit.Staff && e.author == s.by.Staff.ID && !neutral(e.Verb)
	}
	if written > 0 || r.FiledBy == s.by.Staff.ID || r.CheckedBy == s.by.Staff.ID || slices.ContainsFunc(events, mine) {
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
