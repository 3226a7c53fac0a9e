package accounts

import (
	"context"
	"errors"
	"fmt"
	"time"

	"pulih/audit"
	"pulih/db"
)

// The refusals of what takes two people.
var (
	// ErrNoProposal: not there, not of his agency, settled or too old.
	ErrNoProposal = errors.New("accounts: no such proposal")
	// ErrProposalOwn: whoever proposed it, or sits at his browser, may not
	// confirm it (impostor 17).
	ErrProposalOwn = errors.New("accounts: proposed by himself")
	// ErrProposalSelf: nobody has a hand in what concerns himself (ST-05).
	ErrProposalSelf = errors.New("accounts: concerns himself")
	// ErrProposalRole: admins propose, admins and supervisors confirm.
	ErrProposalRole = errors.New("accounts: role does not cover it")
	// ErrProposalOld: what was to be changed has changed meanwhile.
	ErrProposalOld = errors.New("accounts: proposal is out of date")
	// ErrProposalTwice: the same thing is proposed already.
	ErrProposalTwice = errors.New("accounts: proposed already")
)

// proposalLife is how long a proposal waits for a second person.
const proposalLife = 72 * time.Hour

// ProposalKind is what a second person is asked to agree to. Package tickets
// has kinds of its own, for its settings.
type ProposalKind string

// The kinds that concern staff.
const (
	AddingStaff    ProposalKind = "staff.add"
	ChangingRoles  ProposalKind = "staff.roles"
	ChangingUnits  ProposalKind = "staff.units"
	ReissuingStaff ProposalKind = "staff.reset"
)

// Officer is a member of staff who acts, and at which browser.
type Officer struct {
	Staff
	Browser string
	Actor   audit.Actor
}

// Proposal is something that takes two people. Object is the member of staff
// whom it concerns, "" for a setting; Value is JSON; Standing is what held
// when it was proposed.
type Proposal struct {
	ID, Agency                 string
	Kind                       ProposalKind
	Object                     string
	Value, Standing            string
	ProposedAt                 db.Time
	ProposedBy, ProposedName   string
	ConfirmedAt                db.Time // 0 until a second person did
	ConfirmedBy, ConfirmedName string
	EndedAt                    db.Time // 0 unless somebody ended it
	EndedName                  string

	browser string
}

// Waits tells whether a second person may still confirm it.
func (p Proposal) Waits(now db.Time) bool {
	return p.ConfirmedAt == 0 && p.EndedAt == 0 && now < p.Until()
}

// Until is when it is forgotten.
func (p Proposal) Until() db.Time { return p.ProposedAt.Add(proposalLife) }

// May tells why a member of staff may not confirm it, nil when he may.
// ErrProposalRole, ErrProposalOwn, ErrProposalSelf.
func (p Proposal) May(o Officer) error {
	switch {
	case !o.Has(Admin) && !o.Has(Supervisor):
		return ErrProposalRole
	case p.ProposedBy == o.ID || o.Browser == "" || p.browser == o.Browser:
		return ErrProposalOwn
	case p.Object == o.ID:
		return ErrProposalSelf
	}
	return nil
}

// Propose writes down what a second person is to confirm; nothing of it
// holds before. Agency and author are the officer's. ErrProposalRole,
// ErrProposalSelf, ErrProposalTwice.
func (a *Accounts) Propose(ctx context.Context, tx *db.Tx, o Officer, p Proposal) (id string, err error) {
	switch {
	case !o.Has(Admin):
		return "", ErrProposalRole
	case p.Object == o.ID:
		return "", ErrProposalSelf
	}
	var same int
	err = tx.Row(ctx, countSameProposals, o.Agency, p.Kind, p.Object, tx.Now.Add(-proposalLife), p.Value).Scan(&same)
	if err == nil && same > 0 {
		err = ErrProposalTwice
	}
	if err != nil {
		return "", err
	}
	id = db.NewID()
	_, err = tx.Exec(ctx, insertStaffProposal, id, o.Agency, p.Kind, p.Object, p.Value, p.Standing, tx.Now, o.ID, o.Name, o.Browser)
	if err != nil {
		return "", fmt.Errorf("accounts: propose: %w", err)
	}
	return id, a.noteProposal(ctx, tx, o, audit.ProposalMade, Proposal{ID: id, Kind: p.Kind, Object: p.Object})
}

