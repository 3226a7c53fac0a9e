package accounts

import (
	"context"
	"errors"
	"fmt"
	"time"

	"pulih/audit"
	"pulih/db"
	"pulih/otp"
)

// proofLife is how long a fresh OTP lets one act follow (SE-07).
const proofLife = 5 * time.Minute

// StepUp takes a fresh code from somebody signed in, and lets one act follow
// within five minutes. A wrong code is false. ErrNoSession.
func (a *Accounts) StepUp(ctx context.Context, s Staff, typed string, by audit.Actor) (ok bool, err error) {
	err = a.db.Write(ctx, func(tx *db.Tx) error {
		if ok, err = a.stepUp(ctx, tx, s, typed); err != nil {
			return err
		}
		result := audit.Refused
		if ok {
			result = audit.OK
		}
		return audit.Append(ctx, tx, audit.Event{Actor: by, Action: audit.StaffStepUp, Object: s.ID, Result: result})
	})
	if err != nil {
		return false, fmt.Errorf("accounts: step up: %w", err)
	}
	return ok, nil
}

func (a *Accounts) stepUp(ctx context.Context, tx *db.Tx, s Staff, typed string) (bool, error) {
	m, err := a.staffMember(ctx, tx, selectStaffByID, s.ID)
	if errors.Is(err, ErrNoStaff) || err == nil && m.DisabledAt != 0 {
		return false, ErrNoSession
	}
	if err != nil {
		return false, err
	}
	ok, err := a.useStaffOTP(ctx, tx, m, typed)
	if err != nil || !ok {
		return false, err
	}
	err = tx.One(ctx, proveSession, s.Session, tx.Now, s.ID)
	if errors.Is(err, db.ErrConflict) {
		return false, ErrNoSession
	}
	return err == nil, err
}

// SpendProof uses up the fresh OTP of a session: Check, Approve and Issue
// each want one of their own (impostor 17). ErrNoProof.
func (a *Accounts) SpendProof(ctx context.Context, tx *db.Tx, session string) error {
	err := tx.One(ctx, spendProof, session, tx.Now.Add(-proofLife))
	if errors.Is(err, db.ErrConflict) {
		return ErrNoProof
	}
	return err
}

// useStaffOTP is the one place where a code of staff is compared (TV-03). The
// try is counted before, on the locked row, so that parallel guesses wait for
// each other (TV-06); the step is spent by compare-and-swap (TV-02).
func (a *Accounts) useStaffOTP(ctx context.Context, tx *db.Tx, m Member, typed string) (bool, error) {
	code, six := otp.Clean(typed)
	if !six || len(m.secret) == 0 {
		return false, nil
	}
	failures, err := a.countStaffOTP(ctx, tx, m.ID)
	if errors.Is(err, db.ErrNotFound) { // the pause runs, or a hundred were wrong
		return false, nil
	}
	if err != nil {
		return false, err
	}
	ok, err := a.spendStaffStep(ctx, tx, m, code)
	if err != nil || ok {
		return ok, err
	}
	return false, a.afterWrongStaffOTP(ctx, tx, m, failures)
}

func (a *Accounts) countStaffOTP(ctx context.Context, tx *db.Tx, id string) (failures int64, err error) {
	if err := tx.Row(ctx, countStaffOTP, id, tx.Now, stopAfter).Scan(&failures); err != nil {
		return 0, err
	}
	_, err = tx.Exec(ctx, pauseStaffOTP, id, tx.Now.Add(pause(failures)))
	return failures, err
}

func (a *Accounts) spendStaffStep(ctx context.Context, tx *db.Tx, m Member, code string) (bool, error) {
	key, err := a.keys.Open(staffPlace(m.ID), m.secret)
	if err != nil {
		return false, err
	}
	step, ok := otp.Verify(key, code, tx.Now.Time())
	if !ok {
		return false, nil
	}
	n, err := tx.Exec(ctx, spendStaffStep, m.ID, step)
	return n == 1, err
}

// afterWrongStaffOTP tells him that somebody has his password (TV-08).
func (a *Accounts) afterWrongStaffOTP(ctx context.Context, tx *db.Tx, m Member, failures int64) error {
	if failures != tellAfter {
		return nil
	}
	text := fmt.Sprintf("Kode OTP akun petugas %s salah %d kali berturut-turut.\nKata sandinya benar. Jika ini bukan Anda, hubungi admin sekarang.", m.Name, failures)
	return a.tellSupervisors(ctx, tx, "Kode OTP petugas salah berulang kali", text, m.Email)
}
