package accounts

import (
	"context"
	"encoding/hex"
	"errors"
	"fmt"
	"strconv"
	"strings"
	"unicode"

	"pulih/audit"
	"pulih/db"
	"pulih/otp"
)

// ErrDeviceName says that a device has no name of 1 to 40 characters (ET-13).
var ErrDeviceName = errors.New("accounts: device name")

// DeviceState says whether a device's codes count.
type DeviceState string

// The states of a device.
const (
	DeviceActive    DeviceState = "active"
	DeviceSuspended DeviceState = "suspended" // "Bukan saya", or a hundred wrong codes
	DeviceEnded     DeviceState = "ended"
)

// Device is an authenticator of an account. Nobody reads its secret after
// the enrolment (SC-04).
type Device struct {
	ID         string
	Name       string
	State      DeviceState
	EnrolledAt db.Time
	UsedAt     db.Time // the last code that was accepted; 0 for none since the enrolment
	EndedAt    db.Time
}

// Devices lists a person's devices that are not ended, oldest first.
func (a *Accounts) Devices(ctx context.Context, tx *db.Tx, person string) ([]Device, error) {
	return db.All(ctx, tx, scanDevice, selectDevices, person)
}

// NewDevice is an authenticator that was proven by a code. Step is that
// code's, which is spent with it. Via is the enrolment's, or "seed" for the
// demo's people.
type NewDevice struct {
	Person, Name, Via string
	Secret            otp.Secret
	Step              int64
}

// AddDevice stores an authenticator, its secret sealed for its row (TV-12).
// ErrDeviceName, ErrDeviceTaken.
func (a *Accounts) AddDevice(ctx context.Context, tx *db.Tx, n NewDevice, actor audit.Actor) (id string, err error) {
	name, err := deviceName(n.Name)
	if err != nil {
		return "", err
	}
	id = db.NewID()
	sealed := a.keys.Seal(devicePlace(id), n.Secret)
	err = tx.One(ctx, insertDevice, id, n.Person, name, sealed, n.Step, n.Via, tx.Now)
	if errors.Is(err, db.ErrConflict) {
		return "", ErrDeviceTaken
	}
	if err != nil {
		return "", fmt.Errorf("accounts: add device: %w", err)
	}
	return id, audit.Append(ctx, tx, audit.Event{Actor: actor, Action: audit.DeviceAdded, Person: n.Person,
		Object: id, Detail: map[string]string{"name": name, "via": n.Via}})
}

// EnrolledAlone counts the authenticators that somebody has enrolled in place
// of a lost one, without staff, since a moment: those that he disowned too.
func (a *Accounts) EnrolledAlone(ctx context.Context, tx *db.Tx, person string, since db.Time) (n int, err error) {
	err = tx.Row(ctx, countAlone, person, since).Scan(&n)
	return n, err
}

func deviceName(typed string) (string, error) {
	const most = 40
	name := strings.Join(strings.Fields(typed), " ")
	if n := len([]rune(name)); n == 0 || n > most || strings.ContainsFunc(name, unicode.IsControl) {
		return "", ErrDeviceName
	}
	return name, nil
}

// endDevices ends every device that a person has had so far (ET-07), and the
// backup codes with them: who printed them may be who lost the devices, or
// took them (ET-14).
func (a *Accounts) endDevices(ctx context.Context, tx *db.Tx, person string, actor audit.Actor) error {
	devices, err := a.Devices(ctx, tx, person)
	if err != nil {
		return err
	}
	for _, d := range devices {
		if err := tx.One(ctx, endDevice, d.ID, tx.Now); err != nil {
			return fmt.Errorf("accounts: end device: %w", err)
		}
		if err := audit.Append(ctx, tx, audit.Event{Actor: actor, Action: audit.DeviceEnded, Person: person, Object: d.ID}); err != nil {
			return err
		}
	}
	return a.endBackup(ctx, tx, person)
}

// StateHash is what an approval is bound to (impostor 18): when it changes,
// somebody has changed the account between the approval and the enrolment. A
// block of remote requests is not in it: it never touches the counter
// (impostor 2), so the ticket adds it where it counts.
func (a *Accounts) StateHash(ctx context.Context, tx *db.Tx, person string) (string, error) {
	p, err := a.Person(ctx, tx, person)
	if err != nil {
		return "", err
	}
	acc, err := a.Account(ctx, tx, person)
	if err != nil {
		return "", err
	}
	devices, err := a.Devices(ctx, tx, person)
	if err != nil {
		return "", err
	}
	parts := append(stateOf(p, acc), "devices")
	for _, d := range devices {
		parts = append(parts, d.ID, string(d.State))
	}
	return hex.EncodeToString(a.keys.Sum("account state", parts...)), nil
}

func stateOf(p Person, acc Account) []string {
	at := func(t db.Time) string { return strconv.FormatInt(int64(t), 10) }
	return []string{p.ID, string(p.NIP), p.Name, p.Agency, string(p.Email), at(p.EmailSince), string(p.Phone), at(p.PhoneSince),
		strconv.FormatBool(p.Active), at(acc.PasswordAt), string(acc.PasswordVia), at(acc.ActivatedAt), at(acc.SuspendedAt),
		at(acc.DisabledAt), strconv.FormatBool(acc.ResetNeedsOTP)}
}
