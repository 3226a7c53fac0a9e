package accounts

import (
	"context"
	"errors"
	"fmt"

	"pulih/audit"
	"pulih/db"
	"pulih/secret"
)

// StaffForm is what is typed at /petugas/masuk, all on one screen. NIP is as
// typed. Network and Agent say where it comes from.
type StaffForm struct {
	NIP      string
	Password secret.Password
	OTP      string
	Network  string
	Agent    string
}

// StaffResult is what became of a sign-in of staff.
type StaffResult string

// The results. Which of the three was wrong is never told.
const (
	StaffOK     StaffResult = "ok"
	StaffWrong  StaffResult = "wrong"
	StaffPaused StaffResult = "paused" // too many tries for this NIP from here; see Until
)

// StaffSignedIn is the answer. Token is for the cookie. Hint tells a set-up
// under way why a code was wrong: early, late or wrong; a sign-in has none.
type StaffSignedIn struct {
	Result StaffResult
	Token  secret.Token
	Until  db.Time
	Hint   string
}

// staffPassword names the counter that delays a NIP from one network
// (impostor 13).
const staffPassword = "staff.password"

// staffTry is a sign-in under way: whose it is, whether the password is right,
// and until when the pause runs.
type staffTry struct {
	form   StaffForm
	member Member
	right  bool
	until  db.Time
}

// StaffSignIn signs a member of staff in: the try is counted first, then one
// Argon2 runs whether the NIP is known or not, then the code counts, used
// once. ErrBusy.
func (a *Accounts) StaffSignIn(ctx context.Context, f StaffForm, by audit.Actor) (s StaffSignedIn, err error) {
	if nip, _, err := ParseNIP(f.NIP); err == nil {
		f.NIP = string(nip)
	}
	t, err := a.beginStaffSignIn(ctx, f)
	if err == nil && t.until == 0 {
		t.right, err = a.hasher.Verify(ctx, t.member.password, f.Password)
	}
	if err == nil {
		err = a.db.Write(ctx, func(tx *db.Tx) error {
			s, err = a.endStaffSignIn(ctx, tx, t, by)
			return err
		})
	}
	if err != nil {
		return StaffSignedIn{}, fmt.Errorf("accounts: staff sign-in: %w", err)
	}
	return s, nil
}

func (a *Accounts) beginStaffSignIn(ctx context.Context, f StaffForm) (t staffTry, err error) {
	t.form = f
	err = a.db.Write(ctx, func(tx *db.Tx) (err error) {
		if t.until, _, err = a.attempt(ctx, tx, staffPassword, f.NIP, f.Network); err != nil {
			return err
		}
		t.member, err = a.staffMember(ctx, tx, selectStaffByNIP, secret.NIP(f.NIP))
		if errors.Is(err, ErrNoStaff) {
			return nil
		}
		return err
	})
	return t, err
}

func (a *Accounts) endStaffSignIn(ctx context.Context, tx *db.Tx, t staffTry, by audit.Actor) (StaffSignedIn, error) {
	s, err := a.judgeStaff(ctx, tx, t)
	if err != nil {
		return s, err
	}
	if s.Result == StaffOK {
		by.Kind, by.ID = audit.Staff, t.member.ID
	}
	return s, audit.Append(ctx, tx, audit.Event{Actor: by, Action: audit.StaffSignIn, Object: t.member.ID, Result: string(s.Result)})
}

func (a *Accounts) judgeStaff(ctx context.Context, tx *db.Tx, t staffTry) (StaffSignedIn, error) {
	wrong := StaffSignedIn{Result: StaffWrong}
	if t.until != 0 {
		return StaffSignedIn{Result: StaffPaused, Until: t.until}, nil
	}
	if !t.right {
		return wrong, nil
	}
	m, err := a.staffMember(ctx, tx, selectStaffByID, t.member.ID)
	if err != nil || m.DisabledAt != 0 || m.password != t.member.password { // changed while it was computed
		return wrong, err
	}
	if ok, err := a.useStaffOTP(ctx, tx, m, t.form.OTP); err != nil || !ok {
		return wrong, err
	}
	if err := a.forgive(ctx, tx, staffPassword, t.form.NIP, t.form.Network); err != nil {
		return wrong, err
	}
	token, err := a.NewSession(ctx, tx, Session{Kind: StaffSession, Owner: m.ID, Network: t.form.Network, Agent: t.form.Agent})
	return StaffSignedIn{Result: StaffOK, Token: token}, err
}

// StaffBySession is who the cookie signs in, with the roles that he has at
// this moment (ST-07). ErrNoSession.
func (a *Accounts) StaffBySession(ctx context.Context, token secret.Token) (Staff, error) {
	session, err := a.Session(ctx, StaffSession, token)
	if err != nil {
		return Staff{}, err
	}
	var m Member
	err = a.db.ReadOne(ctx, func(tx *db.Tx) error {
		m, err = a.staffMember(ctx, tx, selectStaffByID, session.Owner)
		return err
	})
	if errors.Is(err, ErrNoStaff) || err == nil && m.DisabledAt != 0 {
		return Staff{}, ErrNoSession
	}
	m.Session = session.ID
	return m.Staff, err
}
