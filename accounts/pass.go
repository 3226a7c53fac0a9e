package accounts

import (
	"context"
	"fmt"

	"pulih/audit"
	"pulih/db"
	"pulih/secret"
)

// Basis says what a pass rests on, and so what its holder must still show
// when he uses it (ET-05, impostor 1).
type Basis string

// The three bases. With ByFactor the remaining factor is shown again; with
// the other two the person sets a new password as he enrols.
const (
	ByFactor    Basis = "factor"    // a remaining factor and a document
	ByCallback  Basis = "callback"  // no factor: documents and a call to the number on file
	ByOriginals Basis = "originals" // originals seen at the counter by two people
)

// passLength is 60 bit, typed together with the NIP (ET-01).
const passLength = 12

// NewPass asks for a pass. Ticket binds it to what approved it; FactorAfter
// is when that was opened, since a password set less than 7 days before it is
// no remaining factor (impostor 1).
type NewPass struct {
	Person      string
	Ticket      string
	Basis       Basis
	FactorAfter db.Time
	Until       db.Time
}

// IssuePass makes a pass and ends every other one of the person. The code is
// shown once and stored only as a keyed hash bound to the person (ET-03).
func (a *Accounts) IssuePass(ctx context.Context, tx *db.Tx, n NewPass, actor audit.Actor) (id string, code secret.Code, err error) {
	if _, err := tx.Exec(ctx, endPassesOfPerson, n.Person, tx.Now); err != nil {
		return "", "", fmt.Errorf("accounts: issue pass: %w", err)
	}
	if _, err := tx.Exec(ctx, endSameEnrolments, n.Person, ByPass, []byte{}); err != nil {
		return "", "", fmt.Errorf("accounts: issue pass: %w", err)
	}
	id, code = db.NewID(), secret.NewCode(passLength)
	_, err = tx.Exec(ctx, insertPass, id, n.Person, n.Ticket, n.Basis, a.passHash(n.Person, code), n.FactorAfter, tx.Now, n.Until)
	if err != nil {
		return "", "", fmt.Errorf("accounts: issue pass: %w", err)
	}
	return id, code, audit.Append(ctx, tx, audit.Event{Actor: actor, Action: audit.PassIssued, Person: n.Person,
		Object: id, Detail: map[string]string{"ticket": n.Ticket, "basis": string(n.Basis)}})
}

func (a *Accounts) passHash(person string, code secret.Code) []byte {
	return a.keys.Sum("pass", person, string(code))
}

// EndPass ends every live pass of a ticket; none is no error.
func (a *Accounts) EndPass(ctx context.Context, tx *db.Tx, ticket string, actor audit.Actor) error {
	passes, err := db.All(ctx, tx, scanPass, selectLivePasses, ticket)
	if err != nil {
		return fmt.Errorf("accounts: end pass: %w", err)
	}
	for _, p := range passes {
		if err := a.endPass(ctx, tx, p, actor); err != nil {
			return err
		}
	}
	return nil
}

func (a *Accounts) endPass(ctx context.Context, tx *db.Tx, p pass, actor audit.Actor) error {
	if err := tx.One(ctx, endPass, p.ID, tx.Now); err != nil {
		return fmt.Errorf("accounts: end pass: %w", err)
	}
	if _, err := tx.Exec(ctx, endEnrolmentsFrom, p.ID, []byte{}); err != nil {
		return fmt.Errorf("accounts: end pass: %w", err)
	}
	return audit.Append(ctx, tx, audit.Event{Actor: actor, Action: audit.PassEnded, Person: p.Person,
		Object: p.ID, Detail: map[string]string{"ticket": p.Ticket}})
}

// PassEnds tells when a ticket's live pass ends: at its time, or with the
// enrolment that was begun in time. It is 0 when there is none.
func (a *Accounts) PassEnds(ctx context.Context, tx *db.Tx, ticket string) (db.Time, error) {
	passes, err := db.All(ctx, tx, scanPass, selectLivePasses, ticket)
	if err != nil {
		return 0, fmt.Errorf("accounts: pass: %w", err)
	}
	var ends db.Time
	for _, p := range passes {
		ends = max(ends, p.ends())
	}
	return ends, nil
}

// pass is a row of the table.
type pass struct {
	ID, Person, Ticket string
	Basis              Basis
	State              string
	FactorAfter        db.Time
	Expires            db.Time
	OpenedUntil        db.Time
}

func (p pass) ends() db.Time { return max(p.Expires, p.OpenedUntil) }
