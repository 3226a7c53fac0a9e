package guide

import (
	"cmp"
	"context"
	"maps"
	"slices"

	"pulih/db"
)

// countBatch bounds how long one transaction keeps other writers waiting.
const countBatch = 200

// CountEnded counts each walk and measurement that no longer changes, once: the
// mark and the count are one transaction, so that a second process or a
// restart counts nothing twice. The app runs it each minute.
func (g *Guide) CountEnded(ctx context.Context) error {
	for _, count := range []func(context.Context, *db.Tx) (int, error){g.countWalks, g.countClocks} {
		for n := countBatch; n == countBatch; {
			err := g.db.Write(ctx, func(tx *db.Tx) (err error) {
				n, err = count(ctx, tx)
				return err
			})
			if err != nil {
				return err
			}
		}
	}
	return nil
}

// ended is a walk whose 72 hours are over.
type ended struct {
	Walked
	id       string
	begunAt  db.Time
	clockOff bool
}

// walkDay is what a walk is counted under.
type walkDay struct {
	day    db.Time
	ending Ending
	cause  OTPCause
}

func (g *Guide) countWalks(ctx context.Context, tx *db.Tx) (int, error) {
	walks, err := db.All(ctx, tx, scanEnded, selectEnded, tx.Now.Add(-WalkLife), countBatch)
	if err != nil {
		return 0, err
	}
	return len(walks), g.addWalks(ctx, tx, walks)
}

// addWalks counts those that no other process has counted meanwhile.
func (g *Guide) addWalks(ctx context.Context, tx *db.Tx, walks []ended) error {
	counts := map[walkDay]int{}
	for _, w := range walks {
		n, err := tx.Exec(ctx, markWalk, w.id)
		if err != nil {
			return err
		}
		symptoms, err := db.All(ctx, tx, scanText, selectMet, w.id)
		if err != nil {
			return err
		}
		counts[walkDay{w.begunAt.Midnight(g.zone), w.Ending(), otpCause(symptoms, w.clockOff)}] += int(n)
	}
	return addWalkDays(ctx, tx, counts)
}

// addWalkDays goes through the days in one order, so that two processes never
// wait for each other.
func addWalkDays(ctx context.Context, tx *db.Tx, counts map[walkDay]int) error {
	days := slices.SortedFunc(maps.Keys(counts), func(a, b walkDay) int {
		return cmp.Or(cmp.Compare(a.day, b.day), cmp.Compare(a.ending, b.ending), cmp.Compare(a.cause, b.cause))
	})
	for _, d := range days {
		if _, err := tx.Exec(ctx, addWalkDay, d.day, d.ending, d.cause, counts[d]); err != nil {
			return err
		}
	}
	return nil
}

// measure is a row of clock_checks.
type measure struct {
	id    string
	at    db.Time
	drift int64 // milliseconds
	first bool
}

// clockDay is what a measurement is counted under.
type clockDay struct {
	day   db.Time
	drift int64 // seconds, coarse
}

func (g *Guide) countClocks(ctx context.Context, tx *db.Tx) (int, error) {
	all, err := db.All(ctx, tx, scanMeasure, selectUncountedChecks, countBatch)
	if err != nil {
		return 0, err
	}
	return len(all), g.addChecks(ctx, tx, all)
}

// addChecks counts those that no other process has counted meanwhile.
func (g *Guide) addChecks(ctx context.Context, tx *db.Tx, all []measure) error {
	counts := map[clockDay]int{}
	for _, m := range all {
		n, err := tx.Exec(ctx, markCheck, m.id)
		if err != nil {
			return err
		}
		if m.first {
			counts[clockDay{m.at.Midnight(g.zone), db.Coarse(m.drift / 1000)}] += int(n)
		}
	}
	return addClockDays(ctx, tx, counts)
}

func addClockDays(ctx context.Context, tx *db.Tx, counts map[clockDay]int) error {
	days := slices.SortedFunc(maps.Keys(counts), func(a, b clockDay) int {
		return cmp.Or(cmp.Compare(a.day, b.day), cmp.Compare(a.drift, b.drift))
	})
	for _, d := range days {
		if _, err := tx.Exec(ctx, addClockDay, d.day, d.drift, counts[d]); err != nil {
			return err
		}
	}
	return nil
}
