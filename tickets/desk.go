package tickets

import (
	"context"
	"errors"
	"fmt"
	"time"

	"pulih/accounts"
	"pulih/audit"
	"pulih/db"
	"pulih/mail"
	"pulih/secret"
	"pulih/tickets/upload"
)

// Config is what a Desk is made of. Agency is the one to which requests with
// an unknown NIP go.
type Config struct {
	DB       *db.DB
	Keys     *secret.Keys
	Accounts *accounts.Accounts
	Outbox   *mail.Outbox
	Calendar Calendar
	Waits    Waits
	Zone     db.Zone
	Agency   string
	Hosts    []string // that a text to a person may name; their subdomains too
}

// Desk is the door to everything tickets can do.
type Desk struct {
	db       *db.DB
	keys     *secret.Keys
	accounts *accounts.Accounts
	outbox   *mail.Outbox
	calendar Calendar
	waits    Waits
	zone     db.Zone
	agency   string
	hosts    []string
	pictures *upload.Workshop
	reports  chan struct{} // one report of this process at a time
}

// Pictures are decoded one by one: each may take 200 MB and a second.
const (
	pictures     = 1
	picturesWait = 15 * time.Second
)

// New makes the desk. Check the calendar first.
func New(c Config) *Desk {
	return &Desk{db: c.DB, keys: c.Keys, accounts: c.Accounts, outbox: c.Outbox,
		calendar: c.Calendar, waits: c.Waits, zone: c.Zone, agency: c.Agency, hosts: c.Hosts, pictures: upload.New(pictures, picturesWait),
		reports: make(chan struct{}, 1)}
}

// By is the member of staff who acts, and from where. Browser is the hash of
// his browser's long-lived cookie (impostor 17); AtCounter says that the
// request comes from the agency's counter network (impostor 6). The desk
// itself looks at the hour.
type By struct {
	Staff     accounts.Staff
	Browser   string
	AtCounter bool
	Actor     audit.Actor
}

// write runs fn in a transaction. A lost compare-and-swap is ErrChanged.
func (d *Desk) write(ctx context.Context, fn func(*db.Tx) error) error {
	return orChanged(d.db.Write(ctx, fn))
}

func orChanged(err error) error {
	if errors.Is(err, db.ErrConflict) {
		return fmt.Errorf("%w: %w", ErrChanged, err)
	}
	return err
}

// byStaff does one verb of a member of staff: it reads the ticket, lets it
// through the gate, has do change it, and moves it.
func (d *Desk) byStaff(ctx context.Context, by By, at place, verb Verb, do func(*db.Tx, *passage) error) (Ticket, error) {
	var t Ticket
	err := d.write(ctx, func(tx *db.Tx) error {
		r, err := d.find(ctx, tx, by, at)
		if err != nil {
			return err
		}
		p, err := d.gate(ctx, tx, &r, by.step(verb))
		if err != nil {
			return err
		}
		if err := do(tx, p); err != nil {
			return err
		}
		err = d.move(ctx, tx, p)
		t = r.forStaff()
		return err
	})
	return t, err
}

// place is the ticket that a member of staff means, as he last saw it.
type place struct {
	number  string
	version int64
}

// find reads a ticket of his agency (ST-04), unless it has changed.
func (d *Desk) find(ctx context.Context, tx *db.Tx, by By, at place) (record, error) {
	r, err := one(tx.Row(ctx, selectOfAgency, at.number, by.Staff.Agency, by.units()))
	if err == nil && r.Version != at.version {
		return r, ErrChanged
	}
	return r, err
}
