package guide

import (
	"context"
	"errors"
	"time"

	"pulih/db"
	"pulih/secret"
)

// WalkLife is how long a walk goes on after its last step, and its cookie: a
// request within 72 hours belongs to it (helpdesk.md §6.3).
const WalkLife = 72 * time.Hour

// walkKept is how long the rows of a walk stay.
const walkKept = 180 * day

// Outcome is what a person says became of a step.
type Outcome string

// The outcomes, as the buttons post them.
const (
	Worked Outcome = "berhasil"
	Failed Outcome = "belum"
	Cannot Outcome = "tidak-bisa"
	Handed Outcome = "petugas" // he asks for an agent instead
)

// Known tells whether o is one of the outcomes.
func (o Outcome) Known() bool { return o == Worked || o == Failed || o == Cannot || o == Handed }

// Answer is what became of a step. Brand is the make of phone that the step
// was shown for, "" where none; Solved says that the way ends well there.
type Answer struct {
	Place
	Outcome Outcome
	Brand   string
	Solved  bool
}

// StepOutcome is an answer as it is kept.
type StepOutcome struct {
	Place
	Outcome Outcome
	At      db.Time
}

// Walk is one browser's way through the troubleshooter, without a name and
// without a network. Its zero value is a way not yet begun.
type Walk struct {
	Brand     string // key of the make of phone, "" unknown
	Helper    bool   // somebody helps him
	ClockFrom Place  // the step that sent him to the clock check
	Steps     []StepOutcome
	Clocks    []Measured // the newest of each method, newest first
	LastAt    db.Time
	SolvedAt  db.Time // 0 unless the last word was that it is solved

	id string
}

// Measured is a verdict and when it was measured.
type Measured struct {
	Verdict
	At db.Time
}

// Clock is what was measured last; nil when nothing was.
func (w Walk) Clock() *Measured {
	if len(w.Clocks) == 0 {
		return nil
	}
	return &w.Clocks[0]
}

// Walk reads the way of the browser that holds token; an unknown or finished
// one is the zero Walk.
func (g *Guide) Walk(ctx context.Context, token secret.Token) (w Walk, err error) {
	if token == "" {
		return w, nil
	}
	err = g.db.Read(ctx, func(tx *db.Tx) error {
		w, err = scanWalk(tx.Row(ctx, selectWalk, token.Hash(), tx.Now.Add(-WalkLife)))
		if err != nil {
			return err
		}
		return w.readRest(ctx, tx)
	})
	if errors.Is(err, db.ErrNotFound) {
		return Walk{}, nil
	}
	return w, err
}

func (w *Walk) readRest(ctx context.Context, tx *db.Tx) (err error) {
	if w.Steps, err = db.All(ctx, tx, scanStep, selectSteps, w.id); err != nil {
		return err
	}
	w.Clocks, err = db.All(ctx, tx, scanMeasured, selectWalkClocks, w.id)
	return err
}
