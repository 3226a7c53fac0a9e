package accounts

import (
	"context"
	"errors"
	"fmt"

	"pulih/audit"
	"pulih/db"
	"pulih/mail"
	"pulih/secret"
)

// The mistakes of who manages his own authenticators.
var (
	// ErrDevices says that he has as many as he may have.
	ErrDevices = errors.New("accounts: too many devices")
	// ErrLastDevice says that no other device would be left to sign in with.
	ErrLastDevice = errors.New("accounts: last device")
	// ErrDeviceTaken says that another of his devices has that name (ET-13).
	ErrDeviceTaken = errors.New("accounts: device name taken")
)

// MostDevices is how many authenticators a person may have.
const MostDevices = 5

// SecondDevice is the answer to BeginSecondDevice. Enrolment is the token of
// the enrolment's browser, until Ends.
type SecondDevice struct {
	Acted
	Enrolment secret.Token
	Ends      db.Time
}

// BeginSecondDevice lets a person enrol one more authenticator beside those
// he has. ErrDevices, ErrBusy, ErrNoSession.
func (a *Accounts) BeginSecondDevice(ctx context.Context, c Confirmation, actor audit.Actor) (s SecondDevice, err error) {
	s.Acted, err = a.act(ctx, c, actor, func(tx *db.Tx) error {
		if err := a.roomForDevice(ctx, tx, c.Person); err != nil {
			return err
		}
		s.Enrolment, s.Ends, err = a.BeginEnrolment(ctx, tx, NewEnrolment{Person: c.Person, Via: ByOwner, Source: c.Session})
		return err
	})
	return s, err
}

func (a *Accounts) roomForDevice(ctx context.Context, tx *db.Tx, person string) error {
	devices, err := a.Devices(ctx, tx, person)
	if err == nil && len(devices) >= MostDevices {
		return ErrDevices
	}
	return err
}

// ownerMay says whether the session that asked for one more device still
// holds. It ends when somebody says "Bukan saya", and with it this way.
func (a *Accounts) ownerMay(ctx context.Context, tx *db.Tx, p Pending) error {
	if err := tx.One(ctx, holdSession, p.Source, p.Person.ID, tx.Now); err != nil {
		return err
	}
	return a.roomForDevice(ctx, tx, p.Person.ID)
}

// RemoveDevice ends one authenticator, never the last that works. Other
// sessions end and everybody is told (SE-04). ErrLastDevice, db.ErrNotFound
// for a device that is not his (CVE-2020-5240), ErrBusy, ErrNoSession.
func (a *Accounts) RemoveDevice(ctx context.Context, c Confirmation, device string, actor audit.Actor) (Acted, error) {
	return a.act(ctx, c, actor, func(tx *db.Tx) error {
		var others bool
		if err := tx.Row(ctx, selectOtherDevice, c.Person, device).Scan(&others); err != nil {
			return err
		}
		if !others {
			return ErrLastDevice
		}
		err := tx.One(ctx, endDeviceOf, device, c.Person, tx.Now)
		if errors.Is(err, db.ErrConflict) {
			return fmt.Errorf("accounts: remove device: %w", db.ErrNotFound)
		}
		if err == nil {
			err = a.endOthers(ctx, tx, c.Person, c.Session)
		}
		if err == nil {
			err = a.tellChange(ctx, tx, c.Person, mail.DeviceRemoved, "")
		}
		if err != nil {
			return err
		}
		return audit.Append(ctx, tx, audit.Event{Actor: actor, Action: audit.DeviceEnded, Person: c.Person, Object: device})
	})
}
