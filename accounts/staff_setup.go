package accounts

import (
	"context"
	"errors"
	"fmt"
	"slices"

	"pulih/audit"
	"pulih/db"
	"pulih/otp"
	"pulih/secret"
)

// ErrSetup says that a set-up code or its cookie opens nothing: wrong, past
// its hour, used, or begun anew in another browser.
var ErrSetup = errors.New("accounts: set-up code does not hold")

// SetupForm is the first step of a set-up.
type SetupForm struct {
	Code     secret.Code
	Password secret.Password
}

// Setup is a set-up under way. Browser is for the cookie; only the browser
// that holds it goes on. Problems, when there are any, are what is wrong with
// the password, and then nothing has begun.
type Setup struct {
	Browser  secret.Token
	NIP      secret.NIP
	Name     string
	Secret   otp.Secret
	Problems []string
}

// BeginStaffSetup takes the set-up code and a password, and makes the secret
// that the authenticator is to hold. Nothing holds before FinishStaffSetup.
// ErrSetup, ErrBusy.
func (a *Accounts) BeginStaffSetup(ctx context.Context, f SetupForm, by audit.Actor) (Setup, error) {
	m, err := a.bySetup(ctx, selectStaffBySetup, a.setupHash(f.Code))
	if err != nil {
		return Setup{}, err
	}
	about := Person{NIP: m.NIP, Name: m.Name, Agency: m.Agency, Email: m.Email}
	if problems := CheckPassword(f.Password, about); len(problems) > 0 {
		return Setup{Name: m.Name, Problems: problems}, nil
	}
	phc, err := a.hasher.Hash(ctx, f.Password)
	if err != nil {
		return Setup{}, err
	}
	s := Setup{Browser: secret.NewToken(), NIP: m.NIP, Name: m.Name, Secret: otp.NewSecret()}
	err = a.db.Write(ctx, func(tx *db.Tx) error {
		sealed := a.keys.Seal(staffPendingPlace(m.ID), s.Secret)
		if err := tx.One(ctx, beginStaffSetup, m.ID, a.setupHash(f.Code), tx.Now, s.Browser.Hash(), phc, sealed); err != nil {
			return ErrSetup
		}
		return audit.Append(ctx, tx, audit.Event{Actor: by, Action: audit.StaffEnrolled, Object: m.ID, Result: "begun"})
	})
	return s, err
}

// StaffSetup is the set-up that a browser has begun, to be shown again.
// ErrSetup.
func (a *Accounts) StaffSetup(ctx context.Context, browser secret.Token) (Setup, error) {
	m, err := a.bySetup(ctx, selectStaffByBrowser, browser.Hash())
	if err != nil {
		return Setup{}, err
	}
	key, err := a.keys.Open(staffPendingPlace(m.ID), m.pendingSecret)
	return Setup{Browser: browser, NIP: m.NIP, Name: m.Name, Secret: key}, err
}

// FinishStaffSetup proves the authenticator with a code: then password and
// secret hold, the set-up code is dead, and he is signed in. Of the form it
// reads OTP, Network and Agent. ErrSetup.
func (a *Accounts) FinishStaffSetup(ctx context.Context, browser secret.Token, f StaffForm, by audit.Actor) (StaffSignedIn, error) {
	var s StaffSignedIn
	err := a.db.Write(ctx, func(tx *db.Tx) error {
		m, err := a.staffMember(ctx, tx, selectStaffByBrowser, browser.Hash())
		if err != nil || m.SetupUntil <= tx.Now {
			return ErrSetup
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
	sealed := a.keys.Seal(staffPlace(m.ID), key)
	if err := tx.One(ctx, finishStaffSetup, m.ID, tx.Now, sealed, step, enrolledApprover(m, tx.Now), []byte{}, p.browser.Hash()); err != nil {
		return StaffSignedIn{}, err
	}
	if err := a.reportStaff(ctx, tx, audit.StaffEnrolled, m, p.by, "Kata sandi dan autentikator baru sudah dipasang."); err != nil {
		return StaffSignedIn{}, err
	}
	token, err := a.NewSession(ctx, tx, StaffSession, m.ID, p.form.Network, p.form.Agent)
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

func (a *Accounts) bySetup(ctx context.Context, find string, hash []byte) (m Member, err error) {
	err = a.db.Read(ctx, func(tx *db.Tx) error {
		m, err = a.staffMember(ctx, tx, find, hash)
		if errors.Is(err, ErrNoStaff) || err == nil && m.SetupUntil <= tx.Now {
			return ErrSetup
		}
		return err
	})
	return m, err
}

func staffPlace(id string) string        { return "staff|secret|" + id }
func staffPendingPlace(id string) string { return "staff|pending_secret|" + id }
