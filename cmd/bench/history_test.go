package main

import (
	"context"
	"fmt"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"pulih/accounts"
	"pulih/db"
	"pulih/tickets"
)

// The made-up three years are ones that could have been: every ticket arrives
// once, the parts add up to the whole, and folding again gives the same.
func TestTheMadeUpYearsAddUp(t *testing.T) {
	const count = 2000
	path := filepath.Join(t.TempDir(), "bench.db")
	if err := threeYears(t.Context(), path, count); err != nil {
		t.Fatal(err)
	}
	d, err := db.Open(t.Context(), path, time.Now)
	if err != nil {
		t.Fatal(err)
	}
	defer d.Close() //nolint:errcheck // a temporary file
	by := tickets.By{Staff: accounts.Staff{ID: agentID, Agency: agency, Roles: []accounts.Role{accounts.Supervisor}}}
	p := tickets.Period{From: db.At(time.Now().AddDate(-1, 0, 0)), Until: db.At(time.Now().Add(time.Minute))}
	r, err := deskOn(d).Report(t.Context(), by, p, tickets.ReportFilter{}, nil)
	if err != nil || r.Sums[tickets.Arrived].N != count {
		t.Fatal(err, r.Sums[tickets.Arrived].N)
	}
	for _, f := range []tickets.Figure{tickets.Resolved, tickets.Declined, tickets.Dropped, tickets.Reopenings, tickets.Approval, tickets.Reissue, tickets.Response, tickets.Backlog} {
		if r.Sums[f].N == 0 {
			t.Error(f, "is never counted")
		}
	}
	for f, s := range r.Sums {
		for dimension, groups := range s.Groups {
			n := 0
			for _, g := range groups {
				n += g.N
			}
			if n != s.N {
				t.Errorf("%s by %s: %d of %d", f, dimension, n, s.N)
			}
		}
	}
	folded := packsOf(t, d)
	if _, err := forgetMeasures(t.Context(), d); err != nil {
		t.Fatal(err)
	}
	if err := fold(t.Context(), d); err != nil || packsOf(t, d) != folded {
		t.Error("folded again, the measures are others", err)
	}
}

func forgetMeasures(ctx context.Context, d *db.DB) (n int64, err error) {
	err = d.Write(ctx, func(tx *db.Tx) error {
		n, err = tx.Exec(ctx, `DELETE FROM measures`)
		return err
	})
	return n, err
}

func packsOf(t *testing.T, d *db.DB) string {
	t.Helper()
	var all []string
	err := d.Read(t.Context(), func(tx *db.Tx) (err error) {
		all, err = db.All(t.Context(), tx, func(row db.Scanner) (string, error) {
			var slot int64
			var pack []byte
			err := row.Scan(&slot, &pack)
			return fmt.Sprintf("%d %x", slot, pack), err
		}, `SELECT slot, pack FROM measures ORDER BY slot`)
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return strings.Join(all, "\n")
}
