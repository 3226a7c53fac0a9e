package accounts

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"
	"time"

	"pulih/audit"
	"pulih/db"
	"pulih/secret"
)

// approveAfter is how long a new approver waits (impostor 17).
const approveAfter = 72 * time.Hour

// Member is a member of staff as the console lists him. EnrolledAt is when he
// set up password and authenticator, DisabledAt when he was disabled,
// SetupUntil until when his set-up code holds; 0 stands for never.
type Member struct {
	Staff
	Email      secret.Email
	EnrolledAt db.Time
	DisabledAt db.Time
	SetupUntil db.Time

	approverNo    int64
	password      string
	secret        []byte
	pendingSecret []byte
}

// Members lists all staff, the disabled too.
func (a *Accounts) Members(ctx context.Context) (all []Member, err error) {
	err = a.db.Read(ctx, func(tx *db.Tx) error {
		all, err = db.All(ctx, tx, scanMember, selectAllStaff)
		return err
	})
	return all, err
}

// DisableStaff closes a staff account: sessions and set-up end with the same
// commit, so that his next request is refused (ST-07, SE-05). ErrNoStaff.
func (a *Accounts) DisableStaff(ctx context.Context, nip secret.NIP, by audit.Actor) error {
	return a.changeStaff(ctx, nip, func(tx *db.Tx, m Member) error { return a.disable(ctx, tx, m, by) })
}

func (a *Accounts) disable(ctx context.Context, tx *db.Tx, m Member, by audit.Actor) error {
	if err := tx.One(ctx, disableStaff, m.ID, tx.Now, []byte{}); err != nil {
		return err
	}
	if err := a.EndSessions(ctx, tx, StaffSession, m.ID); err != nil {
		return err
	}
	if _, err := tx.Exec(ctx, endSummary, m.ID); err != nil { // who comes back asks for it again
		return err
	}
	if err := a.withdrawSummary(ctx, tx, m.ID, by); err != nil {
		return err
	}
	return a.reportStaff(ctx, tx, audit.StaffDisabled, m, by, "Akun ini dinonaktifkan.")
}

// ResetStaffMFA takes password and authenticator away, at once, and gives a
// new set-up code. There is no way for staff to do this themselves (ST-02).
// An approver waits again after it. ErrNoStaff.
func (a *Accounts) ResetStaffMFA(ctx context.Context, nip secret.NIP, by audit.Actor) (secret.Code, error) {
	code := secret.NewCode(setupChars)
	err := a.changeStaff(ctx, nip, func(tx *db.Tx, m Member) error {
		return a.resetStaff(ctx, tx, m, a.setupHash(code), by)
	})
	if err != nil {
		return "", err
	}
	return code, nil
}

func (a *Accounts) resetStaff(ctx context.Context, tx *db.Tx, m Member, setup []byte, by audit.Actor) error {
	if err := a.openSetup(ctx, tx, m, setup); err != nil {
		return err
	}
	return a.reportStaff(ctx, tx, audit.StaffReset, m, by, "Kata sandi dan autentikator dihapus. Kode aktivasi baru diterbitkan.")
}

// SetRoles gives a member other roles. He signs in anew with them (SE-01); as
// a new approver he waits. ErrNoStaff, ErrStaffForm.
func (a *Accounts) SetRoles(ctx context.Context, nip secret.NIP, roles []Role, by audit.Actor) error {
	if err := checkRoles(roles); err != nil {
		return err
	}
	return a.changeStaff(ctx, nip, func(tx *db.Tx, m Member) error {
		return a.giveRoles(ctx, tx, m, roles, by, "")
	})
}

// giveRoles changes his roles and tells of it; people says who agreed.
func (a *Accounts) giveRoles(ctx context.Context, tx *db.Tx, m Member, roles []Role, by audit.Actor, people string) error {
	if err := a.setRoles(ctx, tx, m, roles, by); err != nil {
		return err
	}
	text := fmt.Sprintf("Peran berubah dari %s menjadi %s. %s", joinRoles(m.Roles), joinRoles(roles), people)
	m.Roles = roles
	return a.reportStaff(ctx, tx, audit.StaffRoles, m, by, strings.TrimSpace(text))
}

func (a *Accounts) setRoles(ctx context.Context, tx *db.Tx, m Member, roles []Role, by audit.Actor) error {
	err := tx.One(ctx, updateRoles, m.ID, joinRoles(m.Roles), joinRoles(roles), approvesFrom(m, roles, tx.Now))
	if err != nil {
		return err
	}
	if slices.Contains(roles, Approver) {
		if err := numberApprover(ctx, tx, m.ID, by); err != nil {
			return err
		}
	}
	if !slices.Contains(roles, Supervisor) {
		if err := a.withdrawSummary(ctx, tx, m.ID, by); err != nil {
			return err
		}
	}
	return a.EndSessions(ctx, tx, StaffSession, m.ID)
}

// approvesFrom keeps what an approver has, and makes a new one wait. Before
// he is enrolled, enrolment decides.
func approvesFrom(m Member, roles []Role, now db.Time) db.Time {
	switch {
	case !slices.Contains(roles, Approver) || m.EnrolledAt == 0:
		return 0
	case m.Has(Approver):
		return m.ApprovesFrom
	}
	return now.Add(approveAfter)
}

func (a *Accounts) changeStaff(ctx context.Context, nip secret.NIP, change func(*db.Tx, Member) error) error {
	err := a.db.Write(ctx, func(tx *db.Tx) error {
		m, err := a.staffMember(ctx, tx, selectStaffByNIP, nip)
		if err == nil && m.DisabledAt != 0 {
			err = ErrNoStaff
		}
		if err != nil {
			return err
		}
		return change(tx, m)
	})
	if err != nil {
		return fmt.Errorf("accounts: staff: %w", err)
	}
	return nil
}

func (a *Accounts) staffMember(ctx context.Context, tx *db.Tx, find string, by any) (Member, error) {
	m, err := scanMember(tx.Row(ctx, find, by))
	if errors.Is(err, db.ErrNotFound) {
		return m, ErrNoStaff
	}
	return m, err
}

// StaffName is what a ticket shows of who handled it. ErrNoStaff.
func (a *Accounts) StaffName(ctx context.Context, tx *db.Tx, id string) (string, error) {
	m, err := a.staffMember(ctx, tx, selectStaffByID, id)
	return m.Name, err
}
