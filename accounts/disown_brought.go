package accounts

import (
	"context"
	"errors"
	"fmt"
	"strings"

	"pulih/audit"
	"pulih/db"
	"pulih/mail"
)

// Undone says which credentials "Bukan saya" suspends.
type Undone struct {
	Device   bool
	Password bool
	Backup   bool // the batch of backup codes
	Address  bool // the added address
	Email    bool // the address on file
}

// Any tells whether anything is suspended.
func (u Undone) Any() bool { return u != Undone{} }

// undoneDetail is where the log of a block says what was suspended with it, so
// that a restore suspends it again (impostor 19).
const undoneDetail = "undone"

// undoneEmail stands there for the address on file, which no object names.
const undoneEmail = "email"

func (u Undone) words() string {
	var all []string
	for _, one := range []struct {
		is   bool
		word string
	}{{u.Device, "device"}, {u.Password, "password"}, {u.Backup, "backup"}, {u.Address, "address"}, {u.Email, undoneEmail}} {
		if one.is {
			all = append(all, one.word)
		}
	}
	return strings.Join(all, " ")
}

// Enrolled says what the enrolment of a device brought: the device, and the
// password that was set in the same transaction and still stands.
func (a *Accounts) Enrolled(ctx context.Context, tx *db.Tx, person, device string) (Undone, error) {
	u, _, err := enrolled(ctx, tx, person, device)
	return u, err
}

func enrolled(ctx context.Context, tx *db.Tx, person, device string) (u Undone, at db.Time, err error) {
	err = tx.Row(ctx, selectEnrolled, device, person).Scan(&at, &u.Password)
	if errors.Is(err, db.ErrNotFound) {
		return Undone{}, 0, nil
	}
	if err != nil {
		return Undone{}, 0, fmt.Errorf("accounts: enrolled: %w", err)
	}
	u.Device = true
	return u, at, nil
}

// undoes says what disowning a notice suspends; of an attempt nothing, unless
// it has come to its end: then what it brought.
func (a *Accounts) undoes(ctx context.Context, tx *db.Tx, n Notice) (Undone, error) {
	if n.Kind != Change {
		device, err := a.waitDevice(ctx, tx, n)
		return Undone{Device: device != ""}, err
	}
	u, _, err := enrolled(ctx, tx, n.Person, n.Object)
	u.Device = u.Device || n.What == mail.DeviceAdded
	u.Password = u.Password || n.What == mail.PasswordChanged
	u.Backup = n.What == mail.BackupMade || n.What == mail.BackupUsed
	u.Address = n.What == mail.AddressAdded
	u.Email = n.What == mail.EmailChanged
	return u, err
}

// UndoDevice does for an enrolment what "Bukan saya" on its own notices does:
// device and password are suspended, sessions end, remote requests are
// blocked (impostor 2). For who presses the notice of the request after the
// device was enrolled.
func (a *Accounts) UndoDevice(ctx context.Context, tx *db.Tx, person, device, number string, actor audit.Actor) (Undone, error) {
	u, at, err := enrolled(ctx, tx, person, device)
	if err != nil {
		return Undone{}, err
	}
	return u, a.undo(ctx, tx, Notice{Person: person, Kind: Change, What: mail.DeviceAdded, Object: device,
		Number: number, At: at, Undoes: u}, actor)
}
