package accounts

import (
	"context"
	"errors"
	"time"

	"pulih/audit"
	"pulih/db"
	"pulih/secret"
)

// ResetAsk asks for a code. Email is what was typed; nothing is ever sent to
// it (RC-10). Later is how much later the code comes, where no test was passed
// at the gate.
type ResetAsk struct {
	Flow    Flow
	Email   secret.Email
	Later   time.Duration
	Network string
}

// ResetAsked answers equally for everybody. TooEarly: NextAt is not reached
// yet. Spent: the flow has had its sends. In both cases nothing was asked for.
type ResetAsked struct {
	TooEarly bool
	Spent    bool
	NextAt   db.Time
}

// resendAfter are the growing pauses between two codes of a flow (RL-03).
var resendAfter = []time.Duration{time.Minute, 2 * time.Minute, 5 * time.Minute, 15 * time.Minute}

// AskResetCode notes that a code is wanted, and no more: whether there is
// anybody to send one to is found out later by SendCodes, so that the answer,
// its statements and its time are the same for every NIP and address (EN-01,
// EN-03). It serves the first code and each further one. ErrStep.
func (a *Accounts) AskResetCode(ctx context.Context, ask ResetAsk, actor audit.Actor) (ResetAsked, error) {
	var asked ResetAsked
	err := a.db.Write(ctx, func(tx *db.Tx) error {
		r, err := a.reset(ctx, tx, ask.Flow, ResetStarted, ResetSent)
		if err != nil {
			return err
		}
		if r.NoMoreCodes() || r.NextAt > tx.Now {
			asked = ResetAsked{Spent: r.NoMoreCodes(), TooEarly: r.NextAt > tx.Now, NextAt: r.NextAt}
			return nil
		}
		asked, err = a.askCode(ctx, tx, r, ask, actor)
		return err
	})
	return asked, a.stepped(ctx, "email", actor, err)
}

func (a *Accounts) askCode(ctx context.Context, tx *db.Tx, r Reset, ask ResetAsk, actor audit.Actor) (ResetAsked, error) {
	next := tx.Now.Add(resendAfter[min(int(r.Sends), len(resendAfter)-1)])
	sealed := a.keys.Seal(typedEmailPlace(r.ID), []byte(ask.Email))
	err := tx.One(ctx, sendReset, r.ID, sealed, next, r.Sends, tx.Now.Add(resetLife))
	if errors.Is(err, db.ErrConflict) { // the same button, pressed twice
		return ResetAsked{TooEarly: true, NextAt: next}, nil
	}
	if err != nil {
		return ResetAsked{}, err
	}
	if _, err := tx.Exec(ctx, insertResetCode, db.NewID(), r.ID, []byte{}, ask.Network, tx.Now.Add(ask.Later)); err != nil {
		return ResetAsked{}, err
	}
	tx.Changed("reset_codes")
	return ResetAsked{NextAt: next}, audit.Append(ctx, tx, audit.Event{Actor: actor, Action: audit.ResetAsked, Object: r.ID,
		Result: string(ResetSent), Detail: r.Purpose.detail()})
}
