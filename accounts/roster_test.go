package accounts

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"testing"
	"time"

	"pulih/audit"
	"pulih/db"
	"pulih/db/dbtest"
	"pulih/mail"
	"pulih/secret"
)

var console = audit.Actor{Kind: audit.Console, ID: "operator"}

// desk is an agency's directory in a test.
type directory struct {
	*Accounts
	t  *testing.T
	db *db.DB
}

func newDirectory(t *testing.T, d *db.DB) directory {
	t.Helper()
	keys, err := secret.ParseKeys("1:"+secret.NewKey(), secret.NewKey())
	if err != nil {
		t.Fatal(err)
	}
	site := mail.Site{Agency: "BKPSDM Kabupaten Contoh", ShortAgency: "BKPSDM Contoh",
		BaseURL: "https://pulih.example.go.id", Phone: "(0401) 555 0100", Zone: db.WITA, Sender: "pulih@example.go.id"}
	a := New(Config{DB: d, Keys: keys, Outbox: mail.NewOutbox(d, keys, site), Hasher: NewHasher(1, time.Minute), Agency: "Pemkab Contoh"})
	return directory{a, t, d}
}

// eachDirectory runs f on both engines.
func eachDirectory(t *testing.T, f func(dir directory, clock *dbtest.Clock)) {
	dbtest.Each(t, func(t *testing.T, d *db.DB, clock *dbtest.Clock) { f(newDirectory(t, d), clock) })
}

func (d directory) plan(file string) Plan {
	d.t.Helper()
	p, err := d.PlanImport(context.Background(), strings.NewReader(file))
	if err != nil {
		d.t.Fatal(err)
	}
	return p
}

// imports plans and applies, every brake released.
func (d directory) imports(file string) Plan {
	d.t.Helper()
	p := d.plan(file)
	released := map[BrakeName]int{}
	for _, b := range p.Brakes {
		released[b.Name] = b.Count
	}
	if err := d.ApplyImport(context.Background(), p, released, console); err != nil {
		d.t.Fatal(err)
	}
	return p
}

func (d directory) exec(statement string, args ...any) {
	d.t.Helper()
	err := d.db.Write(context.Background(), func(tx *db.Tx) error {
		_, err := tx.Exec(context.Background(), statement, args...)
		return err
	})
	if err != nil {
		d.t.Fatal(err)
	}
}

func (d directory) count(statement string, args ...any) (n int) {
	d.t.Helper()
	err := d.db.Read(context.Background(), func(tx *db.Tx) error {
		return tx.Row(context.Background(), statement, args...).Scan(&n)
	})
	if err != nil {
		d.t.Fatal(err)
	}
	return n
}

func (d directory) person(nip secret.NIP) (p Person) {
	d.t.Helper()
	err := d.db.Read(context.Background(), func(tx *db.Tx) (err error) {
		p, err = d.PersonByNIP(context.Background(), tx, nip)
		return err
	})
	if err != nil {
		d.t.Fatal(err)
	}
	return p
}

// activate is what a first password does to an account.
func (d directory) activate(nip secret.NIP) {
	d.exec("UPDATE accounts SET activated_at = 1 WHERE person = $1", d.person(nip).ID)
}

const (
	siti = secret.NIP("198609262015052001")
	budi = secret.NIP("199408172022211003")

	head  = "NIP,Nama,OPD,Instansi,Email,No HP,Status\n"
	sitis = "198609262015052001,Siti Contoh,Dinas Pendidikan,Pemkab Contoh,siti@example.go.id,081234567890,Aktif\n"
	budis = "199408172022211003,Budi Contoh,RSUD,Pemkab Contoh,budi@example.go.id,081298765432,Aktif\n"
)

// crowd is n made-up people of one agency.
func crowd(n int, agency, domain string) string {
	var b strings.Builder
	for i := range n {
		fmt.Fprintf(&b, "19800101200501%d%03d,Orang %d,Dinas,%s,o%d@%s,0812%07d,Aktif\n", 1+i/999, 1+i%999, i, agency, i, domain, i)
	}
	return b.String()
}

func TestFirstImportAddsPeopleWhoseAddressesCountAsOld(t *testing.T) {
	eachDirectory(t, func(d directory, clock *dbtest.Clock) {
		p := d.imports(head + sitis + budis)
		if p.Count(Added) != 2 || !p.Agencies[0].First {
			t.Fatalf("plan: %d added, first %v", p.Count(Added), p.Agencies[0].First)
		}
		s := d.person(siti)
		if s.Name != "Siti Contoh" || s.Unit != "Dinas Pendidikan" || !s.Active || s.Email != "siti@example.go.id" || s.Phone != "+6281234567890" {
			t.Errorf("person: %+v", s)
		}
		if s.EmailSince != 0 || s.PhoneSince != 0 {
			t.Errorf("since %d, %d: want 0, long on file", s.EmailSince, s.PhoneSince)
		}
		if n := d.count("SELECT count(*) FROM accounts WHERE person = $1 AND activated_at = 0", s.ID); n != 1 {
			t.Errorf("%d empty accounts", n)
		}
	})
}

