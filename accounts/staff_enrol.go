package accounts

import (
	"context"
	"fmt"
	"slices"

	"pulih/audit"
	"pulih/db"
	"pulih/otp"
	"pulih/secret"
)

// FinishStaffSetup proves the authenticator with a code: then password and
// secret hold, the set-up code is dead, and he is signed in. Of the form it
// reads OTP, Network and Agent. ErrSetup.
func (a *Accounts) FinishStaffSetup(ctx context.Context, browser secret.Token, f StaffForm, by audit.Actor) (StaffSignedIn, error) {
	var s StaffSignedIn
	err := a.db.Write(ctx, func(tx *db.Tx) error {
		m, err := a.setupMember(ctx, tx, selectStaffByBrowser, browser.Hash())
		if err != nil {
			return err
		}
		by.Kind, by.ID = audit.Staff, m.ID
		s, err = a.finishSetup(ctx, tx, m, setupProof{browser, f, by})
		return err
	})
	if err != nil {
		return StaffSignedIn{}, fmt.Errorf("accounts: finish set-up: %w", err)
	}
	return s, nil
}

type setupProof struct {
	browser secret.Token
	form    StaffForm
	by      audit.Actor
}

func (a *Accounts) finishSetup(ctx context.Context, tx *db.Tx, m Member, p setupProof) (StaffSignedIn, error) {
	key, err := a.keys.Open(staffPendingPlace(m.ID), m.pendingSecret)
	if err != nil {
		return StaffSignedIn{}, err
	}
	code, _ := otp.Clean(p.form.OTP)
	step, ok := otp.Verify(key, code, tx.Now.Time())
	if !ok {
		hint := string(nearby(key, code, tx.Now))
		return StaffSignedIn{Result: StaffWrong, Hint: hint},
			audit.Append(ctx, tx, audit.Event{Actor: p.by, Action: audit.StaffEnrolled, Object: m.ID, Result: hint})
	}
	err = tx.One(ctx, finishStaffSetup, m.ID, tx.Now, a.keys.Seal(staffPlace(m.ID), key), step,
		enrolledApprover(m, tx.Now), []byte{}, p.browser.Hash())
	if err != nil {
		return StaffSignedIn{}, orSetup(err)
	}
	if err := a.reportStaff(ctx, tx, audit.StaffEnrolled, m, p.by, "Kata sandi dan autentikator baru sudah dipasang."); err != nil {
		return StaffSignedIn{}, err
	}
	token, err := a.NewSession(ctx, tx, Session{Kind: StaffSession, Owner: m.ID, Network: p.form.Network, Agent: p.form.Agent})
	return StaffSignedIn{Result: StaffOK, Token: token}, err
}

// enrolledApprover is when he may approve: the first two approvers at once,
// the first time; everybody else after the wait (impostor 17).
func enrolledApprover(m Member, now db.Time) db.Time {
	switch {
	case !slices.Contains(m.Roles, Approver):
		return 0
	case m.approverNo <= 2 && m.EnrolledAt == 0:
		return now
	}
	return now.Add(approveAfter)
}
