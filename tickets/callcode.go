package tickets

import (
	"context"
	"crypto/subtle"
	"errors"
	"slices"

	"pulih/audit"
	"pulih/db"
	"pulih/secret"
)

func (d *Desk) callHash(proof string, code secret.Code) []byte {
	return d.keys.Sum("call", proof, string(code))
}

// EnterCallCode takes the code that the person heard on the call. A wrong one
// is a result: false.
func (d *Desk) EnterCallCode(ctx context.Context, number string, s, code secret.Code, actor audit.Actor) (bool, error) {
	var right bool
	err := d.byPerson(ctx, number, s, personStep(VerbEnterCode, actor), func(tx *db.Tx, p *passage) (err error) {
		right, err = d.enterCode(ctx, tx, p, code)
		return err
	})
	return right, err
}

func (d *Desk) enterCode(ctx context.Context, tx *db.Tx, p *passage, code secret.Code) (bool, error) {
	proofs, err := d.proofs(ctx, tx, p.record)
	if err != nil {
		return false, err
	}
	i := slices.IndexFunc(proofs, func(f Proof) bool { return f.awaitsCode(p.record, tx.Now) })
	if i < 0 {
		return false, ErrProof
	}
	call := proofs[i]
	var tries int
	err = tx.Row(ctx, tryCode, call.ID, tx.Now, callCodeTries).Scan(&tries)
	if errors.Is(err, db.ErrNotFound) {
		return false, ErrProof
	}
	if err != nil {
		return false, err
	}
	right := subtle.ConstantTimeCompare(d.callHash(call.ID, code), call.codeHash) == 1
	p.note = "Kode telepon: " + map[bool]Result{true: Match, false: NoMatch}[right].Label()
	return right, endTry(ctx, tx, call, right, tries)
}

// awaitsCode tells whether p is the call that is under way: once the check
// is done only the approver calls, and no late code changes the evidence.
func (p Proof) awaitsCode(r *record, now db.Time) bool {
	second := r.State == Checked || r.State == Approved
	return p.Result == Called && !p.Void && p.codeUntil > now && p.Second == second
}

func endTry(ctx context.Context, tx *db.Tx, call Proof, right bool, tries int) error {
	switch {
	case right:
		return tx.One(ctx, endCall, call.ID, Match, []byte{})
	case tries >= callCodeTries:
		return tx.One(ctx, endCall, call.ID, Spent, []byte{})
	}
	return nil
}