// Confirm is the second person's word, once; whoever calls it applies what
// was proposed in the same transaction. It spends a fresh OTP. ErrNoProposal,
// ErrNoProof, and the refusals of May.
func (a *Accounts) Confirm(ctx context.Context, tx *db.Tx, o Officer, id string) (Proposal, error) {
	p, err := a.waitingProposal(ctx, tx, o, id)
	if err == nil {
		err = p.May(o)
	}
	if err == nil {
		err = a.SpendProof(ctx, tx, o.Session)
	}
	if err != nil {
		return p, err
	}
	p.ConfirmedAt, p.ConfirmedBy, p.ConfirmedName = tx.Now, o.ID, o.Name
	if err := tx.One(ctx, confirmStaffProposal, id, tx.Now, o.ID, o.Name); err != nil {
		return p, orNoProposal(err)
	}
	return p, a.noteProposal(ctx, tx, o, audit.ProposalConfirmed, p)
}

// EndProposal takes a proposal back, or refuses it. One person is enough: it
// lowers nothing. ErrNoProposal, ErrProposalRole.
func (a *Accounts) EndProposal(ctx context.Context, o Officer, id string) error {
	return a.db.Write(ctx, func(tx *db.Tx) error {
		if !o.Has(Admin) && !o.Has(Supervisor) {
			return ErrProposalRole
		}
		p, err := a.waitingProposal(ctx, tx, o, id)
		if err != nil {
			return err
		}
		if err := tx.One(ctx, endStaffProposal, id, tx.Now, o.ID, o.Name); err != nil {
			return orNoProposal(err)
		}
		return a.noteProposal(ctx, tx, o, audit.ProposalEnded, p)
	})
}

// Proposals lists those of his agency, newest first: all that wait, and the
// last that do not.
func (a *Accounts) Proposals(ctx context.Context, o Officer) (all []Proposal, err error) {
	err = a.db.Read(ctx, func(tx *db.Tx) error {
		all, err = db.All(ctx, tx, scanStaffProposal, selectStaffProposals, o.Agency)
		return err
	})
	return all, err
}

// ProposalByID is one of his agency (ST-04). ErrNoProposal.
func (a *Accounts) ProposalByID(ctx context.Context, o Officer, id string) (p Proposal, err error) {
	err = a.db.Read(ctx, func(tx *db.Tx) error {
		p, err = scanStaffProposal(tx.Row(ctx, selectStaffProposal, id, o.Agency))
		return orNoProposal(err)
	})
	return p, err
}

func (a *Accounts) waitingProposal(ctx context.Context, tx *db.Tx, o Officer, id string) (Proposal, error) {
	p, err := scanStaffProposal(tx.Row(ctx, selectStaffProposal, id, o.Agency))
	if err == nil && !p.Waits(tx.Now) {
		err = ErrNoProposal
	}
	return p, orNoProposal(err)
}

func orNoProposal(err error) error {
	if errors.Is(err, db.ErrNotFound) || errors.Is(err, db.ErrConflict) {
		return ErrNoProposal // settled by somebody else meanwhile
	}
	return err
}

func (a *Accounts) noteProposal(ctx context.Context, tx *db.Tx, o Officer, what audit.Action, p Proposal) error {
	return audit.Append(ctx, tx, audit.Event{Actor: o.Actor, Action: what, Object: p.ID,
		Detail: map[string]string{"kind": string(p.Kind), "about": p.Object}})
}
