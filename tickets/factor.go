package tickets

import (
	"context"
	"slices"

	"pulih/accounts"
	"pulih/audit"
	"pulih/db"
	"pulih/secret"
)

// FactorForm is a remaining factor: the password, a code of another device, or
// a backup code.
type FactorForm struct {
	Password secret.Password
	OTP      string
	Backup   string
}

// wrongFactors closes the form of a ticket: passwords are not guessed here.
const wrongFactors = 5

// ShowFactor records a remaining factor, and moves the ticket before those
// that have proven nothing (impostor 4). A password counts if it was set
// seven days before the ticket was opened (impostor 1). The answer is the
// factor; accounts.NoFactor, a result, when it was wrong. ErrSpent.
func (d *Desk) ShowFactor(ctx context.Context, number string, s secret.Code, f FactorForm, actor audit.Actor) (accounts.Factor, error) {
	checked, err := d.checkFactor(ctx, number, s, f)
	if err != nil {
		return accounts.NoFactor, err
	}
	var factor accounts.Factor
	err = d.write(ctx, func(tx *db.Tx) error {
		r, err := d.byReceipt(ctx, tx, number, s)
		if err != nil {
			return err
		}
		p, err := d.gate(ctx, tx, &r, personStep(VerbShowFactor, actor))
		if err != nil {
			return err
		}
		if factor, err = d.useFactor(ctx, tx, p, checked); err != nil {
			return err
		}
		return d.move(ctx, tx, p)
	})
	return factor, err
}

// checkFactor does the slow part: nothing of it is inside a transaction.
func (d *Desk) checkFactor(ctx context.Context, number string, s secret.Code, f FactorForm) (accounts.Checked, error) {
	var r record
	err := d.db.Read(ctx, func(tx *db.Tx) (err error) {
		r, err = d.byReceipt(ctx, tx, number, s)
		return err
	})
	if err != nil {
		return accounts.Checked{}, err
	}
	return d.accounts.CheckFactor(ctx, accounts.FactorForm{Person: r.Person, Password: f.Password,
		OTP: f.OTP, Backup: f.Backup, Before: r.OpenedAt})
}

func (d *Desk) useFactor(ctx context.Context, tx *db.Tx, p *passage, c accounts.Checked) (accounts.Factor, error) {
	var wrong int
	if err := tx.Row(ctx, countWrongItem, p.ID, p.Cycle, Factor).Scan(&wrong); err != nil {
		return "", err
	}
	if wrong >= wrongFactors {
		return "", ErrSpent
	}
	factor, err := d.accounts.UseFactor(ctx, tx, c, p.actor)
	if err != nil {
		return "", err
	}
	proof := p.proof(Factor, stageCheck)
	proof.Result, proof.Source = NoMatch, "Akun"
	if factor != accounts.NoFactor {
		proof.Result, proof.How = Match, How(factor)
		p.Factor, p.rank = factor, min(p.rank, rankProven)
		if p.factorDevice, err = d.usedDevice(ctx, tx, p.Person, factor); err != nil {
			return "", err
		}
	}
	p.note = proof.Result.Label()
	return factor, insert(ctx, tx, p, proof)
}

// usedDevice is the device whose code was spent just now: it is not the lost
// one, so signing in with it is no contradiction (impostor 11).
func (d *Desk) usedDevice(ctx context.Context, tx *db.Tx, person string, f accounts.Factor) (string, error) {
	if f != accounts.OTPFactor {
		return "", nil
	}
	devices, err := d.accounts.Devices(ctx, tx, person)
	i := slices.IndexFunc(devices, func(d accounts.Device) bool { return d.UsedAt == tx.Now })
	if err != nil || i < 0 {
		return "", err
	}
	return devices[i].ID, nil
}
