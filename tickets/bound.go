package tickets

import (
	"context"
	"encoding/hex"
	"strconv"

	"pulih/db"
)

// approvalHash is what an approval is bound to (impostor 18).
func (d *Desk) approvalHash(ctx context.Context, tx *db.Tx, r *record) (string, error) {
	state, err := d.accountState(ctx, tx, r)
	if err != nil {
		return "", err
	}
	proofs, err := d.proofs(ctx, tx, r)
	if err != nil {
		return "", err
	}
	parts := []string{r.ID, r.Person, string(r.NIP), string(r.Kind), string(r.Channel), string(r.Level), string(r.Basis),
		string(r.Factor), r.CheckedBy, r.ApprovedBy, string(r.NewEmail), state}
	for _, f := range proofs {
		if f.counts(r) {
			parts = append(parts, f.ID, string(f.Kind), string(f.How), string(f.Result), string(f.numberHash), f.By, f.File)
		}
	}
	return hex.EncodeToString(d.keys.Sum("approval", parts...)), nil
}

// accountState is the account as far as this ticket depends on it: a block of
// remote requests never touches the counter (impostor 2).
func (d *Desk) accountState(ctx context.Context, tx *db.Tx, r *record) (string, error) {
	state, err := d.accounts.StateHash(ctx, tx, r.Person)
	if err != nil || r.Channel == Counter {
		return state, err
	}
	acc, err := d.accounts.Account(ctx, tx, r.Person)
	return state + strconv.FormatInt(int64(acc.RemoteBlockedUntil), 10), err
}

// stillTrue tells whether nothing of what was approved has changed.
func (d *Desk) stillTrue(ctx context.Context, tx *db.Tx, r *record) (bool, error) {
	now, err := d.approvalHash(ctx, tx, r)
	return err == nil && r.approval != "" && now == r.approval, err
}

// void takes an approval back because what it was bound to has changed.
func (d *Desk) void(ctx context.Context, tx *db.Tx, r *record) error {
	p, err := d.gate(ctx, tx, r, clockStep(VerbVoid))
	if err != nil {
		return err
	}
	p.Reason = ErrVoided.Text
	return d.move(ctx, tx, p)
}

// voided takes the approval back if what it was bound to has changed.
func (d *Desk) voided(ctx context.Context, tx *db.Tx, r *record) (bool, error) {
	still, err := d.stillTrue(ctx, tx, r)
	if err != nil || still {
		return false, err
	}
	return true, d.void(ctx, tx, r)
}

// bound runs fn, in which an approval may turn out to be void. That is then
// written, and the answer is ErrVoided.
func (d *Desk) bound(ctx context.Context, fn func(*db.Tx) (voided bool, err error)) error {
	var voided bool
	err := d.write(ctx, func(tx *db.Tx) (err error) {
		voided, err = fn(tx)
		return err
	})
	if err == nil && voided {
		return ErrVoided
	}
	return err
}
