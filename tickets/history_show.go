package tickets

import (
	"context"

	"pulih/accounts"
	"pulih/db"
)

// ShowHistory opens a person's own account for him at the counter, where he
// cannot sign in to see it at /akun (impostor 16, PR-02): after the check of
// his originals, for one fresh OTP, and written down for him to see.
// ErrChannel, accounts.ErrNoProof.
func (d *Desk) ShowHistory(ctx context.Context, by By, number string, version int64) (accounts.Overview, error) {
	t, err := d.byStaff(ctx, by, place{number, version}, VerbShowHistory, func(tx *db.Tx, _ *passage) error {
		return d.accounts.SpendProof(ctx, tx, by.Staff.Session)
	})
	if err != nil {
		return accounts.Overview{}, err
	}
	return d.accounts.Overview(ctx, t.Person)
}

// mayShowHistory is the guard of ShowHistory: the person stands there.
func mayShowHistory(r *record) error {
	if r.Channel != Counter {
		return ErrChannel
	}
	return nil
}
