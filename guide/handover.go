package guide

import (
	"context"
	"errors"
	"slices"
	"strconv"
	"time"

	"pulih/db"
	"pulih/secret"
)

// Learned is what a walk hands over to a request: what the person saw, what
// he tried, and what was measured. It says nothing of who he is.
type Learned struct {
	Symptoms []string // in the order he met them
	Brand    string
	Helper   bool
	Steps    []StepOutcome
	Clocks   []Measured // the newest of each method, newest first
}

// Learned is what a request of this walk would carry, for showing it first. A
// walk that ended well is another story than the request.
func (w Walk) Learned() (l Learned) {
	if w.SolvedAt > 0 {
		return l
	}
	l = Learned{nil, w.Brand, w.Helper, w.Steps, w.Clocks}
	for _, s := range w.Steps {
		l.Met(s.Symptom)
	}
	return l
}

// Met notes a symptom, the last one included that led to the request.
func (l *Learned) Met(symptom string) {
	if symptom != "" && !slices.Contains(l.Symptoms, symptom) {
		l.Symptoms = append(l.Symptoms, symptom)
	}
}

// Empty tells that there is nothing to hand over.
func (l Learned) Empty() bool { return len(l.Symptoms) == 0 && len(l.Clocks) == 0 }

// walkFresh is how long the next person at a shared computer might still be
// the one who walked (impostor 25).
const walkFresh = 30 * time.Minute

// Fresh tells whether the walk may be taken for that of whoever sits there
// now. One that is not is handed over only if he says that it is his.
func (w Walk) Fresh(now db.Time) bool { return now.Sub(w.seen()) <= walkFresh }

// Mark changes whenever what the walk hands over does: nothing is sent that
// was not shown.
func (w Walk) Mark() string { return strconv.FormatInt(int64(w.seen()), 36) }

func (w Walk) seen() db.Time {
	if m := w.Clock(); m != nil {
		return max(w.LastAt, m.At)
	}
	return w.LastAt
}

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
