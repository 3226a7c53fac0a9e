package guide

import (
	"context"
	"errors"

	"pulih/db"
	"pulih/secret"
)

// Learned is what a walk hands over to a request: what the person saw, what
// he tried, and what was measured. It says nothing of who he is.
type Learned struct {
	Symptom string
	Brand   string
	Helper  bool
	Steps   []StepOutcome
	Clock   *Verdict
	ClockAt db.Time
}

// Learned is what a request of this walk would carry, for showing it first.
func (w Walk) Learned() Learned {
	return Learned{w.Symptom, w.Brand, w.Helper, w.Steps, w.Clock, w.ClockAt}
}

// Empty tells that there is nothing to hand over.
func (l Learned) Empty() bool { return len(l.Steps) == 0 && l.Clock == nil }

// Carry ends the walk of a browser with the request that is filed in tx,
// and returns what it learned. A walk is handed over once; without one there
// is nothing, which is no error.
func Carry(ctx context.Context, tx *db.Tx, token secret.Token) (Learned, error) {
	if token == "" {
		return Learned{}, nil
	}
	w, err := scanWalk(tx.Row(ctx, updateFiled, token.Hash(), tx.Now, tx.Now.Add(-WalkLife)))
	if errors.Is(err, db.ErrNotFound) {
		return Learned{}, nil
	}
	if err == nil {
		err = w.readRest(ctx, tx)
	}
	return w.Learned(), err
}
