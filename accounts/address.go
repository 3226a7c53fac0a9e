package accounts

import (
	"context"
	"errors"
	"fmt"
	"time"

	"pulih/audit"
	"pulih/db"
	"pulih/mail"
	"pulih/secret"
)

// The mistakes of who adds an address.
var (
	// ErrAddresses says that he has as many as he may have.
	ErrAddresses = errors.New("accounts: too many addresses")
	// ErrAddressKnown says that notices go to that address already.
	ErrAddressKnown = errors.New("accounts: address is known")
	// ErrAddressBudget says that enough addresses were tried today.
	ErrAddressBudget = errors.New("accounts: too many addresses tried")
)

// MostAddresses is how many addresses a person may have for notices, beside
// the one on file.
const MostAddresses = 2

const addressTries = 5

// addressMails keeps somebody signed in from mailing whom he likes.
var addressMails = budget{"address.mail", 5, 24 * time.Hour}

// Address is one that hears of everything and changes nothing: it is never a
// way to a new password, nor does it start a wait (impostor 3, 14).
type Address struct {
	ID    string
	Email secret.Email
	Since db.Time
}

// AddressAsked is an address whose owner has yet to type the code sent there.
type AddressAsked struct {
	Email secret.Email
	Tries int64
	Until db.Time

	id string
}

// NoMoreTries says that no further code is compared.
func (a AddressAsked) NoMoreTries() bool { return a.Tries >= addressTries }

// Addresses are the proven ones of a person, oldest first.
func (a *Accounts) Addresses(ctx context.Context, tx *db.Tx, person string) ([]Address, error) {
	return db.All(ctx, tx, scanAddress, selectNoticeEmails, person)
}

// Asked is the address that waits for its code. db.ErrNotFound.
func (a *Accounts) Asked(ctx context.Context, person string) (asked AddressAsked, err error) {
	err = a.db.Read(ctx, func(tx *db.Tx) error {
		asked, err = scanAsked(tx.Row(ctx, selectAskedEmail, person, tx.Now))
		return err
	})
	return asked, err
}

// AskAddress mails a code to an address that is to hear of everything, and
// forgets one that was asked for before. ErrAddresses, ErrAddressKnown,
// ErrAddressBudget, ErrBusy, ErrNoSession.
func (a *Accounts) AskAddress(ctx context.Context, c Confirmation, email secret.Email, actor audit.Actor) (Acted, error) {
	return a.act(ctx, c, actor, func(tx *db.Tx) error {
		if err := a.mayAsk(ctx, tx, c.Person, email); err != nil {
			return err
		}
		if _, err := tx.Exec(ctx, endAskedEmails, c.Person, tx.Now); err != nil {
			return err
		}
		id, code, until := db.NewID(), secret.NewCode(CodeLength), tx.Now.Add(codeLife)
		_, err := tx.Exec(ctx, insertNoticeEmail, id, c.Person, email, a.addressHash(id, code), tx.Now, until)
		if err != nil {
			return err
		}
		_, err = a.outbox.Enqueue(ctx, tx, mail.AddressCode(a.site(), email, c.Person, code, until))
		if err != nil {
			return err
		}
		return audit.Append(ctx, tx, audit.Event{Actor: actor, Action: audit.AddressAsked, Person: c.Person, Object: id})
	})
}

func (a *Accounts) addressHash(id string, code secret.Code) []byte {
	return a.keys.Sum("address.code", id, string(code))
}

func (a *Accounts) mayAsk(ctx context.Context, tx *db.Tx, person string, email secret.Email) error {
	p, err := a.Person(ctx, tx, person)
	if err != nil {
		return err
	}
	known, err := a.Addresses(ctx, tx, person)
	if err != nil {
		return err
	}
	if len(known) >= MostAddresses {
		return ErrAddresses
	}
	for _, other := range append(known, Address{Email: p.Email}) {
		if sameAddress(string(other.Email), string(email)) {
			return ErrAddressKnown
		}
	}
	if open, err := a.take(ctx, tx, addressMails, person); err != nil || !open {
		return errors.Join(err, ErrAddressBudget)
	}
	return nil
}

// AddressTried is what became of a code. Left is how many may still be wrong.
type AddressTried struct {
	OK   bool
	Left int64
}

// ProveAddress takes the code that was mailed to an address: from now on it
// hears of everything, and all addresses hear of it. A wrong code is a result,
// counted before it is compared (RC-06).
func (a *Accounts) ProveAddress(ctx context.Context, person string, code secret.Code, actor audit.Actor) (tried AddressTried, err error) {
	err = a.db.Write(ctx, func(tx *db.Tx) error {
		tried, err = a.proveAddress(ctx, tx, person, code, actor)
		return err
	})
	if err != nil {
		return AddressTried{}, fmt.Errorf("accounts: prove address: %w", err)
	}
	return tried, nil
}

func (a *Accounts) proveAddress(ctx context.Context, tx *db.Tx, person string, code secret.Code, actor audit.Actor) (AddressTried, error) {
	var id string
	var tries int64
	err := tx.Row(ctx, countEmailTry, person, tx.Now, addressTries).Scan(&id, &tries)
	if errors.Is(err, db.ErrNotFound) {
		return AddressTried{}, nil
	}
	if err != nil {
		return AddressTried{}, err
	}
	n, err := tx.Exec(ctx, useEmailCode, id, a.addressHash(id, code))
	if err != nil {
		return AddressTried{}, err
	}
	if n != 1 {
		return AddressTried{Left: addressTries - tries}, audit.Append(ctx, tx, audit.Event{Actor: actor, Action: audit.AddressTried,
			Person: person, Object: id, Result: audit.Refused})
	}
	if err := a.tellChange(ctx, tx, person, mail.AddressAdded, id); err != nil {
		return AddressTried{}, err
	}
	return AddressTried{OK: true}, audit.Append(ctx, tx, audit.Event{Actor: actor, Action: audit.AddressAdded, Person: person, Object: id})
}

// RemoveAddress takes an address away; it still hears of that, and of what
// happens in the 30 days after (impostor 5). db.ErrNotFound, ErrBusy,
// ErrNoSession.
func (a *Accounts) RemoveAddress(ctx context.Context, c Confirmation, id string, actor audit.Actor) (Acted, error) {
	return a.act(ctx, c, actor, func(tx *db.Tx) error {
		err := tx.One(ctx, endNoticeEmail, id, c.Person, tx.Now)
		if errors.Is(err, db.ErrConflict) {
			return fmt.Errorf("accounts: remove address: %w", db.ErrNotFound)
		}
		if err == nil {
			err = a.tellChange(ctx, tx, c.Person, mail.AddressRemoved, "")
		}
		if err != nil {
			return err
		}
		return audit.Append(ctx, tx, audit.Event{Actor: actor, Action: audit.AddressRemoved, Person: c.Person, Object: id})
	})
}
