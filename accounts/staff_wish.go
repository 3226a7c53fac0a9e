package accounts

import (
	"context"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"slices"

	"pulih/audit"
	"pulih/db"
	"pulih/secret"
)

// staffWish is what is proposed for a member of staff. NIP and address are
// plain text here: masked types would not survive JSON.
type staffWish struct {
	NIP   string   `json:",omitempty"`
	Name  string   `json:",omitempty"`
	Email string   `json:",omitempty"`
	Roles []Role   `json:",omitempty"`
	Units []string `json:",omitempty"`
	Half  string   `json:",omitempty"` // hash of the proposer's half of the set-up code
}

func (w staffWish) text() string {
	text, _ := json.Marshal(w) // strings always marshal
	return string(text)
}

// StaffWish reads what a proposal wants for a member of staff, for showing
// it. Of a change only what changes is filled in.
func (p Proposal) StaffWish() (NewStaff, error) {
	w, err := p.wish()
	return NewStaff{NIP: secret.NIP(w.NIP), Name: w.Name, Email: secret.Email(w.Email), Agency: p.Agency, Roles: w.Roles, Units: w.Units}, err
}

func (p Proposal) wish() (w staffWish, err error) {
	if err := json.Unmarshal([]byte(p.Value), &w); err != nil {
		return w, fmt.Errorf("accounts: proposal %s: %w", p.ID, err)
	}
	return w, nil
}

// Hands tells whether a confirmed proposal gives a set-up code.
func (k ProposalKind) Hands() bool { return k == AddingStaff || k == ReissuingStaff }

// Staff tells whether it concerns a member of staff, and not a setting.
func (k ProposalKind) Staff() bool {
	return slices.Contains([]ProposalKind{AddingStaff, ChangingRoles, ChangingUnits, ReissuingStaff}, k)
}

// ApplyStaff does what two people agreed on. half is the second half of the
// set-up code, where the kind hands one out. ErrProposalOld, ErrStaffExists,
// ErrNoStaff.
func (a *Accounts) ApplyStaff(ctx context.Context, tx *db.Tx, p Proposal, half secret.Code, by audit.Actor) error {
	w, err := p.wish()
	if err != nil {
		return err
	}
	if p.Kind == AddingStaff {
		n, _ := p.StaffWish()
		return a.addStaff(ctx, tx, n, a.joinHalves(w.Half, half), by)
	}
	m, err := a.memberOf(ctx, tx, p.Agency, p.Object)
	if err == nil && m.DisabledAt != 0 {
		err = ErrNoStaff
	}
	if err != nil {
		return err
	}
	return orOld(a.applyTo(ctx, tx, m, p, w, half, by))
}

func (a *Accounts) applyTo(ctx context.Context, tx *db.Tx, m Member, p Proposal, w staffWish, half secret.Code, by audit.Actor) error {
	people := "Diusulkan " + p.ProposedName + ", dikonfirmasi " + p.ConfirmedName + "."
	switch {
	case p.Kind == ReissuingStaff:
		return a.resetStaff(ctx, tx, m, a.joinHalves(w.Half, half), by)
	case p.Kind == ChangingRoles && p.Standing == joinRoles(m.Roles):
		return a.giveRoles(ctx, tx, m, w.Roles, by, people)
	case p.Kind == ChangingUnits && p.Standing == joinUnits(m.Units):
		return a.giveUnits(ctx, tx, m, w.Units, by)
	}
	return ErrProposalOld
}

func orOld(err error) error {
	if errors.Is(err, db.ErrConflict) {
		return ErrProposalOld
	}
	return err
}

// halfChars is one half of a set-up code: 65 bits, worth nothing alone.
const halfChars = setupChars / 2

// NewHalf makes half a set-up code.
func NewHalf() secret.Code { return secret.NewCode(halfChars) }

// setupHash finds a set-up code. Its first half is hashed by itself, because
// two people may hold one half each.
func (a *Accounts) setupHash(code secret.Code) []byte {
	cut := min(halfChars, len(code))
	return a.joinHalves(a.halfHash(code[:cut]), code[cut:])
}

func (a *Accounts) halfHash(half secret.Code) string {
	return hex.EncodeToString(a.keys.Sum("staff.half", string(half)))
}

func (a *Accounts) joinHalves(first string, second secret.Code) []byte {
	return a.keys.Sum("staff.setup", first, string(second))
}
