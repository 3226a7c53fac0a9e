package accounts

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"time"

	"pulih/audit"
	"pulih/db"
	"pulih/secret"
)

// ErrStep says that a step of the reset was taken out of order, or by a
// browser whose flow is gone (RC-09, CVE-2026-18963).
var ErrStep = errors.New("accounts: reset: step out of order")

// ResetState is how far a reset has come. Only the server knows.
type ResetState string

// The states, in order.
const (
	ResetStarted  ResetState = "started" // a NIP is there
	ResetSent     ResetState = "sent"    // a code was asked for
	ResetProven   ResetState = "proven"  // a code or link was right
	ResetFinished ResetState = "finished"

	// resetEnded is a flow that was stopped. To its browser it looks like
	// ResetSent in all it does, or the stop would tell a stranger that the
	// number exists; only nothing is sent and no code is right any more.
	resetEnded ResetState = "ended"
)

// Flow is a reset as a browser asks for it: what for, and the token of its
// cookie. A flow of another purpose is none (RC-08).
type Flow struct {
	Purpose ResetPurpose
	Browser secret.Token
}

// Reset is a flow as its own browser may see it: only what was typed into it.
// NextAt is when a new code may be asked for, ExpiresAt when the flow ends.
type Reset struct {
	ID        string
	Purpose   ResetPurpose
	NIP       secret.NIP
	Email     secret.Email
	State     ResetState
	Tries     int64
	Sends     int64
	NextAt    db.Time
	ExpiresAt db.Time

	person string
}

// The numbers of a reset (design, "reset code", "recovery flow"). A flow ends
// an hour after it last asked for a code, so that no code outlives its flow.
const (
	resetLife  = time.Hour
	resetTries = 5
	resetSends = sendsAnHour
	codeLife   = 30 * time.Minute
	liveCodes  = 3
)

// CodeLength is how many characters a mailed code has: 40 bit (RC-01).
const CodeLength = 8

// StartReset begins a flow in a commit of its own.
func (a *Accounts) StartReset(ctx context.Context, purpose ResetPurpose, nip secret.NIP, actor audit.Actor) (token secret.Token, err error) {
	err = a.db.Write(ctx, func(tx *db.Tx) error {
		token, err = a.BeginReset(ctx, tx, purpose, nip, actor)
		return err
	})
	return token, err
}

// BeginReset begins a flow for a number as typed, in the roster or not: it is
// not even looked up (EN-01). The token is for the browser's cookie.
func (a *Accounts) BeginReset(ctx context.Context, tx *db.Tx, purpose ResetPurpose, nip secret.NIP, actor audit.Actor) (secret.Token, error) {
	token, id := secret.NewToken(), db.NewID()
	_, err := tx.Exec(ctx, insertReset, id, token.Hash(), purpose, nip, []byte{}, tx.Now, tx.Now.Add(resetLife))
	if err == nil {
		err = audit.Append(ctx, tx, audit.Event{Actor: actor, Action: audit.ResetAsked, Object: id, Result: string(ResetStarted),
			Detail: purpose.detail()})
	}
	if err != nil {
		return "", fmt.Errorf("accounts: start reset: %w", err)
	}
	return token, nil
}

// Reset reads the flow of a browser, so that the page for its step can be
// drawn. ErrStep where it has none.
func (a *Accounts) Reset(ctx context.Context, f Flow) (r Reset, err error) {
	err = a.db.Read(ctx, func(tx *db.Tx) error {
		r, err = a.reset(ctx, tx, f)
		return err
	})
	return r, err
}

// reset reads a flow that still runs, in one of the states that the step
// wants. Without states, any.
func (a *Accounts) reset(ctx context.Context, tx *db.Tx, f Flow, states ...ResetState) (Reset, error) {
	r, sealed, err := scanReset(tx.Row(ctx, selectReset, f.Browser.Hash(), tx.Now, f.Purpose))
	if r.State == resetEnded {
		r.State = ResetSent
	}
	if errors.Is(err, db.ErrNotFound) {
		return Reset{}, ErrStep
	}
	if err != nil {
		return Reset{}, fmt.Errorf("accounts: reset: %w", err)
	}
	if len(states) > 0 && !slices.Contains(states, r.State) {
		return Reset{}, ErrStep
	}
	if len(sealed) > 0 {
		email, err := a.keys.Open(typedEmailPlace(r.ID), sealed)
		r.Email = secret.Email(email)
		return r, err
	}
	return r, nil
}

// NoMoreTries says that typed codes are not compared any more in this flow.
func (r Reset) NoMoreTries() bool { return r.Tries >= resetTries }

// NoMoreCodes says that this flow has asked for all the codes it may.
func (r Reset) NoMoreCodes() bool { return r.Sends >= resetSends }

func typedEmailPlace(id string) string { return "resets|typed_email|" + id }

// stepped passes on what became of a step's transaction. A step out of order
// has changed nothing; it is logged here, after the rollback.
func (a *Accounts) stepped(ctx context.Context, step string, actor audit.Actor, err error) error {
	switch {
	case err == nil:
		return nil
	case !errors.Is(err, ErrStep):
		return fmt.Errorf("accounts: reset %s: %w", step, err)
	}
	return errors.Join(ErrStep, a.db.Write(ctx, func(tx *db.Tx) error {
		return audit.Append(ctx, tx, audit.Event{Actor: actor, Action: audit.StepSkipped, Result: audit.Refused,
			Detail: map[string]string{"flow": "reset", "step": step}})
	}))
}

// endReset stops one flow, its codes and the enrolment it allowed: "Bukan
// saya" on an attempt.
func (a *Accounts) endReset(ctx context.Context, tx *db.Tx, id string) error {
	if _, err := tx.Exec(ctx, endReset, id); err != nil {
		return err
	}
	if _, err := tx.Exec(ctx, endEnrolmentsFrom, id, []byte{}); err != nil {
		return err
	}
	_, err := tx.Exec(ctx, endResetCodes, id)
	return err
}

// endResets stops every code, proven flow, enrolment and wait of a person:
// success kills all (impostor 12, RC-05), and so does any other change of a
// credential.
func (a *Accounts) endResets(ctx context.Context, tx *db.Tx, person string) error {
	for _, statement := range []string{endProvenOf, endCodesOf, endDueOf} {
		if _, err := tx.Exec(ctx, statement, person); err != nil {
			return fmt.Errorf("accounts: end resets: %w", err)
		}
	}
	if _, err := tx.Exec(ctx, endEnrolmentsOf, person, []byte{}); err != nil {
		return fmt.Errorf("accounts: end resets: %w", err)
	}
	return a.endWaits(ctx, tx, person, WaitChanged)
}
