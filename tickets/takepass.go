package tickets

import (
	"context"

	"pulih/accounts"
	"pulih/audit"
	"pulih/db"
	"pulih/secret"
)

// TakePass shows the pass of a remote ticket on the person's status page, to
// who shows the remaining factor again; without one the call-back has proven
// whose page it is (impostor 1, 10). A wrong factor is a result. The errors
// are those of Issue.
func (d *Desk) TakePass(ctx context.Context, number string, s secret.Code, f FactorForm, actor audit.Actor) (PassShown, error) {
	checked, err := d.checkFactor(ctx, number, s, f)
	if err != nil {
		return PassShown{}, err
	}
	var shown PassShown
	err = d.bound(ctx, func(tx *db.Tx) (voided bool, err error) {
		r, err := d.byReceipt(ctx, tx, number, s)
		if err != nil {
			return false, err
		}
		p, err := d.gate(ctx, tx, &r, personStep(VerbTakePass, actor))
		if err != nil {
			return false, err
		}
		if voided, err = d.voided(ctx, tx, p.record); voided || err != nil {
			return voided, err
		}
		shown, err = d.takePass(ctx, tx, p, checked)
		return false, err
	})
	return shown, err
}

func (d *Desk) takePass(ctx context.Context, tx *db.Tx, p *passage, c accounts.Checked) (PassShown, error) {
	if p.Basis == accounts.ByFactor {
		if right, err := d.factorAgain(ctx, tx, p, c); err != nil || !right {
			return PassShown{}, err
		}
	}
	return d.issue(ctx, tx, p, p.CheckedBy, d.waits.RemotePass)
}

// factorAgain asks for the remaining factor once more, ten wrong ones a day
// at most: this form guesses no passwords either.
func (d *Desk) factorAgain(ctx context.Context, tx *db.Tx, p *passage, c accounts.Checked) (bool, error) {
	tries := count{countWrongFactor, p.ID, 2 * wrongFactors}
	if _, err := d.take(ctx, tx, tries); err != nil {
		return false, err
	}
	factor, err := d.accounts.UseFactor(ctx, tx, c, p.actor)
	if err != nil || factor == accounts.NoFactor {
		return false, err
	}
	return true, d.giveBack(ctx, tx, tries)
}
