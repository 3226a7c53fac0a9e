package guide

import (
	"context"

	"pulih/db"
)

// Walked is what a walk counts by.
type Walked struct {
	LastAt, SolvedAt, FiledAt db.Time
	Steps                     int // answered
}

// Ending is how a walk counts (helpdesk.md §6.3).
type Ending string

// The endings. Deflected and Contained are never added up.
const (
	NoIntent  Ending = "no intent" // never got past the first step
	Filed     Ending = "filed"     // a request within 72 hours
	Pending   Ending = "pending"   // the 72 hours are not over
	Deflected Ending = "deflected" // solved, and no request within 72 hours
	Contained Ending = "contained" // outcome unknown, and no request
)

// DeflectionDefinition stands beside the figures on a page.
const DeflectionDefinition = "Selesai sendiri: penelusuran yang berakhir berhasil, atau kata sandi baru tersimpan, " +
	"dan tidak ada permohonan dari penelusuran yang sama dalam 72 jam. " +
	"Pembagi: semua penelusuran yang melewati langkah pertama dan 72 jamnya sudah lewat. " +
	"Tanpa permohonan tetapi tanpa hasil yang diketahui dihitung terpisah."

// Ending judges a walk at a moment. The 72 hours run from the solution, or
// from the last answer where there is none.
func (w Walked) Ending(asOf db.Time) Ending {
	from := w.LastAt
	if w.SolvedAt > 0 {
		from = w.SolvedAt
	}
	switch {
	case w.Steps == 0 && w.SolvedAt == 0:
		return NoIntent
	case w.FiledAt > 0 && w.FiledAt <= from.Add(WalkLife):
		return Filed
	case asOf < from.Add(WalkLife):
		return Pending
	case w.SolvedAt > 0:
		return Deflected
	}
	return Contained
}

// Tally counts walks by their ending.
type Tally map[Ending]int

// Count counts walks at a moment.
func Count(walks []Walked, asOf db.Time) Tally {
	t := Tally{}
	for _, w := range walks {
		t[w.Ending(asOf)]++
	}
	return t
}

// Decided is what the rate is a part of: walks with intent whose ending is
// known.
func (t Tally) Decided() int { return t[Filed] + t[Deflected] + t[Contained] }

// Deflection counts the walks begun from from until before until.
func (g *Guide) Deflection(ctx context.Context, from, until db.Time) (t Tally, err error) {
	err = g.db.Read(ctx, func(tx *db.Tx) error {
		walks, err := db.All(ctx, tx, scanWalked, selectWalked, from, until)
		t = Count(walks, tx.Now)
		return err
	})
	return t, err
}

func scanWalked(row db.Scanner) (w Walked, err error) {
	err = row.Scan(&w.LastAt, &w.SolvedAt, &w.FiledAt, &w.Steps)
	return w, err
}

// Prune deletes walks and measurements that are older than 180 days, and
// practices that are over.
func (g *Guide) Prune(ctx context.Context) error {
	return g.db.Write(ctx, func(tx *db.Tx) error {
		for _, statement := range []string{deleteOldWalks, deleteOldChecks} {
			if _, err := tx.Exec(ctx, statement, tx.Now.Add(-walkKept)); err != nil {
				return err
			}
		}
		_, err := tx.Exec(ctx, deleteOldPractices, tx.Now)
		return err
	})
}
