package guide

import (
	"context"
	"errors"
	"time"

	"pulih/audit"
	"pulih/db"
	"pulih/otp"
	"pulih/secret"
)

// Submission is a code of the practice entry, already cleaned by otp.Clean.
type Submission struct {
	Code     string
	Pressed  bool          // the person pressed a button as the code changed,
	Age      time.Duration // so long before submitting
	System   *otp.Drift    // the phone's own clock, when the same phone's browser told it
	Computer bool          // the browser is not on the phone
}

// Result says how a submission went.
type Result string

// The results of a submission.
const (
	Judged  Result = "judged"  // there is a verdict
	Next    Result = "next"    // recognised; one more code decides
	Same    Result = "same"    // the code of before: wait for the next
	Unknown Result = "unknown" // no code of this entry, as far as was searched
	Busy    Result = "busy"    // somebody else's widest search is running: the next code may find room
	Spent   Result = "spent"   // no codes left
)

// Tried is the answer to a submission.
type Tried struct {
	Result  Result
	Left    int     // codes that may still be typed
	Verdict Verdict // with Judged
}

// TryCode takes one code of the practice entry. The code itself is never stored, only the offsets it may stand for. Two
// submissions at the same time: the second one gets db.ErrConflict.
func (g *Guide) TryCode(ctx context.Context, token secret.Token, s Submission, actor audit.Actor) (Tried, error) {
	p, at, err := g.countTry(ctx, token)
	if err != nil || p.Left < 0 {
		return Tried{Result: Spent}, err
	}
	offsets, busy, err := g.search(ctx, p, s.Code, at)
	if err != nil {
		return Tried{}, err
	}
	tried, keep := Tried{Result: Busy, Left: p.Left}, p.kept()
	if !busy {
		tried, keep = weigh(p, offsets, at, s)
	}
	return tried, g.db.Write(ctx, func(tx *db.Tx) error { return note(ctx, tx, p, keep, tried, actor) })
}

// countTry counts before anything is compared (RC-06), in a transaction of its own: the search must not hold it open.
// It also stamps the arrival. Left is below zero when there was no try left to count.
func (g *Guide) countTry(ctx context.Context, token secret.Token) (p Practice, at time.Time, err error) {
	err = g.db.Write(ctx, func(tx *db.Tx) error {
		at = tx.Now.Time()
		if p, err = g.practice(ctx, tx, token); err != nil {
			return err
		}
		err := tx.Row(ctx, updateTries, p.ID, practiceTries).Scan(&p.tries)
		if errors.Is(err, db.ErrNotFound) {
			p.tries, err = practiceTries+1, nil
		}
		p.Left = practiceTries - p.tries
		return err
	})
	return p, at, err
}

// window is how far the next code is searched: wider each time a pair of codes failed (clock.md §4.3).
func (p Practice) window() int {
	switch {
	case p.misses < 2:
		return otp.Window
	case p.misses < 4:
		return otp.WindowWeek
	}
	return otp.WindowYear
}

// search waits for its turn; the widest one does not: a queue of them would be a cheap way to keep everybody waiting.
func (g *Guide) search(ctx context.Context, p Practice, code string, at time.Time) (offsets []int, busy bool, err error) {
	if p.Far {
		select {
		case g.far <- struct{}{}:
			defer func() { <-g.far }()
		default:
			return nil, true, nil
		}
	}
	select {
	case g.searching <- struct{}{}:
		defer func() { <-g.searching }()
		return otp.Search(p.Secret, code, at, p.window()), false, nil
	case <-ctx.Done():
		return nil, false, ctx.Err()
	}
}

func note(ctx context.Context, tx *db.Tx, p Practice, keep kept, t Tried, actor audit.Actor) error {
	err := tx.One(ctx, updateCode, p.ID, p.tries, keep.at, formatOffsets(keep.offsets),
		keep.drift.Low.Microseconds(), keep.drift.High.Microseconds(), keep.misses)
	if err != nil {
		return err
	}
	if t.Result == Judged {
		if err := record(ctx, tx, t.Verdict, owner{p.walk, p.ID}); err != nil {
			return err
		}
	}
	return audit.Append(ctx, tx, audit.Event{
		Actor: actor, Action: audit.ClockTried, Result: string(t.Result),
		Detail: map[string]string{"light": string(t.Verdict.Light), "cause": string(t.Verdict.Cause)},
	})
}
