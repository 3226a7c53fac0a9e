package guide

import (
	"context"
	"fmt"
	"testing"
	"time"

	"pulih/db"
	"pulih/db/dbtest"
)

// BenchmarkAYearSolvedAlone reads a year with a million walks: the counts of
// its days, and the walks of its last three days, which are not counted yet.
func BenchmarkAYearSolvedAlone(b *testing.B) {
	for name, open := range map[string]func(testing.TB) (*db.DB, *dbtest.Clock){"sqlite": dbtest.New, "postgres": dbtest.NewPostgres} {
		b.Run(name, func(b *testing.B) {
			d, _ := open(b)
			g := New(Config{DB: d, Zone: db.WITA})
			from := aYear(b, d)
			for b.Loop() {
				s, err := g.SelfService(b.Context(), from, d.Now()+1)
				if err != nil || s.Walks.Decided() < 999_000 || s.Pending != 8000 {
					b.Fatal(s, err)
				}
			}
		})
	}
}

func aYear(b *testing.B, d *db.DB) (from db.Time) {
	b.Helper()
	endings := []Ending{Filed, Deflected, Contained}
	from = d.Now().Midnight(db.WITA).Add(-365 * day)
	err := d.Write(b.Context(), func(tx *db.Tx) error {
		each := 1_000_000 / (365 * len(endings) * (len(OTPCauses) + 1))
		for n := range 365 * len(endings) * (len(OTPCauses) + 1) {
			cause := append([]OTPCause{NotOTP}, OTPCauses...)[n/365/len(endings)]
			if _, err := tx.Exec(b.Context(), addWalkDay, from.Add(time.Duration(n%365)*day), endings[n/365%len(endings)], cause, each+1); err != nil {
				return err
			}
		}
		if err := pendingWalks(b.Context(), tx); err != nil {
			return err
		}
		_, err := tx.Exec(b.Context(), "ANALYZE")
		return err
	})
	if err != nil {
		b.Fatal(err)
	}
	return from
}

func pendingWalks(ctx context.Context, tx *db.Tx) error {
	for n := range 8000 {
		id := db.NewID()
		if _, err := tx.Exec(ctx, insertWalk, id, fmt.Appendf(nil, "%d", n), tx.Now); err != nil {
			return err
		}
		if _, err := tx.Exec(ctx, upsertOutcome, id, "otp-kosong", "isi-kode", Failed, tx.Now); err != nil {
			return err
		}
	}
	return nil
}
