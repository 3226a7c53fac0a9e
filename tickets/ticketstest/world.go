// Package ticketstest gives tests a desk with people, staff and tickets in
// any state, brought there by the desk's own verbs.
package ticketstest

import (
	"context"
	"strings"
	"sync"
	"testing"
	"time"

	"pulih/accounts"
	"pulih/audit"
	"pulih/db"
	"pulih/db/dbtest"
	"pulih/mail"
	"pulih/otp"
	"pulih/secret"
	"pulih/tickets"
)

// Agency is where everybody works, unless a test says otherwise.
const Agency = "BKPSDM Kabupaten Contoh"

// Password is every person's, set long ago.
const Password = secret.Password("Kopi-Pagi-2-cangkir")

// World is a desk and those who meet there. Time stands still until Clock is
// moved; it is a Monday morning.
type World struct {
	testing.TB
	DB       *db.DB
	Clock    *dbtest.Clock
	Keys     *secret.Keys
	Accounts *accounts.Accounts
	Outbox   *mail.Outbox
	Desk     *tickets.Desk

	Sealing, Pepper string // the keys as an operator keeps them

	Checker, Approver, Other, Supervisor tickets.By // two agents, an approver, a supervisor
}

// New makes a world in an empty database, with the waits of production.
func New(t testing.TB, d *db.DB, clock *dbtest.Clock) *World {
	t.Helper()
	w := &World{TB: t, DB: d, Clock: clock, Sealing: "1:" + secret.NewKey(), Pepper: secret.NewKey()}
	var err error
	if w.Keys, err = secret.ParseKeys(w.Sealing, w.Pepper); err != nil {
		t.Fatal(err)
	}
	w.open()
	w.Checker = w.Staff("198001012005011001", "Rina", accounts.Agent)
	w.Other = w.Staff("198101012005011002", "Tono", accounts.Agent)
	w.Approver = w.Staff("198201012005012003", "Sari", accounts.Approver)
	w.Supervisor = w.Staff("198301012005012004", "Wayan", accounts.Supervisor)
	return w
}

// In is the same world in another database, to which everything was moved.
func (w *World) In(d *db.DB) *World {
	moved := *w
	moved.DB = d
	moved.open()
	return &moved
}

func (w *World) open() {
	site := mail.Site{Agency: Agency, ShortAgency: "BKPSDM",
		BaseURL: "https://pulih.example.go.id", Phone: "0401-000000", Zone: db.WITA, Sender: "pulih@example.go.id"}
	w.Outbox = mail.NewOutbox(w.DB, w.Keys, site)
	w.Accounts = accounts.New(accounts.Config{DB: w.DB, Keys: w.Keys, Outbox: w.Outbox, Hasher: accounts.NewHasher(2, time.Minute), Agency: Agency})
	w.Desk = tickets.New(tickets.Config{DB: w.DB, Keys: w.Keys, Accounts: w.Accounts, Outbox: w.Outbox,
		Calendar: tickets.Office(db.WITA), Waits: tickets.Production(), Zone: db.WITA, Agency: Agency, Hosts: []string{"asndigital.bkn.go.id"}})
}

// Someone is a person of the roster with his phone in hand.
type Someone struct {
	accounts.Person
	Device string
	Key    otp.Secret
}

// Person enters somebody with an old address, an old phone number, a settled
// password and one authenticator.
func (w *World) Person(nip secret.NIP, name string) Someone {
	w.Helper()
	p := Someone{Person: accounts.Person{ID: db.NewID(), NIP: nip, Name: name, Unit: "Dinas Pendidikan", Agency: Agency,
		Email: secret.Email("asn" + string(nip[8:]) + "@example.go.id"), Phone: "081234567890", Active: true}, Key: otp.NewSecret()}
	w.Write(func(ctx context.Context, tx *db.Tx) error {
		if err := w.Accounts.AddPerson(ctx, tx, p.Person); err != nil {
			return err
		}
		if err := w.Accounts.SetPassword(ctx, tx, p.ID, phc(), accounts.ViaSeed); err != nil {
			return err
		}
		if _, err := tx.Exec(ctx, agePassword, p.ID, tx.Now.Add(-60*24*time.Hour)); err != nil {
			return err
		}
		var err error
		p.Device, err = w.Accounts.AddDevice(ctx, tx, accounts.NewDevice{Person: p.ID, Name: "HP lama", Via: "seed", Secret: p.Key}, console)
		return err
	})
	return p
}

var (
	console = audit.Actor{Kind: audit.Console}
	phc     = sync.OnceValue(func() string {
		text, err := accounts.NewHasher(1, time.Minute).Hash(context.Background(), Password)
		if err != nil {
			panic(err)
		}
		return text
	})
)

// Staff enters a member of staff who is signed in at the counter, in a
// browser of his own.
func (w *World) Staff(nip secret.NIP, name string, roles ...accounts.Role) tickets.By {
	w.Helper()
	s := accounts.Staff{ID: db.NewID(), NIP: nip, Name: name, Agency: Agency, Roles: roles,
		ApprovesFrom: w.DB.Now(), Session: db.NewID()}
	w.Write(func(ctx context.Context, tx *db.Tx) error {
		if _, err := tx.Exec(ctx, insertStaff, s.ID, nip, name, name+"@example.go.id", Agency, words(roles), []byte{}, tx.Now); err != nil {
			return err
		}
		_, err := tx.Exec(ctx, insertSession, s.Session, []byte(s.Session), s.ID, tx.Now)
		return err
	})
	return tickets.By{Staff: s, Browser: "browser of " + name, AtCounter: true, Actor: audit.Actor{Kind: audit.Staff, ID: s.ID, Network: "10.1.1.0"}}
}

func words(roles []accounts.Role) string {
	var all []string
	for _, r := range roles {
		all = append(all, string(r))
	}
	return strings.Join(all, " ")
}

// Prove gives a member of staff a fresh OTP, which one act spends.
func (w *World) Prove(by tickets.By) {
	w.Helper()
	w.Write(func(ctx context.Context, tx *db.Tx) error { return tx.One(ctx, proveSession, by.Staff.Session, tx.Now) })
}

// Write runs fn in a transaction.
func (w *World) Write(fn func(context.Context, *db.Tx) error) {
	w.Helper()
	ctx := w.Context()
	if err := w.DB.Write(ctx, func(tx *db.Tx) error { return fn(ctx, tx) }); err != nil {
		w.Fatal(err)
	}
}

// Tick lets the desk's clock work.
func (w *World) Tick() {
	w.Helper()
	if err := w.Desk.Tick(w.Context()); err != nil {
		w.Fatal(err)
	}
}

// RelayAccepts says that the relay took every mail that is queued.
func (w *World) RelayAccepts() { w.relay(mail.Accepted) }

// RelayRefuses says that it refused every mail that is queued, for good.
func (w *World) RelayRefuses() { w.relay(mail.Refused) }

func (w *World) relay(s mail.State) {
	w.Helper()
	w.Write(func(ctx context.Context, tx *db.Tx) error {
		_, err := tx.Exec(ctx, answerMails, s, tx.Now)
		return err
	})
}
