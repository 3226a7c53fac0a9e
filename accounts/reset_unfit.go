package accounts

import (
	"context"

	"pulih/db"
	"pulih/mail"
)

// Why a code was not sent. The audit log says so, and a mail where insteadOf
// has one; an answer never does (EN-01).
const (
	noMatch       = "no_match"
	closed        = "closed"
	notActivated  = "not_activated"
	alreadyActive = "already_active"
	notFirst      = "not_first" // never activated, and no more to be (impostor 15)
	overSpent     = "budget"
	tooMany       = "too_many_live"
)

// insteadOf is what the owner is told in place of a code.
var insteadOf = map[string]mail.What{notActivated: mail.NotActivated, alreadyActive: mail.AlreadyActive}

// unfit says why an account has no code of a purpose, "" where it may have
// one.
func (a *Accounts) unfit(ctx context.Context, tx *db.Tx, purpose ResetPurpose, acc Account) (string, error) {
	if purpose == ForActivation {
		return a.unfitForActivation(ctx, tx, acc)
	}
	return unfitForRecovery(acc), nil
}

func (a *Accounts) unfitForActivation(ctx context.Context, tx *db.Tx, acc Account) (string, error) {
	if acc.ActivatedAt != 0 {
		return alreadyActive, nil
	}
	first, err := a.firstTime(ctx, tx, acc.Person)
	if err != nil || first {
		return "", err
	}
	return notFirst, nil
}

func unfitForRecovery(acc Account) string {
	if acc.ActivatedAt == 0 {
		return notActivated
	}
	return ""
}
