package accounts

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"time"

	"pulih/audit"
	"pulih/db"
	"pulih/secret"
)

// Errors of setting up staff.
var (
	// ErrStaffForm says what is wrong with a new member's data.
	ErrStaffForm = errors.New("accounts: staff data")
	// ErrStaffExists says that the NIP has a staff account already: one
	// each, or a person could be his own second eyes (impostor 17).
	ErrStaffExists = errors.New("accounts: this NIP has a staff account")
	// ErrNoStaff says that no member of staff has the NIP or id.
	ErrNoStaff = errors.New("accounts: no such member of staff")
)

const (
	setupChars = 26 // 130 bit; ST-03 asks for 128
	setupLife  = time.Hour
)

// NewStaff is a member to be. Agency may be "" for the one of the settings.
type NewStaff struct {
	NIP    secret.NIP
	Name   string
	Email  secret.Email
	Agency string
	Roles  []Role
	Units  []string // whose requests he sees; none are all of the agency
}

// AddStaff enters a member of staff, or one who was disabled again, and gives
// the code with which he sets up password and authenticator within an hour.
// It is for the console: there is no default account, and every supervisor is
// mailed (ST-03, impostor 17). ErrStaffForm, ErrStaffExists.
func (a *Accounts) AddStaff(ctx context.Context, n NewStaff, by audit.Actor) (secret.Code, error) {
	if err := n.complete(a.agency); err != nil {
		return "", err
	}
	code := secret.NewCode(setupChars)
	err := a.db.Write(ctx, func(tx *db.Tx) error { return a.addStaff(ctx, tx, n, a.setupHash(code), by) })
	if err != nil {
		return "", fmt.Errorf("accounts: add staff: %w", err)
	}
	return code, nil
}

func (a *Accounts) addStaff(ctx context.Context, tx *db.Tx, n NewStaff, setup []byte, by audit.Actor) error {
	id, err := a.enterStaff(ctx, tx, n, by)
	if err != nil {
		return err
	}
	m, err := a.staffMember(ctx, tx, selectStaffByID, id)
	if err != nil {
		return err
	}
	if err := a.openSetup(ctx, tx, m, setup); err != nil {
		return err
	}
	return a.reportStaff(ctx, tx, audit.StaffAdded, m, by, "Ditambahkan sebagai petugas dengan peran: "+joinRoles(n.Roles)+".")
}

func (n *NewStaff) complete(agency string) error {
	nip, _, err := ParseNIP(string(n.NIP))
	if err != nil {
		return fmt.Errorf("%w: %w", ErrStaffForm, err)
	}
	email, ok := ParseEmail(string(n.Email))
	if !ok {
		return fmt.Errorf("%w: the email is not an address", ErrStaffForm)
	}
	n.NIP, n.Email, n.Name, n.Units = nip, email, oneLine(n.Name), tidyUnits(n.Units)
	if n.Agency = oneLine(n.Agency); n.Agency == "" {
		n.Agency = agency
	}
	if n.Name == "" || n.Agency == "" {
		return fmt.Errorf("%w: name and agency must not be empty", ErrStaffForm)
	}
	return checkRoles(n.Roles)
}

func checkRoles(roles []Role) error {
	for i, r := range roles {
		if !slices.Contains(Roles, r) || slices.Contains(roles[:i], r) {
			return fmt.Errorf("%w: role %q; there are %s", ErrStaffForm, r, joinRoles(Roles))
		}
	}
	if len(roles) == 0 {
		return fmt.Errorf("%w: a role is missing", ErrStaffForm)
	}
	return nil
}

// enterStaff writes the row, and gives an approver his number: only the first
// two ever approve at once.
func (a *Accounts) enterStaff(ctx context.Context, tx *db.Tx, n NewStaff, by audit.Actor) (id string, err error) {
	m, err := a.staffMember(ctx, tx, selectStaffByNIP, n.NIP)
	switch {
	case errors.Is(err, ErrNoStaff):
		id = db.NewID()
		err = tx.One(ctx, insertStaff, id, n.NIP, n.Name, n.Email, n.Agency, joinRoles(n.Roles), []byte{}, tx.Now, joinUnits(n.Units))
	case err == nil && (m.DisabledAt == 0 || m.Agency != n.Agency && by.Kind != audit.Console):
		err = ErrStaffExists // only the console moves somebody to another agency (ST-04)
	case err == nil:
		id = m.ID
		err = tx.One(ctx, reviveStaff, id, n.Name, n.Email, n.Agency, joinRoles(n.Roles), joinUnits(n.Units))
	}
	if err == nil && slices.Contains(n.Roles, Approver) {
		err = numberApprover(ctx, tx, id, by)
	}
	return id, err
}

// numberApprover gives an approver his number. The first two are set up on
// the console; whoever comes over the web waits like everybody later
// (impostor 17).
func numberApprover(ctx context.Context, tx *db.Tx, id string, by audit.Actor) error {
	number := numberAnyApprover
	if by.Kind != audit.Console {
		number = numberLaterApprover
	}
	_, err := tx.Exec(ctx, number, id)
	return err
}

// openSetup ends what he signed in with until now, at once, and lets him set
// it up anew with the code of that hash.
func (a *Accounts) openSetup(ctx context.Context, tx *db.Tx, m Member, setup []byte) error {
	if err := tx.One(ctx, openStaffSetup, m.ID, setup, tx.Now.Add(setupLife), []byte{}); err != nil {
		return err
	}
	return a.EndSessions(ctx, tx, StaffSession, m.ID)
}
