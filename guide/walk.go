package guide

import (
	"context"
	"errors"
	"time"

	"pulih/audit"
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

// Answer notes what became of a step, and returns the token of the walk: a
// new one where the browser had none. The log learns that somebody answered,
// not who and not in which walk.
func (g *Guide) Answer(ctx context.Context, token secret.Token, a Answer) (secret.Token, error) {
	event := audit.Event{Action: audit.WalkAnswered, Result: string(a.Outcome),
		Detail: map[string]string{"symptom": a.Symptom, "step": a.Step}}
	return g.onWalk(ctx, token, event, func(tx *db.Tx, id string) error {
		if _, err := tx.Exec(ctx, upsertOutcome, id, a.Symptom, a.Step, a.Outcome, tx.Now); err != nil {
			return err
		}
		if _, err := tx.Exec(ctx, updateBrand, id, a.Brand); err != nil {
			return err
		}
		if !a.Solved { // the newest word counts
			_, err := tx.Exec(ctx, updateUnsolved, id)
			return err
		}
		_, err := tx.Exec(ctx, updateSolved, id, tx.Now, ByStep)
		return err
	})
}

// CheckClockFrom remembers the step that sends somebody to the clock check,
// so that the verdict leads back to it.
func (g *Guide) CheckClockFrom(ctx context.Context, token secret.Token, at Place) (secret.Token, error) {
	event := audit.Event{Action: audit.WalkClock, Detail: map[string]string{"symptom": at.Symptom, "step": at.Step}}
	return g.onWalk(ctx, token, event, func(tx *db.Tx, id string) error {
		_, err := tx.Exec(ctx, updateClockFrom, id, at.Symptom+"/"+at.Step)
		return err
	})
}

// Help turns the words for a helper on or off.
func (g *Guide) Help(ctx context.Context, token secret.Token, on bool) (secret.Token, error) {
	return g.onWalk(ctx, token, audit.Event{Action: audit.WalkHelper}, func(tx *db.Tx, id string) error {
		_, err := tx.Exec(ctx, updateHelper, id, on)
		return err
	})
}

// Means is what solved a walk.
type Means string

// The means, as the rows hold them.
const (
	ByStep   Means = "langkah" // the person says so at a step
	ByReset  Means = "reset"   // a password set by mail, or the first one
	ByEnrol  Means = "daftar"  // a new authenticator, enrolled alone
	ByUnlock Means = "buka"    // a pause ended by mail
)

// Solve marks the walk of a browser in which a recovery has just come to its
// end. A browser without a walk changes nothing.
func (g *Guide) Solve(ctx context.Context, token secret.Token, by Means) error {
	if token == "" {
		return nil
	}
	return g.db.Write(ctx, func(tx *db.Tx) error {
		id, err := walkID(ctx, tx, token)
		if errors.Is(err, db.ErrNotFound) {
			return nil
		}
		if err != nil {
			return err
		}
		if n, err := tx.Exec(ctx, updateSolved, id, tx.Now, by); err != nil || n == 0 {
			return err
		}
		return audit.Append(ctx, tx, audit.Event{Actor: nobody, Action: audit.WalkAnswered, Result: string(by)})
	})
}

// nobody is the actor of a walk: the log must not tie it to a network.
var nobody = audit.Actor{Kind: audit.Anonymous}

// onWalk changes the walk of a browser, which it begins where there is none.
func (g *Guide) onWalk(ctx context.Context, token secret.Token, e audit.Event, change func(*db.Tx, string) error) (secret.Token, error) {
	fresh, used := secret.NewToken(), token
	err := g.db.Write(ctx, func(tx *db.Tx) error {
		id, err := walkID(ctx, tx, token)
		if used = token; errors.Is(err, db.ErrNotFound) {
			id, used = db.NewID(), fresh
			_, err = tx.Exec(ctx, insertWalk, id, fresh.Hash(), tx.Now)
		}
		if err != nil {
			return err
		}
		if err := change(tx, id); err != nil {
			return err
		}
		if _, err := tx.Exec(ctx, updateLast, id, tx.Now); err != nil {
			return err
		}
		e.Actor = nobody
		return audit.Append(ctx, tx, e)
	})
	return used, err
}

func walkID(ctx context.Context, tx *db.Tx, token secret.Token) (id string, err error) {
	err = tx.Row(ctx, selectWalkID, token.Hash(), tx.Now.Add(-WalkLife)).Scan(&id)
	return id, err
}
