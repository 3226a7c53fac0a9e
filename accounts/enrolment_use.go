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

// codeTries is how many codes of the new device may be wrong before the
// enrolment begins again with another secret.
const codeTries = 10

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

// ConfirmDevice binds the new device when its code is right: what allowed it
// is used, the old devices are dead (ET-07) unless the owner adds a second,
// sessions and resets end, everybody is told, all in tx. A wrong code is a
// result. ErrNoEnrolment, ErrDeviceName, ErrDeviceTaken, ErrDevices.
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
		return a.wrongCode(ctx, tx, p, code, actor)
	}
	device, err := a.bind(ctx, tx, p, f, step, actor)
	if err != nil {
		return Confirmed{}, fmt.Errorf("accounts: confirm device: %w", err)
	}
	return Confirmed{OK: true, Device: device}, nil
}

func (a *Accounts) wrongCode(ctx context.Context, tx *db.Tx, p Pending, code string, actor audit.Actor) (Confirmed, error) {
	var tries int
	err := tx.Row(ctx, countWrongCode, p.ID, codeTries).Scan(&tries)
	if errors.Is(err, db.ErrNotFound) {
		return Confirmed{}, ErrNoEnrolment
	}
	if err == nil && tries >= codeTries {
		err = tx.One(ctx, endEnrolment, p.ID, []byte{})
	}
	if err == nil {
		err = audit.Append(ctx, tx, audit.Event{Actor: actor, Action: audit.DeviceTried, Person: p.Person.ID, Object: p.ID, Result: audit.Refused})
	}
	if err != nil {
		return Confirmed{}, fmt.Errorf("accounts: confirm device: %w", err)
	}
	offset, _ := otp.Near(p.Secret, code, tx.Now.Time())
	return Confirmed{Offset: offset, Left: codeTries - tries}, nil
}

func (a *Accounts) bind(ctx context.Context, tx *db.Tx, p Pending, f ConfirmForm, step int64, actor audit.Actor) (string, error) {
	if err := tx.One(ctx, lockAccount, p.Person.ID); err != nil {
		return "", err
	}
	if err := a.useAllowance(ctx, tx, p, f.Token); err != nil {
		return "", err
	}
	if p.Via != ByOwner {
		if err := a.endDevices(ctx, tx, p.Person.ID, actor); err != nil {
			return "", err
		}
	}
	device, err := a.AddDevice(ctx, tx, NewDevice{p.Person.ID, f.Name, string(p.Via), p.Secret, step}, actor)
	if err != nil {
		return "", err
	}
	if err := a.endOldWays(ctx, tx, p, actor); err != nil {
		return "", err
	}
	if err := a.liftBlock(ctx, tx, p, actor); err != nil {
		return "", err
	}
	return device, a.tellEnrolled(ctx, tx, p, device, f.Number)
}

// useAllowance spends the enrolment and what allowed it, each by
// compare-and-swap.
func (a *Accounts) useAllowance(ctx context.Context, tx *db.Tx, p Pending, token secret.Token) error {
	err := tx.One(ctx, useEnrolment, p.ID, tx.Now, token.Hash(), []byte{})
	switch {
	case err != nil:
	case p.Via == ByPass:
		err = tx.One(ctx, usePass, p.Source, tx.Now)
	case p.Via == BySelf:
		err = a.spendAlone(ctx, tx, p)
	case p.Via == ByActivation:
		err = a.useActivation(ctx, tx, p)
	case p.Via == ByOwner:
		err = a.ownerMay(ctx, tx, p)
	}
	if errors.Is(err, db.ErrConflict) {
		return ErrNoEnrolment
	}
	return err
}

// endOldWays ends sessions, resets and, with a new password, the old one. A
// second device of the owner replaces nothing, and ends all sessions but his
// (SE-04).
func (a *Accounts) endOldWays(ctx context.Context, tx *db.Tx, p Pending, actor audit.Actor) error {
	if p.Via == ByOwner {
		return a.endOthers(ctx, tx, p.Person.ID, p.Source)
	}
	if err := tx.One(ctx, forgetOTPOfNewDevice, p.Person.ID); err != nil {
		return err
	}
	switch {
	case p.Via == ByActivation:
		return a.finishActivation(ctx, tx, p, actor)
	case p.NewPassword:
		return a.setByPass(ctx, tx, p, actor)
	}
	if err := a.endResets(ctx, tx, p.Person.ID); err != nil {
		return err
	}
	return a.EndSessions(ctx, tx, AccountSession, p.Person.ID)
}

// liftBlock ends what "Bukan saya" has begun, when two people have seen the
// originals at the counter: "two staff lift it" (impostor 2).
func (a *Accounts) liftBlock(ctx context.Context, tx *db.Tx, p Pending, actor audit.Actor) error {
	n, err := tx.Exec(ctx, liftBlock, p.Person.ID, p.Source, tx.Now)
	if err != nil || n == 0 {
		return err
	}
	return audit.Append(ctx, tx, audit.Event{Actor: actor, Action: audit.Unblocked, Person: p.Person.ID, Object: p.Source})
}

// toldOf is the notice of each way. Where a password came with the device and
// has a notice of its own, both have the same object: whichever is pressed
// takes back the whole enrolment (impostor 2).
var toldOf = map[EnrolmentVia]mail.What{
	ByPass: mail.DeviceAdded, BySelf: mail.DeviceAdded, ByOwner: mail.DeviceSecond, ByActivation: mail.AccountActivated,
}

func (a *Accounts) tellEnrolled(ctx context.Context, tx *db.Tx, p Pending, device, number string) error {
	_, err := a.Notify(ctx, tx, p.Person, Notification{What: toldOf[p.Via], Object: device, Number: number})
	if err != nil || !p.NewPassword || p.Via == ByActivation {
		return err
	}
	_, err = a.Notify(ctx, tx, p.Person, Notification{What: mail.PasswordChanged, Object: device, Number: number})
	return err
}
