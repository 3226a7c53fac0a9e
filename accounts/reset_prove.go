package accounts

import (
	"context"
	"errors"
	"time"

	"pulih/audit"
	"pulih/db"
	"pulih/secret"
)

// ResetTried is what became of a code or link. Left is how many tries the
// flow still has. Closed: codes of this number are not compared any more
// today, only links; it is said for unknown numbers too. Browser is the
// cookie that holds the proof; the one before it is dead (impostor 9).
type ResetTried struct {
	OK      bool
	Left    int64
	Closed  bool
	Browser secret.Token
}

// typedCodes closes typing for a NIP after 25 wrong codes, over all flows and
// networks. The mailed link still works: budgets are not the victim's to lose
// (impostor 12, RC-07).
var typedCodes = budget{"reset.typed", 25, 24 * time.Hour}

// ProveByCode compares a typed code with the live ones of this flow. The try
// is counted first. A code that is wrong, used, too old or of another flow is
// one and the same answer (RC-06, RC-17). ErrStep.
func (a *Accounts) ProveByCode(ctx context.Context, f Flow, code secret.Code, actor audit.Actor) (ResetTried, error) {
	var tried ResetTried
	err := a.db.Write(ctx, func(tx *db.Tx) error {
		r, err := a.reset(ctx, tx, f, ResetSent)
		if err != nil {
			return err
		}
		tried, err = a.tryTyped(ctx, tx, r, code, actor)
		return err
	})
	return tried, a.stepped(ctx, "code", actor, err)
}

func (a *Accounts) tryTyped(ctx context.Context, tx *db.Tx, r Reset, code secret.Code, actor audit.Actor) (ResetTried, error) {
	var tries int64
	err := tx.Row(ctx, countTry, r.ID, resetTries).Scan(&tries)
	if errors.Is(err, db.ErrNotFound) { // none left
		return ResetTried{}, nil
	}
	if err != nil {
		return ResetTried{}, err
	}
	tried := ResetTried{Left: resetTries - tries}
	open, err := a.take(ctx, tx, typedCodes, string(r.NIP))
	if err != nil || !open {
		tried.Closed = true
		return tried, errors.Join(err, a.auditTry(ctx, tx, r.ID, "", "closed", actor))
	}
	var person string
	err = tx.Row(ctx, useTypedCode, r.ID, a.codeHash(r.Purpose, r.ID, code), tx.Now).Scan(&person)
	if errors.Is(err, db.ErrNotFound) {
		return tried, a.auditTry(ctx, tx, r.ID, "", audit.Refused, actor)
	}
	if err != nil {
		return tried, err
	}
	return a.prove(ctx, tx, proof{r.Purpose, r.ID, person, "code"}, actor)
}

// ProveByLink takes the token of a mailed link, typed codes spent or not. The
// proof is the submitting browser's; the one that started is out of the flow.
// OK is false for a link that is none, used or too old (RC-17).
func (a *Accounts) ProveByLink(ctx context.Context, purpose ResetPurpose, link secret.Token, actor audit.Actor) (ResetTried, error) {
	var tried ResetTried
	err := a.db.Write(ctx, func(tx *db.Tx) error {
		var reset, person string
		err := tx.Row(ctx, useLink, a.linkHash(purpose, link), tx.Now).Scan(&reset, &person)
		if errors.Is(err, db.ErrNotFound) {
			return a.auditTry(ctx, tx, "", "", audit.Refused, actor)
		}
		if err != nil {
			return err
		}
		tried, err = a.prove(ctx, tx, proof{purpose, reset, person, "link"}, actor)
		return err
	})
	return tried, a.stepped(ctx, "link", actor, err)
}

// proof is a code or link that was right, of which flow, and whose.
type proof struct {
	purpose            ResetPurpose
	reset, person, via string
}

func (a *Accounts) prove(ctx context.Context, tx *db.Tx, p proof, actor audit.Actor) (ResetTried, error) {
	browser := secret.NewToken()
	err := tx.One(ctx, proveReset, p.reset, browser.Hash(), p.person, p.via, tx.Now)
	if errors.Is(err, db.ErrConflict) { // proven, finished or stopped meanwhile
		return ResetTried{}, ErrStep
	}
	if err == nil && p.purpose == ForUnlock {
		err = a.unlock(ctx, tx, p, actor)
	}
	if err != nil {
		return ResetTried{}, err
	}
	return ResetTried{OK: true, Browser: browser}, a.auditTry(ctx, tx, p.reset, p.person, p.via, actor)
}

func (a *Accounts) auditTry(ctx context.Context, tx *db.Tx, reset, person, result string, actor audit.Actor) error {
	return audit.Append(ctx, tx, audit.Event{Actor: actor, Action: audit.ResetTried, Person: person, Object: reset, Result: result})
}
