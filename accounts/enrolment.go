package accounts

import (
	"context"
	"errors"
	"fmt"
	"time"

	"pulih/db"
	"pulih/otp"
	"pulih/secret"
)

// ErrNoEnrolment says that no enrolment is under way in this browser: it was
// never begun, is finished, was begun again elsewhere, or took too long.
var ErrNoEnrolment = errors.New("accounts: no enrolment under way")

// EnrolmentVia says what allowed an enrolment, and so what it changes.
type EnrolmentVia string

// The ways to an enrolment. Old devices die with the new one, but not where
// the owner adds a second.
const (
	ByPass       EnrolmentVia = "pass"       // a request that two people approved
	BySelf       EnrolmentVia = "self"       // the owner alone, with a remaining factor
	ByActivation EnrolmentVia = "activation" // the first device, with the first password
	ByOwner      EnrolmentVia = "owner"      // one more device, from the account page
)

// pendingTime is how long an enrolment may take (ET-08).
const pendingTime = 15 * time.Minute

// NewEnrolment begins an enrolment. Source is what allowed it: the id of a
// pass or of a reset, "" where nothing else is spent by it. PHC is the
// password that is set with the device, "" where it stays.
type NewEnrolment struct {
	Person string
	Via    EnrolmentVia
	Source string
	PHC    string
}

// BeginEnrolment makes a fresh secret, and ends an enrolment that was begun
// the same way before. The token is for the cookie of the one browser that
// may finish it, by the time that is returned.
func (a *Accounts) BeginEnrolment(ctx context.Context, tx *db.Tx, n NewEnrolment) (secret.Token, db.Time, error) {
	if err := tx.One(ctx, lockAccount, n.Person); err != nil {
		return "", 0, fmt.Errorf("accounts: begin enrolment: %w", err)
	}
	if _, err := tx.Exec(ctx, endSameEnrolments, n.Person, n.Via, []byte{}); err != nil {
		return "", 0, fmt.Errorf("accounts: begin enrolment: %w", err)
	}
	id, token, until := db.NewID(), secret.NewToken(), tx.Now.Add(pendingTime)
	sealed := a.keys.Seal(enrolmentPlace(id), otp.NewSecret())
	_, err := tx.Exec(ctx, insertEnrolment, id, n.Person, n.Via, n.Source, token.Hash(), sealed, n.PHC, tx.Now, until)
	if err != nil {
		return "", 0, fmt.Errorf("accounts: begin enrolment: %w", err)
	}
	return token, until, nil
}

// enrolmentPlace binds a pending secret to its row (TV-12).
func enrolmentPlace(id string) string { return "enrolments|secret|" + id }

// Pending is an enrolment under way: what the page shows. It is the only
// moment at which a secret is shown (SC-04). Ticket is the request's where a
// pass allowed it.
type Pending struct {
	ID          string
	Via         EnrolmentVia
	Source      string
	Ticket      string
	Person      Person
	Secret      otp.Secret
	NewPassword bool // a new password is set as well
	Until       db.Time

	phc string
}

// EnrolmentOf says which way a browser's enrolment went, over or not, so that
// who comes too late is led to where he began. "" where there was none.
func (a *Accounts) EnrolmentOf(ctx context.Context, token secret.Token) (via EnrolmentVia, err error) {
	err = a.db.Read(ctx, func(tx *db.Tx) error { return tx.Row(ctx, selectVia, token.Hash()).Scan(&via) })
	if errors.Is(err, db.ErrNotFound) {
		return "", nil
	}
	return via, err
}

// Pending reads the enrolment of a browser. ErrNoEnrolment.
func (a *Accounts) Pending(ctx context.Context, tx *db.Tx, token secret.Token) (Pending, error) {
	p, sealed, err := scanPending(tx.Row(ctx, selectPending, token.Hash(), tx.Now))
	if errors.Is(err, db.ErrNotFound) {
		return Pending{}, ErrNoEnrolment
	}
	if err != nil {
		return Pending{}, fmt.Errorf("accounts: pending: %w", err)
	}
	raw, err := a.keys.Open(enrolmentPlace(p.ID), sealed)
	if err != nil {
		return Pending{}, fmt.Errorf("accounts: pending: %w", err)
	}
	p.Secret, p.NewPassword = raw, p.phc != ""
	p.Person, err = a.Person(ctx, tx, p.Person.ID)
	return p, err
}
