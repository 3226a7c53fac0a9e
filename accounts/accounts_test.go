package accounts

import (
	"context"
	"sync"
	"testing"
	"time"

	"pulih/audit"
	"pulih/db"
	"pulih/db/dbtest"
	"pulih/mail"
	"pulih/otp"
	"pulih/secret"
)

// The people of these tests are made up; their numbers follow the rule.
const (
	sariNIP   = secret.NIP("198609262015052001")
	sariEmail = secret.Email("sari.wulandari@dinas.example.go.id")
	sariPass  = secret.Password("Kolam-teduh-perahu-41")
	network   = "203.0.113.0/24"
)

var somebody = audit.Actor{Kind: audit.Anonymous, Network: network, Request: "r1"}

// world is an agency with one person in it, on a real database.
type world struct {
	*Accounts
	t     *testing.T
	ctx   context.Context
	d     *db.DB
	clock *dbtest.Clock
	sari  Person
}

// eachWorld runs f on both engines.
func eachWorld(t *testing.T, f func(w *world)) {
	t.Helper()
	dbtest.Each(t, func(t *testing.T, d *db.DB, clock *dbtest.Clock) { f(newWorld(t, d, clock)) })
}

// oneWorld runs f on SQLite, for rules that no engine can change.
func oneWorld(t *testing.T) *world {
	t.Helper()
	d, clock := dbtest.New(t)
	return newWorld(t, d, clock)
}

func newWorld(t *testing.T, d *db.DB, clock *dbtest.Clock) *world {
	t.Helper()
	keys, err := secret.ParseKeys("1:"+secret.NewKey(), secret.NewKey())
	if err != nil {
		t.Fatal(err)
	}
	site := mail.Site{Agency: "BKPSDM Kabupaten Contoh", ShortAgency: "BKPSDM Contoh",
		BaseURL: "https://pulih.test", Phone: "0370 000000", Zone: db.WITA, Sender: "pulih@pulih.test"}
	w := &world{t: t, ctx: context.Background(), d: d, clock: clock}
	w.Accounts = New(Config{DB: d, Keys: keys, Outbox: mail.NewOutbox(d, keys, site),
		Hasher: NewHasher(4, time.Minute), Agency: "Contoh"})
	w.sari = w.add(sariNIP, sariEmail)
	w.exec(`UPDATE accounts SET activated_at = 1`) // whoever is added later has never signed in
	return w
}

func (w *world) add(nip secret.NIP, email secret.Email) Person {
	w.t.Helper()
	p := Person{ID: db.NewID(), NIP: nip, Name: "Sari Wulandari", Unit: "Dinas Perhubungan", Agency: "Kabupaten Contoh",
		Email: email, Active: true}
	w.write(func(tx *db.Tx) error { return w.AddPerson(w.ctx, tx, p) })
	return p
}

// write commits fn, which must not fail.
func (w *world) write(fn func(*db.Tx) error) {
	w.t.Helper()
	if err := w.d.Write(w.ctx, fn); err != nil {
		w.t.Fatal(err)
	}
}

func (w *world) exec(query string, args ...any) {
	w.t.Helper()
	w.write(func(tx *db.Tx) error {
		_, err := tx.Exec(w.ctx, query, args...)
		return err
	})
}

// scan reads one row into dest.
func (w *world) scan(query string, args []any, dest ...any) {
	w.t.Helper()
	if err := w.d.Read(w.ctx, func(tx *db.Tx) error { return tx.Row(w.ctx, query, args...).Scan(dest...) }); err != nil {
		w.t.Fatalf("%s: %v", query, err)
	}
}

func (w *world) count(query string, args ...any) (n int) {
	w.t.Helper()
	w.scan(query, args, &n)
	return n
}

func (w *world) account(person string) (acc Account) {
	w.t.Helper()
	w.write(func(tx *db.Tx) (err error) {
		acc, err = w.Account(w.ctx, tx, person)
		return err
	})
	return acc
}

// setPassword sets a password by a way.
func (w *world) setPassword(person string, p secret.Password, via Via) {
	w.t.Helper()
	phc, err := w.hasher.Hash(w.ctx, p)
	if err != nil {
		w.t.Fatal(err)
	}
	w.write(func(tx *db.Tx) error { return w.SetPassword(w.ctx, tx, person, phc, via) })
}

// device gives a person an authenticator and returns its secret.
func (w *world) device(person string) (otp.Secret, string) {
	w.t.Helper()
	key, id := otp.NewSecret(), db.NewID()
	w.exec(`INSERT INTO devices (id, person, name, secret, last_step, state, via, enrolled_at, used_at, ended_at)
		VALUES ($1, $2, $1, $3, 0, 'active', 'seed', $4, 0, 0)`, id, person, w.keys.Seal(devicePlace(id), key), w.d.Now())
	return key, id
}

// code is what an authenticator shows, off by some steps.
func (w *world) code(key otp.Secret, off int64) string {
	return otp.Code(key, otp.Step(w.clock.Now())+off)
}

// audited counts the rows of an action and result.
func (w *world) audited(action audit.Action, result string) int {
	w.t.Helper()
	return w.count(`SELECT count(*) FROM audit_events WHERE action = $1 AND result = $2`, action, result)
}

// together runs f n times at once and counts how often it said yes.
func together(t *testing.T, n int, f func(i int) (bool, error)) (yes int) {
	t.Helper()
	var mu sync.Mutex
	var all sync.WaitGroup
	start := make(chan struct{})
	for i := range n {
		all.Go(func() {
			<-start
			ok, err := f(i)
			mu.Lock()
			defer mu.Unlock()
			if err != nil {
				t.Error(err)
			}
			if ok {
				yes++
			}
		})
	}
	close(start)
	all.Wait()
	return yes
}
