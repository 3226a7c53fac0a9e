package tickets

import (
	"context"
	"slices"

	"pulih/audit"
	"pulih/db"
	"pulih/secret"
)

// Elements are the nine of PermenPANRB 14/2017, in its order and its words.
var Elements = [9]string{
	"Persyaratan", "Sistem, mekanisme, dan prosedur", "Waktu penyelesaian", "Biaya atau tarif", "Produk layanan",
	"Kompetensi pelaksana", "Perilaku pelaksana", "Penanganan pengaduan", "Sarana dan prasarana",
}

// Survey is what a person says of each of Elements: 1 to 4, 0 where he said
// nothing.
type Survey [len(Elements)]int

// Complete tells whether it enters the index.
func (s Survey) Complete() bool { return !slices.Contains(s[:], 0) }

func (s Survey) valid() bool {
	return s != Survey{} && slices.Min(s[:]) >= 0 && slices.Max(s[:]) <= best
}

// Survey records a survey, once for each cycle and after its rating. ErrState
// before that and a month after the end, ErrSurveyed, ErrMissing for an empty one.
func (d *Desk) Survey(ctx context.Context, number string, s secret.Code, answers Survey, actor audit.Actor) error {
	if !answers.valid() {
		return ErrMissing
	}
	return d.write(ctx, func(tx *db.Tx) error {
		t, err := d.byReceipt(ctx, tx, number, s)
		if err != nil {
			return err
		}
		var now Status
		if err := now.opinion(ctx, tx, &t); err != nil {
			return err
		}
		if !t.rateable(tx.Now) || now.CanRate {
			return ErrState
		}
		n, err := tx.Exec(ctx, insertSurvey, answers.values(t.ID, tx.Now)...)
		if err == nil && n == 0 {
			return ErrSurveyed
		}
		return opined(ctx, tx, t, audit.Surveyed, actor, err)
	})
}

func (s Survey) values(ticket string, now db.Time) []any {
	values := []any{ticket, now, s.Complete()}
	for _, answer := range s {
		values = append(values, answer)
	}
	return values
}
