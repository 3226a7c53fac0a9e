package accounts

import (
	"context"
	"errors"
	"fmt"

	"pulih/audit"
	"pulih/db"
	"pulih/mail"
	"pulih/otp"
	"pulih/secret"
)

// ErrNoEnrolment says that no enrolment is under way in this browser: it was
// never begun, is finished, was begun again elsewhere, or took too long.
var ErrNoEnrolment = errors.New("accounts: no enrolment under way")

// codeTries is how many codes of the new device may be wrong before the
// enrolment begins again with another secret.
const codeTries = 10

// Pending is an enrolment under way: what the page shows. It is the only
// moment at which a secret is shown (SC-04).
type Pending struct {
	Pass, Ticket string
	Person       Person
	Secret       otp.Secret
	NewPassword  bool // a new password is set as well
	Until        db.Time

	row pass
}

// Pending reads the enrolment of a browser. ErrNoEnrolment.
func (a *Accounts) Pending(ctx context.Context, tx *db.Tx, token secret.Token) (Pending, error) {
	row, err := scanPass(tx.Row(ctx, selectPending, token.Hash(), tx.Now))
	if errors.Is(err, db.ErrNotFound) {
		return Pending{}, ErrNoEnrolment
	}
	if err != nil {
		return Pending{}, fmt.Errorf("accounts: pending: %w", err)
	}
	raw, err := a.keys.Open(pendingPlace(row.ID), row.sealed)
	if err != nil {
		return Pending{}, fmt.Errorf("accounts: pending: %w", err)
	}
	person, err := a.Person(ctx, tx, row.Person)
	return Pending{Pass: row.ID, Ticket: row.Ticket, Person: person, Secret: raw,
		NewPassword: row.password != "", Until: row.PendingUntil, row: row}, err
}

// ConfirmForm proves a new device. Number is the request's, for the notice.
type ConfirmForm struct {
	Token  secret.Token
	Code   string
	Name   string // of the device, 1 to 40 characters
	Number string
}

// Confirmed is the answer. Offset is how many half minutes the phone is
// early (above zero) or late when the code was near; Left counts the codes
// that may still be wrong.
type Confirmed struct {
	OK     bool
	Offset int
	Left   int
	Device string
}

// ConfirmDevice binds the new device when its code is right: the pass is
// used, the old devices are dead, sessions and resets end, everybody is told,
// all in tx (ET-07). A wrong code is a result. ErrNoEnrolment, ErrDeviceName.
func (a *Accounts) ConfirmDevice(ctx context.Context, tx *db.Tx, f ConfirmForm, actor audit.Actor) (Confirmed, error) {
	p, err := a.Pending(ctx, tx, f.Token)
	if err != nil {
		return Confirmed{}, err
	}
	if _, err := deviceName(f.Name); err != nil {
		return Confirmed{}, err
	}
	code, sixDigits := otp.Clean(f.Code)
	step, ok := otp.Verify(p.Secret, code, tx.Now.Time())
	if !ok || !sixDigits {
		return a.wrongCode(ctx, tx, p, code)
	}
	device, err := a.bind(ctx, tx, p, f, step, actor)
	if err != nil {
		return Confirmed{}, fmt.Errorf("accounts: confirm device: %w", err)
	}
	return Confirmed{OK: true, Device: device}, nil
}

func (a *Accounts) wrongCode(ctx context.Context, tx *db.Tx, p Pending, code string) (Confirmed, error) {
	var tries int
	err := tx.Row(ctx, countWrongCode, p.Pass, codeTries).Scan(&tries)
	if errors.Is(err, db.ErrNotFound) {
		return Confirmed{}, ErrNoEnrolment
	}
	if err == nil && tries >= codeTries {
		err = tx.One(ctx, closePending, p.Pass, []byte{})
	}
	if err != nil {
		return Confirmed{}, fmt.Errorf("accounts: confirm device: %w", err)
	}
	offset, _ := otp.Near(p.Secret, code, tx.Now.Time())
	return Confirmed{Offset: offset, Left: codeTries - tries}, nil
}

func (a *Accounts) bind(ctx context.Context, tx *db.Tx, p Pending, f ConfirmForm, step int64, actor audit.Actor) (string, error) {
	err := tx.One(ctx, usePass, p.Pass, tx.Now, []byte{}, f.Token.Hash())
	if errors.Is(err, db.ErrConflict) {
		return "", ErrNoEnrolment
	}
	if err != nil {
		return "", err
	}
	if err := a.endDevices(ctx, tx, p.Person.ID, actor); err != nil {
		return "", err
	}
	device, err := a.AddDevice(ctx, tx, NewDevice{p.Person.ID, f.Name, "pass", p.Secret, step}, actor)
	if err != nil {
		return "", err
	}
	if err := a.endOldWays(ctx, tx, p); err != nil {
		return "", err
	}
	return device, a.tellEnrolled(ctx, tx, p, device, f.Number)
}

// endOldWays ends sessions, resets and, with a new password, the old one.
func (a *Accounts) endOldWays(ctx context.Context, tx *db.Tx, p Pending) error {
	if err := tx.One(ctx, forgetOTPOfNewDevice, p.Person.ID); err != nil {
		return err
	}
	if p.NewPassword {
		return a.SetPassword(ctx, tx, p.Person.ID, p.row.password, ViaEnrolment)
	}
	if err := a.endResets(ctx, tx, p.Person.ID); err != nil {
		return err
	}
	return a.EndSessions(ctx, tx, AccountSession, p.Person.ID)
}

// tellEnrolled gives both notices the same object: whichever is pressed takes
// back the whole enrolment (impostor 2).
func (a *Accounts) tellEnrolled(ctx context.Context, tx *db.Tx, p Pending, device, number string) error {
	_, err := a.Notify(ctx, tx, p.Person, Notification{What: mail.DeviceAdded, Object: device, Number: number})
	if err != nil || !p.NewPassword {
		return err
	}
	_, err = a.Notify(ctx, tx, p.Person, Notification{What: mail.PasswordChanged, Object: device, Number: number})
	return err
}
