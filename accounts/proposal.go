package accounts

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
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
	// ErrProposalRole: his role neither proposes nor confirms such a thing.
	ErrProposalRole = errors.New("accounts: role does not cover it")
	// ErrProposalOld: what was to be changed has changed meanwhile.
	ErrProposalOld = errors.New("accounts: proposal is out of date")
	// ErrProposalTwice: the same thing is proposed already.
	ErrProposalTwice = errors.New("accounts: proposed already")
)

// ProposalLife is how long a proposal waits for a second person.
const ProposalLife = 72 * time.Hour

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

// BulkReply is one text to many people (impostor 24). Agents propose it and
// agents confirm it, at the desk; the settings know nothing of it.
const BulkReply ProposalKind = "bulk.reply"

// proposes, confirms and ends tell who may: of the settings an admin proposes,
// and an admin or a supervisor confirms.
func (k ProposalKind) proposes(s Staff) bool {
	return k == BulkReply && s.Has(Agent) || k != BulkReply && s.Has(Admin)
}

func (k ProposalKind) confirms(s Staff) bool {
	return k.proposes(s) || k != BulkReply && s.Has(Supervisor)
}

func (k ProposalKind) ends(s Staff) bool {
	return k.confirms(s) || k == BulkReply && (s.Has(Approver) || s.Has(Supervisor))
}

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
	Same                       string // what tells two of a kind and object apart, "" where one may wait at a time
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
func (p Proposal) Until() db.Time { return p.ProposedAt.Add(ProposalLife) }

// May tells why a member of staff may not confirm it, nil when he may.
// ErrProposalRole, ErrProposalOwn, ErrProposalSelf.
func (p Proposal) May(o Officer) error {
	switch {
	case !p.Kind.confirms(o.Staff):
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
	case !p.Kind.proposes(o.Staff):
		return "", ErrProposalRole
	case o.Browser == "": // it could not be told from the one that confirms
		return "", ErrProposalOwn
	case p.Object == o.ID:
		return "", ErrProposalSelf
	}
	if _, err := tx.Exec(ctx, forgetOldProposals, o.Agency, p.Kind, tx.Now.Add(-ProposalLife)); err != nil {
		return "", fmt.Errorf("accounts: propose: %w", err)
	}
	id = db.NewID()
	err = tx.One(ctx, insertStaffProposal, id, o.Agency, p.Kind, p.Object, p.Value, p.Standing, p.same(), tx.Now, o.ID, o.Name, o.Browser)
	switch {
	case errors.Is(err, db.ErrConflict):
		return "", ErrProposalTwice
	case err != nil:
		return "", fmt.Errorf("accounts: propose: %w", err)
	}
	return id, a.noteProposal(ctx, tx, o, audit.ProposalMade, Proposal{ID: id, Kind: p.Kind, Object: p.Object})
}

// same tells proposals of a kind about an object apart: of those that are the
// same, one may wait. A reply is too long for an index.
func (p Proposal) same() string {
	if p.Kind != BulkReply {
		return p.Same
	}
	sum := sha256.Sum256([]byte(p.Value))
	return hex.EncodeToString(sum[:])
}

// Confirm is the second person's word, once; whoever calls it applies what
// was proposed in the same transaction. It spends a fresh OTP. ErrNoProposal,
// ErrProposalOld, ErrNoProof, and the refusals of May.
func (a *Accounts) Confirm(ctx context.Context, tx *db.Tx, o Officer, id string) (Proposal, error) {
	p, err := a.WaitingProposal(ctx, tx, o, id)
	if err == nil {
		err = p.May(o)
	}
	if err == nil {
		_, err = a.Proposer(ctx, tx, p)
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

// Proposer is who proposed it. Whoever has left, or was disabled, proposes
// nothing any more: ErrProposalOld.
func (a *Accounts) Proposer(ctx context.Context, tx *db.Tx, p Proposal) (Staff, error) {
	m, err := a.memberOf(ctx, tx, p.Agency, p.ProposedBy)
	if errors.Is(err, ErrNoStaff) || err == nil && m.DisabledAt != 0 {
		err = ErrProposalOld
	}
	return m.Staff, err
}

// EndProposal takes a proposal of the settings back, or refuses it. One
// person is enough: it lowers nothing. ErrNoProposal, ErrProposalRole.
func (a *Accounts) EndProposal(ctx context.Context, o Officer, id string) error {
	return a.db.Write(ctx, func(tx *db.Tx) error {
		p, err := a.End(ctx, tx, o, id)
		if err == nil && p.Kind == BulkReply {
			err = ErrNoProposal
		}
		return err
	})
}

// End takes a proposal of any kind back. ErrNoProposal, ErrProposalRole.
func (a *Accounts) End(ctx context.Context, tx *db.Tx, o Officer, id string) (Proposal, error) {
	p, err := a.WaitingProposal(ctx, tx, o, id)
	if err == nil && !p.Kind.ends(o.Staff) {
		err = ErrProposalRole
	}
	if err != nil {
		return p, err
	}
	if err := tx.One(ctx, endStaffProposal, id, tx.Now, o.ID, o.Name); err != nil {
		return p, orNoProposal(err)
	}
	return p, a.noteProposal(ctx, tx, o, audit.ProposalEnded, p)
}

// Proposals lists those of his agency's settings, newest first: all that wait,
// and whatever became of the last hundred.
func (a *Accounts) Proposals(ctx context.Context, o Officer) (all []Proposal, err error) {
	err = a.db.Read(ctx, func(tx *db.Tx) error {
		all, err = db.All(ctx, tx, scanStaffProposal, selectStaffProposals, o.Agency, tx.Now.Add(-ProposalLife))
		return err
	})
	return all, err
}

// ProposalByID is one of his agency's settings (ST-04). ErrNoProposal.
func (a *Accounts) ProposalByID(ctx context.Context, o Officer, id string) (p Proposal, err error) {
	err = a.db.Read(ctx, func(tx *db.Tx) error {
		p, err = scanStaffProposal(tx.Row(ctx, selectStaffProposal, id, o.Agency))
		if err == nil && p.Kind == BulkReply {
			err = ErrNoProposal
		}
		return orNoProposal(err)
	})
	return p, err
}

// WaitingProposal is one of his agency that a second person may still
// confirm. ErrNoProposal.
func (a *Accounts) WaitingProposal(ctx context.Context, tx *db.Tx, o Officer, id string) (Proposal, error) {
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
