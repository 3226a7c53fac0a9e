package accounts

import (
	"context"
	"errors"

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
	if problems := a.CheckPassword(f.Password, about); len(problems) > 0 {
		return Setup{Name: m.Name, Problems: problems}, nil
	}
	phc, err := a.hasher.Hash(ctx, f.Password)
	if err != nil {
		return Setup{}, err
	}
	s := Setup{Browser: secret.NewToken(), NIP: m.NIP, Name: m.Name, Secret: otp.NewSecret()}
	return s, a.db.Write(ctx, func(tx *db.Tx) error {
		sealed := a.keys.Seal(staffPendingPlace(m.ID), s.Secret)
		if err := tx.One(ctx, beginStaffSetup, m.ID, a.setupHash(f.Code), tx.Now, s.Browser.Hash(), phc, sealed); err != nil {
			return orSetup(err)
		}
		return audit.Append(ctx, tx, audit.Event{Actor: by, Action: audit.StaffEnrolled, Object: m.ID, Result: "begun"})
	})
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

func (a *Accounts) bySetup(ctx context.Context, find string, hash []byte) (m Member, err error) {
	err = a.db.Read(ctx, func(tx *db.Tx) error {
		m, err = a.setupMember(ctx, tx, find, hash)
		return err
	})
	return m, err
}

func (a *Accounts) setupMember(ctx context.Context, tx *db.Tx, find string, hash []byte) (Member, error) {
	m, err := a.staffMember(ctx, tx, find, hash)
	if errors.Is(err, ErrNoStaff) || err == nil && m.SetupUntil <= tx.Now {
		return m, ErrSetup
	}
	return m, err
}

// orSetup tells that a set-up was spent or begun anew meanwhile from a fault.
func orSetup(err error) error {
	if errors.Is(err, db.ErrConflict) {
		return ErrSetup
	}
	return err
}

func staffPlace(id string) string        { return "staff|secret|" + id }
func staffPendingPlace(id string) string { return "staff|pending_secret|" + id }
