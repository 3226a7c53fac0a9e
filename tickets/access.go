package tickets

import (
	"context"
	"errors"
	"slices"
	"time"

	"pulih/accounts"
	"pulih/audit"
	"pulih/db"
)

// ErrNoAccess says that nobody of the agency asked so for his data.
var ErrNoAccess = errors.New("tickets: no such access request")

// AccessTime is how long the answer to an access request may take (UU 27/2022,
// article 32).
const AccessTime = 3 * 24 * time.Hour

// Access is somebody's wish to know what is kept of him. By and HandedBy are
// ids of staff; HandedAt is 0 until he was given it.
type Access struct {
	ID       string
	Person   string
	Reason   string
	AskedAt  db.Time
	AskedBy  string
	HandedAt db.Time
	HandedBy string
}

// DueAt is when he must have it.
func (r Access) DueAt() db.Time { return r.AskedAt.Add(AccessTime) }

// AskAccess writes down that a person of the agency, and of the units of
// whoever writes, wants to know what is kept of him. Agents and supervisors
// write; somebody else hands over. ErrRole, ErrOneself, ErrNoPerson.
func (d *Desk) AskAccess(ctx context.Context, by By, person, reason string) (id string, err error) {
	if err := mayRecord(by); err != nil {
		return "", err
	}
	id = db.NewID()
	return id, d.write(ctx, func(tx *db.Tx) error {
		p, err := d.accessible(ctx, tx, by, person)
		if err != nil {
			return err
		}
		if _, err := tx.Exec(ctx, insertAccess, id, p.Agency, p.ID, p.Unit, reason, tx.Now, by.Staff.ID); err != nil {
			return err
		}
		return audit.Append(ctx, tx, audit.Event{Actor: by.step("").actor, Action: audit.HistoryAsked, Person: p.ID, Object: id,
			Detail: map[string]string{"reason": reason}})
	})
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

// AccessShown is how many open requests are listed at most.
const AccessShown = 200

// AccessRequests are those of the agency and the units: the open ones, which
// are due first, or the newest that were handed over. ErrRole.
func (d *Desk) AccessRequests(ctx context.Context, by By, open bool) (all []Access, err error) {
	if err := mayRecord(by); err != nil {
		return nil, err
	}
	err = d.db.Read(ctx, func(tx *db.Tx) error {
		all, err = db.All(ctx, tx, scanAccess, pick(open, selectOpenAccess, selectPastAccess), by.Staff.Agency, by.units())
		return err
	})
	return all, err
}

// AccessRequest is one of them. ErrRole, ErrNoAccess.
func (d *Desk) AccessRequest(ctx context.Context, by By, id string) (r Access, err error) {
	if err := mayRecord(by); err != nil {
		return r, err
	}
	err = d.db.Read(ctx, func(tx *db.Tx) error {
		r, err = readAccess(ctx, tx, by, id)
		return err
	})
	return r, err
}

func readAccess(ctx context.Context, tx *db.Tx, by By, id string) (Access, error) {
	r, err := scanAccess(tx.Row(ctx, selectAccess, id, by.Staff.Agency, by.units()))
	if errors.Is(err, db.ErrNotFound) {
		err = ErrNoAccess
	}
	return r, err
}

// MayHandOver tells whether a member of staff may hand one over here and now.
// ErrNoAccess, and what HandOver refuses.
func (d *Desk) MayHandOver(ctx context.Context, by By, id string) error {
	return d.db.Read(ctx, func(tx *db.Tx) error {
		_, err := d.mayHandOver(ctx, tx, by, id)
		return err
	})
}

// mayHandOver wants a supervisor who did not write the request down himself:
// one bribed member of staff opens nobody's data. It wants him at the counter
// in office hours, since nobody's history is shown elsewhere (impostor C, 16).
func (d *Desk) mayHandOver(ctx context.Context, tx *db.Tx, by By, id string) (Access, error) {
	r, err := readAccess(ctx, tx, by, id)
	switch {
	case err != nil:
		return r, err
	case !by.Staff.Has(accounts.Supervisor):
		return r, ErrRole
	case r.AskedBy == by.Staff.ID:
		return r, ErrAsker
	}
	if _, err := d.accessible(ctx, tx, by, r.Person); err != nil {
		return r, err
	}
	return r, d.counterGate(ctx, tx, by)
}

// Handing is how a person's data are given to him. Document is the number of
// the original that was seen: nothing is on file to compare it with, so it is
// not kept, but nobody hands over without one. Form is "csv" or "cetak".
type Handing struct {
	Document string
	Form     string
}

// Seen tells whether Document can be the number of an original.
func (h Handing) Seen() bool { return len(documentNumber(h.Document)) >= 4 && len(h.Document) <= 60 }

// HandOver gives a person what is kept of him, for one fresh OTP, and writes
// that down. A second copy is written down too; the first is the answer.
// ErrNoAccess, ErrRole, ErrAsker, ErrOneself, ErrDesk, ErrMissing,
// accounts.ErrNoProof.
func (d *Desk) HandOver(ctx context.Context, by By, id string, h Handing) (accounts.Overview, error) {
	if !h.Seen() {
		return accounts.Overview{}, ErrMissing
	}
	var r Access
	err := d.write(ctx, func(tx *db.Tx) (err error) {
		r, err = d.handOver(ctx, tx, by, id, h)
		return err
	})
	if err != nil {
		return accounts.Overview{}, err
	}
	return d.accounts.Overview(ctx, r.Person)
}

func (d *Desk) handOver(ctx context.Context, tx *db.Tx, by By, id string, h Handing) (Access, error) {
	r, err := d.mayHandOver(ctx, tx, by, id)
	if err != nil {
		return r, err
	}
	if err := d.accounts.SpendProof(ctx, tx, by.Staff.Session); err != nil {
		return r, err
	}
	if err := tx.One(ctx, handOverAccess, id, tx.Now, by.Staff.ID); err != nil {
		return r, err
	}
	return r, audit.Append(ctx, tx, audit.Event{Actor: by.step("").actor, Action: audit.HistoryExported, Person: r.Person, Object: id,
		Detail: map[string]string{"kind": h.Form, "second": r.AskedBy, "document": "typed"}})
}
