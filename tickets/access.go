package tickets

import (
	"context"
	"errors"
	"slices"
	"time"

	"pulih/accounts"
	"pulih/audit"
	"pulih/db"
	"pulih/mail"
)

// ErrNoAccess says that nobody of the agency asked so for his data.
var ErrNoAccess = errors.New("tickets: no such access request")

// How long an access request goes on. It is no key for ever.
const (
	// AccessTime is how long the answer may take (UU 27/2022, article 32).
	AccessTime = 3 * 24 * time.Hour
	// AccessAgain is how long after the first copy another may be made.
	AccessAgain = 7 * 24 * time.Hour
	// AccessWaits is how long the answer waits for somebody who does not come.
	AccessWaits = 30 * 24 * time.Hour
)

// Access is somebody's wish to know what is kept of him. By and HandedBy are
// ids of staff; HandedAt is 0 until he was given it, and EndedAt unless it
// ended without that: he disowned it.
type Access struct {
	ID       string
	Person   string
	Reason   string
	AskedAt  db.Time
	AskedBy  string
	HandedAt db.Time
	HandedBy string
	EndedAt  db.Time
	// MaskedNIP is whose request it is, as far as staff may read it before they
	// see him.
	MaskedNIP string

	numberHash []byte
}

// Asking is somebody's wish as it is written down, with the number of the
// original that he showed.
type Asking struct{ Person, Reason, Document string }

// Seen tells whether Document can be the number of an original.
func (a Asking) Seen() bool { return seenNumber(a.Document) }

func seenNumber(typed string) bool { return len(documentNumber(typed)) >= 4 && len(typed) <= 60 }

// DueAt is when he must have it.
func (r Access) DueAt() db.Time { return r.AskedAt.Add(AccessTime) }

// Over tells whether nothing can be handed over any more.
func (r Access) Over(now db.Time) bool {
	switch {
	case r.EndedAt > 0:
		return true
	case r.HandedAt > 0:
		return now >= r.HandedAt.Add(AccessAgain)
	}
	return now >= r.AskedAt.Add(AccessWaits)
}

// AskAccess writes down that a person of the agency, and of the units of
// whoever writes, wants to know what is kept of him, and which original he
// showed. Agents and supervisors write; somebody else sees the same original
// and hands over. The person is told: it may be somebody else who wants to
// know. ErrRole, ErrMissing, ErrOneself, ErrNoPerson, ErrAccessOpen.
func (d *Desk) AskAccess(ctx context.Context, by By, a Asking) (id string, err error) {
	if err := mayRecord(by); err != nil {
		return "", err
	}
	if !a.Seen() {
		return "", ErrMissing
	}
	id = db.NewID()
	return id, d.write(ctx, func(tx *db.Tx) error {
		p, err := d.accessible(ctx, tx, by, a.Person)
		if err != nil {
			return err
		}
		if err := openAccess(ctx, tx, by, Access{ID: id, Person: p.ID, Reason: a.Reason, numberHash: d.accessHash(p.ID, a.Document)}, p); err != nil {
			return err
		}
		_, err = d.accounts.Notify(ctx, tx, p, accounts.Notification{What: mail.DataAsked, Object: id})
		return err
	})
}

// openAccess lets one be open for a person, besides those that nobody fetched.
func openAccess(ctx context.Context, tx *db.Tx, by By, r Access, p accounts.Person) error {
	if _, err := tx.Exec(ctx, endUnfetched, p.ID, tx.Now, tx.Now.Add(-AccessWaits)); err != nil {
		return err
	}
	err := tx.One(ctx, insertAccess, r.ID, p.Agency, p.ID, p.Unit, r.Reason, tx.Now, by.Staff.ID, r.numberHash)
	if errors.Is(err, db.ErrConflict) {
		return ErrAccessOpen
	}
	if err != nil {
		return err
	}
	return audit.Append(ctx, tx, audit.Event{Actor: by.step("").actor, Action: audit.HistoryAsked, Person: p.ID, Object: r.ID,
		Detail: map[string]string{"reason": r.Reason}})
}

func mayRecord(by By) error {
	if !by.Staff.Has(accounts.Agent) && !by.Staff.Has(accounts.Supervisor) {
		return ErrRole
	}
	return nil
}

// accessible is a person whom he may serve (ST-04, ST-05).
func (d *Desk) accessible(ctx context.Context, tx *db.Tx, by By, person string) (accounts.Person, error) {
	p, err := d.accounts.Person(ctx, tx, person)
	switch {
	case err != nil:
		return p, err
	case !by.Serves(p):
		return p, accounts.ErrNoPerson
	case p.NIP == by.Staff.NIP:
		return p, ErrOneself
	}
	return p, nil
}

// Serves tells whether a person is of the agency and the units of a member of
// staff (ST-04).
func (by By) Serves(p accounts.Person) bool {
	return p.Agency == by.Staff.Agency && (len(by.Staff.Units) == 0 || slices.Contains(by.Staff.Units, p.Unit))
}
