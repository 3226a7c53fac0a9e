package guide

import (
	"cmp"
	"context"
	"fmt"
	"slices"
	"time"

	"pulih/db"
)

// SelfService is what walks begun in a period came to. Pending are those with
// intent whose 72 hours are not over. Causes are those of decided walks about
// codes.
type SelfService struct {
	Walks   Tally
	Pending int
	Causes  map[OTPCause]int
}

// SelfService counts the walks begun from from until before until: midnights
// of the installation's zone. Walks are about nobody, so they are nobody's
// agency's either.
func (g *Guide) SelfService(ctx context.Context, from, until db.Time) (SelfService, error) {
	s := SelfService{Walks: Tally{}, Causes: map[OTPCause]int{}}
	err := g.db.Read(ctx, func(tx *db.Tx) error {
		days, err := db.All(ctx, tx, scanWalkSum, selectWalkDays, from, until)
		if err != nil {
			return err
		}
		for _, d := range days {
			s.Walks[d.ending] += d.n
			if d.ending != NoIntent && d.cause != NotOTP {
				s.Causes[d.cause] += d.n
			}
		}
		return tx.Row(ctx, countPending, from, until).Scan(&s.Pending)
	})
	if err != nil {
		return SelfService{}, fmt.Errorf("guide: self-service: %w", err)
	}
	return s, nil
}

type walkSum struct {
	ending Ending
	cause  OTPCause
	n      int
}

func scanWalkSum(row db.Scanner) (s walkSum, err error) {
	err = row.Scan(&s.ending, &s.cause, &s.n)
	return s, err
}

// DriftBand is a piece of the distribution of drifts: those whose size is at
// least From and less than the next one's, of slow clocks (below zero) or fast
// ones.
type DriftBand struct {
	Slow bool
	From time.Duration // 0 stands for both sides
	N    int
}

// driftEdges are where the bands begin: a step of the code, then what refuses
// most codes, then what is no small slip any more.
var driftEdges = []time.Duration{0, 30 * time.Second, 90 * time.Second, 300 * time.Second}

// Drifts is the distribution of measured drifts, the slowest band first.
// Median is that of their sizes, within 5 %.
type Drifts struct {
	N      int
	Median time.Duration
	Bands  []DriftBand
}

// Drift counts the measurements from from until before until: midnights of
// the installation's zone.
func (g *Guide) Drift(ctx context.Context, from, until db.Time) (d Drifts, err error) {
	var all []db.Counted
	err = g.db.Read(ctx, func(tx *db.Tx) (err error) {
		all, err = db.All(ctx, tx, db.ScanCounted, selectClockDays, from, until)
		return err
	})
	if err != nil {
		return Drifts{}, fmt.Errorf("guide: drift: %w", err)
	}
	return spreadDrifts(all), nil
}

func spreadDrifts(all []db.Counted) Drifts {
	var d Drifts
	for i := len(driftEdges) - 1; i > 0; i-- {
		d.Bands = append(d.Bands, DriftBand{Slow: true, From: driftEdges[i]})
	}
	for _, edge := range driftEdges {
		d.Bands = append(d.Bands, DriftBand{From: edge})
	}
	for i, c := range all {
		d.Bands[driftBand(c.Size)].N += int(c.N)
		all[i].Size = max(c.Size, -c.Size)
	}
	slices.SortFunc(all, func(a, b db.Counted) int { return cmp.Compare(a.Size, b.Size) })
	n, median, _ := db.Spread(all)
	d.N, d.Median = int(n), time.Duration(median)*time.Second
	return d
}

// driftBand is the place of a drift in seconds among the bands.
func driftBand(seconds int64) int {
	middle, steps := len(driftEdges)-1, 0
	for _, edge := range driftEdges[1:] {
		if time.Duration(max(seconds, -seconds))*time.Second >= edge {
			steps++
		}
	}
	if seconds < 0 {
		return middle - steps
	}
	return middle + steps
}
