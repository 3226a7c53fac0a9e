package guide

import (
	"context"
	"errors"

	"pulih/audit"
	"pulih/db"
	"pulih/secret"
)

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
	ByReset  Means = "reset"   // a password set by mail
	ByEnrol  Means = "daftar"  // a new authenticator, enrolled alone
	ByUnlock Means = "buka"    // a pause ended by mail
)

// Solve marks the walk of a browser in which a recovery has just come to its
// end, and lets it go on for 72 hours: a request within them belongs to it. A
// browser without a walk changes nothing.
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
		if _, err := tx.Exec(ctx, updateLast, id, tx.Now); err != nil {
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
