package accounts

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"time"

	"pulih/audit"
	"pulih/db"
	"pulih/secret"
)

// ErrNoSession says that the cookie opens nothing: it never did, or its
// session has ended.
var ErrNoSession = errors.New("accounts: no session")

// SessionKind keeps people and staff apart: the cookie of one never opens
// the other's pages.
type SessionKind string

// The kinds of session.
const (
	AccountSession SessionKind = "account"
	StaffSession   SessionKind = "staff"
)

// Session is a sign-in that still holds. Owner is a person's or a staff
// member's id; Network and Agent say where it began; ProvenAt is the last OTP,
// of staff the last fresh one that has not been spent. It is 0 for a person
// who came in by a backup code.
type Session struct {
	ID        string
	Kind      SessionKind
	Owner     string
	CreatedAt db.Time
	SeenAt    db.Time
	ProvenAt  db.Time
	Network   string
	Agent     string
}

// How long a session lasts (design, "staff session"; SE-03).
var (
	idle     = map[SessionKind]time.Duration{AccountSession: 10 * time.Minute, StaffSession: 15 * time.Minute}
	absolute = map[SessionKind]time.Duration{AccountSession: time.Hour, StaffSession: 8 * time.Hour}
)

func (k SessionKind) find() string {
	if k == StaffSession {
		return selectStaffSession
	}
	return selectAccountSession
}

// touchEvery spares a write on each page.
const touchEvery = time.Minute

// Session finds the session that a cookie opens, and notes that it is in
// use. An account that was closed or left the roster has none, on any path
// (SE-05). ErrNoSession.
func (a *Accounts) Session(ctx context.Context, kind SessionKind, token secret.Token) (Session, error) {
	var s Session
	var now db.Time
	err := a.db.ReadOne(ctx, func(tx *db.Tx) (err error) {
		now = tx.Now
		s, err = scanSession(tx.Row(ctx, kind.find(), token.Hash(), now.Add(-idle[kind]), now.Add(-absolute[kind])))
		return err
	})
	switch {
	case errors.Is(err, db.ErrNotFound):
		return Session{}, ErrNoSession
	case err != nil:
		return Session{}, fmt.Errorf("accounts: session: %w", err)
	case now.Sub(s.SeenAt) < touchEvery:
		return s, nil
	}
	return s, a.touch(ctx, s.ID)
}

// touch notes that a session is in use. Where nothing can be written for now it
// is not, and ends the sooner; who only reads goes on reading.
func (a *Accounts) touch(ctx context.Context, id string) error {
	err := a.db.Write(ctx, func(tx *db.Tx) error {
		_, err := tx.Exec(ctx, touchSession, id, tx.Now)
		return err
	})
	if errors.Is(err, db.ErrUnavailable) {
		return nil
	}
	return err
}

// NewSession begins a session of s.Kind for s.Owner with a token of its own,
// never one that the browser held before (SE-01, SE-09).
func (a *Accounts) NewSession(ctx context.Context, tx *db.Tx, s Session) (secret.Token, error) {
	token := secret.NewToken()
	_, err := tx.Exec(ctx, insertSession, db.NewID(), token.Hash(), s.Kind, s.Owner, tx.Now, s.ProvenAt, s.Network, short(s.Agent))
	if err != nil {
		return "", fmt.Errorf("accounts: new session: %w", err)
	}
	return token, nil
}

// short keeps what a browser says of itself within bounds, and text: headers
// may hold any byte, and PostgreSQL takes UTF-8 only.
func short(agent string) string {
	const most = 200
	agent = strings.ToValidUTF8(agent, "\uFFFD")
	if runes := []rune(agent); len(runes) > most {
		return string(runes[:most])
	}
	return agent
}

// actorOf is who has a session.
var actorOf = map[SessionKind]audit.Kind{AccountSession: audit.Person, StaffSession: audit.Staff}

// EndSession ends the one session that a cookie opens. A cookie that opens
// none is signed out already.
func (a *Accounts) EndSession(ctx context.Context, kind SessionKind, token secret.Token, actor audit.Actor) error {
	return a.db.Write(ctx, func(tx *db.Tx) error {
		var owner string
		if err := tx.Row(ctx, endSession, kind, token.Hash(), tx.Now).Scan(&owner); errors.Is(err, db.ErrNotFound) {
			return nil
		} else if err != nil {
			return fmt.Errorf("accounts: end session: %w", err)
		}
		if actor.ID == "" { // he has signed in again, in the same browser
			actor.Kind, actor.ID = actorOf[kind], owner
		}
		return audit.Append(ctx, tx, audit.Event{Actor: actor, Action: audit.SignOut, Person: owner})
	})
}

// EndSessions ends every session of an owner (SE-04).
func (a *Accounts) EndSessions(ctx context.Context, tx *db.Tx, kind SessionKind, owner string) error {
	if _, err := tx.Exec(ctx, endSessions, kind, owner, tx.Now); err != nil {
		return fmt.Errorf("accounts: end sessions: %w", err)
	}
	return nil
}

// Sessions lists the sessions of a person that still hold, newest first
// (SE-08).
func (a *Accounts) Sessions(ctx context.Context, tx *db.Tx, person string) ([]Session, error) {
	return db.All(ctx, tx, scanSession, selectSessions, person,
		tx.Now.Add(-idle[AccountSession]), tx.Now.Add(-absolute[AccountSession]))
}

// EndSessionOf ends one session of a person, whichever browser it is in.
// db.ErrNotFound for one that is not his (CVE-2020-5240) or has ended.
func (a *Accounts) EndSessionOf(ctx context.Context, person, id string, actor audit.Actor) error {
	return a.db.Write(ctx, func(tx *db.Tx) error {
		err := tx.One(ctx, endSessionOf, person, id, tx.Now)
		if errors.Is(err, db.ErrConflict) {
			err = db.ErrNotFound
		}
		if err != nil {
			return fmt.Errorf("accounts: end session: %w", err)
		}
		return audit.Append(ctx, tx, audit.Event{Actor: actor, Action: audit.SignOut, Person: person, Object: id})
	})
}

// SignOutEverywhere ends every session of a person, his own too.
func (a *Accounts) SignOutEverywhere(ctx context.Context, person string, actor audit.Actor) error {
	return a.db.Write(ctx, func(tx *db.Tx) error {
		if err := a.EndSessions(ctx, tx, AccountSession, person); err != nil {
			return err
		}
		return audit.Append(ctx, tx, audit.Event{Actor: actor, Action: audit.SessionsEnded, Person: person})
	})
}