func TestLaterImportsAddressesAreYoung_impostor5(t *testing.T) {
	eachDirectory(t, func(d directory, clock *dbtest.Clock) {
		d.imports(head + sitis)
		clock.Advance(time.Hour)
		d.imports(head + sitis + budis)
		if since := d.person(budi).EmailSince; since != d.db.Now() {
			t.Errorf("address of a later import is on file since %d, want now", since)
		}
	})
}

func TestAnotherSpellingOfTheAgencyIsNoFirstImport(t *testing.T) {
	eachDirectory(t, func(d directory, _ *dbtest.Clock) {
		d.imports(head + sitis)
		p := d.imports(head + sitis + strings.Replace(budis, "Pemkab Contoh", "PEMKAB  CONTOH", 1))
		if b := d.person(budi); b.Agency != "Pemkab Contoh" || b.EmailSince == 0 || len(p.Agencies) != 1 {
			t.Errorf("agency %q, since %d, agencies %v", b.Agency, b.EmailSince, p.Agencies)
		}
	})
}

func TestImportNeverChangesAddressesOfAnActivatedAccount_impostor7(t *testing.T) {
	eachDirectory(t, func(d directory, _ *dbtest.Clock) {
		d.imports(head + sitis + budis)
		d.activate(siti)
		evil := strings.Replace(strings.Replace(sitis, "siti@example.go.id", "impostor@evil.test", 1), "081234567890", "089999999999", 1)
		p := d.imports(head + evil + budis)
		if p.Count(Proposed) != 1 || p.Count(Changed) != 0 {
			t.Errorf("proposed %d, changed %d", p.Count(Proposed), p.Count(Changed))
		}
		s := d.person(siti)
		if s.Email != "siti@example.go.id" || s.Phone != "+6281234567890" {
			t.Error("the import changed an address of an activated account")
		}
		if n := d.count("SELECT count(*) FROM proposals WHERE person = $1 AND state = 'open'", s.ID); n != 2 {
			t.Errorf("%d open proposals, want email and phone", n)
		}
		if n := d.count("SELECT count(*) FROM audit_events WHERE action = 'person.propose' AND actor_kind = 'console'"); n != 2 {
			t.Errorf("%d audit rows of proposals", n)
		}
		if p := d.plan(head + evil + budis); p.Writes() {
			t.Error("the second run proposes again")
		}
	})
}

func TestNewerProposalTakesTheOldOnesPlace(t *testing.T) {
	eachDirectory(t, func(d directory, _ *dbtest.Clock) {
		d.imports(head + sitis)
		d.activate(siti)
		d.imports(head + strings.Replace(sitis, "siti@", "satu@", 1))
		d.imports(head + strings.Replace(sitis, "siti@", "dua@", 1))
		if n := d.count("SELECT count(*) FROM proposals WHERE state = 'open'"); n != 1 {
			t.Errorf("%d open", n)
		}
		if n := d.count("SELECT count(*) FROM proposals WHERE state = 'open' AND value = 'dua@example.go.id'"); n != 1 {
			t.Error("the older proposal stayed open")
		}
	})
}

func TestImportChangesAnAccountNobodyUsesYet(t *testing.T) {
	eachDirectory(t, func(d directory, clock *dbtest.Clock) {
		d.imports(head + sitis)
		clock.Advance(time.Hour)
		d.imports(head + strings.Replace(sitis, "siti@example.go.id", "siti.baru@example.go.id", 1))
		s := d.person(siti)
		if s.Email != "siti.baru@example.go.id" || s.EmailSince != d.db.Now() || s.PhoneSince != 0 {
			t.Errorf("since %d and %d", s.EmailSince, s.PhoneSince)
		}
		if n := d.count("SELECT count(*) FROM former_emails WHERE email = 'siti@example.go.id' AND until > $1", d.db.Now()); n != 1 {
			t.Error("the old address is forgotten (impostor 5)")
		}
	})
}

func TestActivationBetweenDryRunAndApplyStopsTheImport(t *testing.T) {
	eachDirectory(t, func(d directory, _ *dbtest.Clock) {
		d.imports(head + sitis)
		p := d.plan(head + strings.Replace(sitis, "siti@", "lain@", 1))
		d.activate(siti)
		if err := d.ApplyImport(context.Background(), p, nil, console); !errors.Is(err, ErrPlanOld) {
			t.Fatalf("got %v, want ErrPlanOld", err)
		}
		if d.person(siti).Email != "siti@example.go.id" {
			t.Error("address changed")
		}
	})
}

func TestEmptyCellsChangeNothing(t *testing.T) {
	eachDirectory(t, func(d directory, _ *dbtest.Clock) {
		d.imports(head + sitis)
		p := d.plan(head + "198609262015052001,Siti Contoh,,Pemkab Contoh,-,tidak ada,\n")
		if len(p.Changes) != 0 || p.Same != 1 {
			t.Errorf("changes %v, same %d", p.Changes, p.Same)
		}
	})
}
