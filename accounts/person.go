package accounts

import (
	"context"
	"errors"
	"fmt"
	"time"

	"pulih/db"
	"pulih/secret"
)

// ErrNoPerson says that the roster has nobody of that number or id.
var ErrNoPerson = errors.New("accounts: no such person")

// Person is a row of the roster. EmailSince and PhoneSince say since when the
// address and the number are on file; 0 stands for "from the first import",
// which counts as old.
type Person struct {
	ID         string
	NIP        secret.NIP
	Name       string
	Unit       string
	Agency     string
	Email      secret.Email
	EmailSince db.Time
	Phone      secret.Phone
	PhoneSince db.Time
	Active     bool
}

// Old is how long contact data must be on file before it counts as evidence
// or starts a wait (impostor 1, 3, 5).
const Old = 30 * 24 * time.Hour

// Account is what a person signs in with. Every person has one; before the
// first password it is empty. Version moves with every change of a
// credential or of a block, never with a wrong guess.
type Account struct {
	Person             string
	PasswordAt         db.Time // when the password was set; 0: there is none
	PasswordVia        Via
	ActivatedAt        db.Time // when the first password was set
	SuspendedAt        db.Time // the password is suspended: somebody said "Bukan saya"
	DisabledAt         db.Time // an administrator closed the account
	ResetNeedsOTP      bool    // the mailbox alone resets nothing any more (impostor 2)
	RemoteBlockedUntil db.Time // no remote requests until then (impostor 2)
	OTPFailures        int64   // in a row, after the right password (impostor 13)
	OTPWaitUntil       db.Time
	Version            int64

	password string
}

// Via says how a password came to be.
type Via string

// The ways of a password.
const (
	ViaMail       Via = "mail"       // reset by a mailed code
	ViaEnrolment  Via = "enrolment"  // set with a pass, after two people checked
	ViaActivation Via = "activation" // the first one
	ViaOwner      Via = "owner"      // changed with the old one and an OTP
	ViaSeed       Via = "seed"       // the demo's people, and tests
)

// PersonByNIP finds the person of an exact number (RC-11). ErrNoPerson.
func (a *Accounts) PersonByNIP(ctx context.Context, tx *db.Tx, nip secret.NIP) (Person, error) {
	return readPerson(tx.Row(ctx, selectPersonByNIP, nip))
}

// Person finds a person by id. ErrNoPerson.
func (a *Accounts) Person(ctx context.Context, tx *db.Tx, id string) (Person, error) {
	return readPerson(tx.Row(ctx, selectPersonByID, id))
}

// Account reads what a person signs in with. ErrNoPerson.
func (a *Accounts) Account(ctx context.Context, tx *db.Tx, person string) (Account, error) {
	acc, err := scanAccount(tx.Row(ctx, selectAccount, person))
	return acc, orNoPerson(err)
}

// AddPerson enters a person into the roster with an empty account. Only the
// row: who is changed by whom is told by the import that calls it.
func (a *Accounts) AddPerson(ctx context.Context, tx *db.Tx, p Person) error {
	_, err := tx.Exec(ctx, insertPerson, p.ID, p.NIP, p.Name, p.Unit, p.Agency,
		p.Email, p.EmailSince, p.Phone, p.PhoneSince, p.Active, tx.Now)
	if err == nil {
		_, err = tx.Exec(ctx, insertAccount, p.ID)
	}
	if err != nil {
		return fmt.Errorf("accounts: add person: %w", err)
	}
	return nil
}

// SetPassword gives an account a new password, in the PHC form that Hasher
// made outside the transaction. A password's suspension ends with the
// password; every session and every reset under way end too (SE-04, RC-05).
func (a *Accounts) SetPassword(ctx context.Context, tx *db.Tx, person, phc string, via Via) error {
	if err := tx.One(ctx, updatePassword, person, phc, via, tx.Now); err != nil {
		return fmt.Errorf("accounts: set password: %w", err)
	}
	if err := a.endResets(ctx, tx, person); err != nil {
		return err
	}
	return a.EndSessions(ctx, tx, AccountSession, person)
}

func readPerson(row db.Scanner) (Person, error) {
	p, err := scanPerson(row)
	return p, orNoPerson(err)
}

func orNoPerson(err error) error {
	if errors.Is(err, db.ErrNotFound) {
		return ErrNoPerson
	}
	return err
}
