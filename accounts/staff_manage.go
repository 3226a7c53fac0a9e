package accounts

import (
	"context"
	"errors"
	"fmt"
	"slices"

	"pulih/audit"
	"pulih/db"
	"pulih/secret"
)

// MembersOf lists the staff of an agency, the disabled too (ST-04).
func (a *Accounts) MembersOf(ctx context.Context, agency string) (all []Member, err error) {
	err = a.db.Read(ctx, func(tx *db.Tx) error {
		all, err = db.All(ctx, tx, scanMember, selectStaffOf, agency)
		return err
	})
	return all, err
}

// MemberOf is one of an agency's staff. ErrNoStaff.
func (a *Accounts) MemberOf(ctx context.Context, agency, id string) (m Member, err error) {
	err = a.db.Read(ctx, func(tx *db.Tx) error {
		m, err = a.memberOf(ctx, tx, agency, id)
		return err
	})
	return m, err
}

func (a *Accounts) memberOf(ctx context.Context, tx *db.Tx, agency, id string) (Member, error) {
	m, err := a.staffMember(ctx, tx, selectStaffByID, id)
	if err == nil && m.Agency != agency {
		err = ErrNoStaff
	}
	return m, err
}

// ProposeStaff proposes a new member for the officer's agency. The code is
// the first half of the set-up code, for him to hand over; whoever confirms
// gets the second, so that neither can set the account up himself. ErrStaffForm,
// ErrStaffExists, ErrUnit, and the refusals of Propose.
func (a *Accounts) ProposeStaff(ctx context.Context, o Officer, n NewStaff) (secret.Code, error) {
	n.Agency = o.Agency
	if err := n.complete(o.Agency); err != nil {
		return "", err
	}
	half := NewHalf()
	return half, a.propose(ctx, func(tx *db.Tx) error {
		m, err := a.staffMember(ctx, tx, selectStaffByNIP, n.NIP)
		if err == nil && (m.DisabledAt == 0 || m.Agency != o.Agency) {
			return ErrStaffExists
		}
		if err != nil && !errors.Is(err, ErrNoStaff) {
			return err
		}
		if err := knownUnits(ctx, tx, o.Agency, n.Units); err != nil {
			return err
		}
		w := staffWish{NIP: string(n.NIP), Name: n.Name, Email: string(n.Email), Roles: n.Roles, Units: n.Units, Half: a.halfHash(half)}
		_, err = a.Propose(ctx, tx, o, Proposal{Kind: AddingStaff, Value: w.text(), Same: string(n.NIP)})
		return err
	})
}

// ProposeReset proposes to take a member's password and authenticator away
// and to give him new ones (ST-02). The code is as that of ProposeStaff.
// ErrNoStaff, and the refusals of Propose.
func (a *Accounts) ProposeReset(ctx context.Context, o Officer, id string) (secret.Code, error) {
	half := NewHalf()
	return half, a.propose(ctx, func(tx *db.Tx) error {
		if _, err := a.activeMember(ctx, tx, o, id); err != nil {
			return err
		}
		_, err := a.Propose(ctx, tx, o, Proposal{Kind: ReissuingStaff, Object: id, Value: staffWish{Half: a.halfHash(half)}.text()})
		return err
	})
}

// ChangeRoles gives a member other roles: fewer at once, more when a second
// person has confirmed it (impostor 17). now tells which. ErrNoStaff,
// ErrStaffForm, and the refusals of Propose.
func (a *Accounts) ChangeRoles(ctx context.Context, o Officer, id string, roles []Role) (now bool, err error) {
	if err := checkRoles(roles); err != nil {
		return false, err
	}
	return now, a.propose(ctx, func(tx *db.Tx) error {
		m, err := a.activeMember(ctx, tx, o, id)
		if err != nil {
			return err
		}
		if now = within(roles, m.Roles); now {
			return a.giveRoles(ctx, tx, m, roles, o.Actor, "Dikurangi oleh "+o.Name+".")
		}
		_, err = a.Propose(ctx, tx, o, Proposal{Kind: ChangingRoles, Object: id, Value: staffWish{Roles: roles}.text(), Standing: joinRoles(m.Roles)})
		return err
	})
}

// ChangeUnits says whose requests a member sees: fewer units at once, more
// when a second person has confirmed it. No units stand for all. ErrNoStaff,
// ErrUnit, and the refusals of Propose.
func (a *Accounts) ChangeUnits(ctx context.Context, o Officer, id string, units []string) (now bool, err error) {
	units = tidyUnits(units)
	return now, a.propose(ctx, func(tx *db.Tx) error {
		m, err := a.activeMember(ctx, tx, o, id)
		if err == nil {
			err = knownUnits(ctx, tx, o.Agency, units)
		}
		if err != nil {
			return err
		}
		if now = len(units) > 0 && (len(m.Units) == 0 || within(units, m.Units)); now {
			return a.giveUnits(ctx, tx, m, units, o.Actor)
		}
		_, err = a.Propose(ctx, tx, o, Proposal{Kind: ChangingUnits, Object: id, Value: staffWish{Units: units}.text(), Standing: joinUnits(m.Units)})
		return err
	})
}

// DisableMember closes a staff account of the officer's agency at once
// (ST-07). ErrNoStaff, ErrProposalRole, ErrProposalSelf.
func (a *Accounts) DisableMember(ctx context.Context, o Officer, id string) error {
	return a.propose(ctx, func(tx *db.Tx) error {
		m, err := a.activeMember(ctx, tx, o, id)
		if err != nil {
			return err
		}
		return a.disable(ctx, tx, m, o.Actor)
	})
}

func (a *Accounts) propose(ctx context.Context, do func(*db.Tx) error) error {
	if err := a.db.Write(ctx, do); err != nil {
		return fmt.Errorf("accounts: staff: %w", err)
	}
	return nil
}

// activeMember is whom an admin may do something to: of his agency, not
// disabled, and not himself.
func (a *Accounts) activeMember(ctx context.Context, tx *db.Tx, o Officer, id string) (Member, error) {
	m, err := a.memberOf(ctx, tx, o.Agency, id)
	switch {
	case err != nil:
		return m, err
	case !o.Has(Admin):
		return m, ErrProposalRole
	case m.ID == o.ID:
		return m, ErrProposalSelf
	case m.DisabledAt != 0:
		return m, ErrNoStaff
	}
	return m, nil
}

func within[T comparable](fewer, all []T) bool {
	return !slices.ContainsFunc(fewer, func(one T) bool { return !slices.Contains(all, one) })
}

func (a *Accounts) giveUnits(ctx context.Context, tx *db.Tx, m Member, units []string, by audit.Actor) error {
	if err := tx.One(ctx, updateUnits, m.ID, joinUnits(m.Units), joinUnits(units)); err != nil {
		return err
	}
	if err := a.withdrawSummary(ctx, tx, m.ID, by); err != nil { // which tells of other units
		return err
	}
	text := "Sekarang melihat permohonan semua unit."
	if len(units) > 0 {
		text = "Sekarang hanya melihat permohonan unit: " + joinWords(units) + "."
	}
	return a.reportStaff(ctx, tx, audit.StaffUnits, m, by, text)
}
