package tickets

import (
	"context"
	"fmt"

	"pulih/audit"
	"pulih/db"
)

// openFraud opens a case for staff, one for each person and week (impostor 23).
func (d *Desk) openFraud(ctx context.Context, tx *db.Tx, about *record, problem string, actor audit.Actor) error {
	year, week := tx.Now.Time().In(d.zone.Location).ISOWeek()
	n, err := tx.Exec(ctx, countOnce, countFraud, about.Person, fmt.Sprintf("%d-W%02d", year, week))
	if err != nil || n == 0 {
		return err
	}
	r, err := d.fraudCase(ctx, tx, about, problem)
	if err != nil {
		return err
	}
	p, err := d.gate(ctx, tx, &r, personStep(VerbOpen, actor))
	if err != nil {
		return err
	}
	return d.move(ctx, tx, p)
}

func (d *Desk) fraudCase(ctx context.Context, tx *db.Tx, about *record, problem string) (record, error) {
	subject, err := d.accounts.Person(ctx, tx, about.Person)
	if err != nil {
		return record{}, err
	}
	r := d.file(Filing{NIP: subject.NIP, Name: about.ClaimedName, Unit: about.ClaimedUnit, Problem: problem, Kind: Fraud, Channel: Remote}, subject, tx.Now)
	if r.Name == "" {
		r.Name, r.ClaimedName = "(laporan pemilik akun)", "(laporan pemilik akun)"
	}
	r.secretHash = []byte(r.ID) // nobody holds a receipt
	return r, nil
}

// keyless tells whether nobody holds a receipt: of what Pulih opened itself,
// and of what an agent wrote down at the counter.
func (r *record) keyless() bool { return r.FiledBy != "" || string(r.secretHash) == r.ID }
