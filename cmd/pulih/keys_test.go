package main

import (
	"context"
	"slices"
	"strings"
	"testing"
	"time"

	"pulih/accounts"
	"pulih/audit"
	"pulih/db"
	"pulih/db/dbtest"
	"pulih/guide"
	"pulih/mail"
	"pulih/otp"
	"pulih/secret"
)

// openColumns are BYTEA columns that hold nothing to be opened again: hashes
// under another name, and the figures of reports, which name no requester.
var openColumns = []string{"audit_seals.hash", "audit_floors.hash", "measures.pack", "access_requests.number_hash", "backup_codes.hash", "counters.key", "limits.key", "spent_proofs.hash", "captchas.browser",
	"staff.setup_browser",
	"attachment_contents.sealed"} // under the file's own key, attachments.key

const byteColumns = `SELECT m.name || '.' || c.name FROM sqlite_master m JOIN pragma_table_info(m.name) c
	WHERE m.type = 'table' AND c.type = 'BYTEA' ORDER BY 1`

// A column that keys rotate does not know loses its values with the old key.
func TestEverySealedColumnIsListed_SC02(t *testing.T) {
	known := append([]string{outboxColumn}, openColumns...)
	for _, col := range sealedColumns {
		known = append(known, col.name)
	}
	d, _ := dbtest.New(t)
	var found []string
	err := d.Read(t.Context(), func(tx *db.Tx) (err error) {
		found, err = db.All(t.Context(), tx, scanName, byteColumns)
		return err
	})
	if err != nil || len(found) < 20 {
		t.Fatal(found, err)
	}
	for _, name := range found {
		if !strings.HasSuffix(name, "_hash") && !slices.Contains(known, name) {
			t.Errorf("%s is in neither list: is it sealed?", name)
		}
	}
	for _, name := range known {
		if !slices.Contains(found, name) {
			t.Errorf("%s is listed and does not exist", name)
		}
	}
}

func scanName(row db.Scanner) (name string, err error) {
	err = row.Scan(&name)
	return name, err
}

// vault is a database and the keys it is opened with.
type vault struct {
	t     *testing.T
	db    *db.DB
	clock *dbtest.Clock
}

func (v vault) with(sealing, pepper string) directory {
	keys, err := secret.ParseKeys(sealing, pepper)
	if err != nil {
		v.t.Fatal(err)
	}
	site := mail.Site{Agency: "BKPSDM Contoh", ShortAgency: "BKPSDM", BaseURL: "https://pulih.example.go.id",
		Phone: "1", Zone: db.WITA, Sender: "pulih@example.go.id"}
	outbox := mail.NewOutbox(v.db, keys, site)
	people := accounts.New(accounts.Config{DB: v.db, Keys: keys, Outbox: outbox, Agency: "Pemkab Contoh", Hasher: accounts.NewHasher(2, time.Minute)})
	return directory{people, v.db, keys, outbox, db.WITA, audit.Actor{Kind: audit.Console, ID: "operator"}}
}

const (
	nip      = secret.NIP("198609262015052001")
	password = secret.Password("Pelangi-4-warna-ungu")
)

// staffed enrols a member, and leaves a set-up of another one open.
func (v vault) staffed(d directory) (key otp.Secret, pending secret.Token) {
	ctx := context.Background()
	begin := func(n secret.NIP) accounts.Setup {
		code, err := d.AddStaff(ctx, accounts.NewStaff{NIP: n, Name: "Siti", Email: "siti@example.go.id", Roles: []accounts.Role{accounts.Supervisor}}, d.by)
		if err != nil {
			v.t.Fatal(err)
		}
		s, err := d.BeginStaffSetup(ctx, accounts.SetupForm{Code: code, Password: password}, d.by)
		if err != nil {
			v.t.Fatal(err)
		}
		return s
	}
	s := begin(nip)
	form := accounts.StaffForm{OTP: otp.Code(s.Secret, otp.Step(v.clock.Now()))}
	if _, err := d.FinishStaffSetup(ctx, s.Browser, form, d.by); err != nil {
		v.t.Fatal(err)
	}
	return s.Secret, begin("199408172022211003").Browser
}

func TestRotateLetsTheOldKeyGo_SC02(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB, clock *dbtest.Clock) {
		ctx, v := context.Background(), vault{t, d, clock}
		first, second, pepper := "1:"+secret.NewKey(), "2:"+secret.NewKey(), secret.NewKey()
		old := v.with(first, pepper)
		key, pending := v.staffed(old)
		practice, err := guide.New(guide.Config{DB: d, Keys: old.keys}).Practise(ctx, "", old.by)
		if err != nil {
			t.Fatal(err)
		}
		both := v.with(first+","+second, pepper)
		cmd := keysRotateCmd{}
		cmd.out = &strings.Builder{}
		for range 2 {
			for _, col := range sealedColumns {
				if err := cmd.twice(ctx, both, col.name, col.reseal); err != nil {
					t.Fatal(err)
				}
			}
			if err := cmd.twice(ctx, both, outboxColumn, resealOutbox); err != nil {
				t.Fatal(err)
			}
		}
		alone := v.with(second, pepper)
		clock.Advance(30 * time.Second)
		in, err := alone.StaffSignIn(ctx, accounts.StaffForm{NIP: string(nip), Password: password, OTP: otp.Code(key, otp.Step(clock.Now()))}, alone.by)
		if err != nil || in.Result != accounts.StaffOK {
			t.Errorf("sign-in after the old key is gone: %+v, %v", in, err)
		}
		if _, err := alone.StaffSetup(ctx, pending); err != nil {
			t.Errorf("set-up under way: %v", err)
		}
		if _, err := guide.New(guide.Config{DB: d, Keys: alone.keys}).Practice(ctx, practice); err != nil {
			t.Errorf("practice: %v", err)
		}
		if n, err := alone.outbox.Reseal(ctx); err != nil || n != 0 {
			t.Errorf("outbox: %d left, %v", n, err)
		}
	})
}

func TestRotateIsAuditedOnceForWhatItMoved(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB, clock *dbtest.Clock) {
		ctx, v := context.Background(), vault{t, d, clock}
		first, pepper := "1:"+secret.NewKey(), secret.NewKey()
		v.staffed(v.with(first, pepper))
		both := v.with(first+",2:"+secret.NewKey(), pepper)
		rows := func() (n int) {
			err := d.Read(ctx, func(tx *db.Tx) error {
				return tx.Row(ctx, "SELECT count(*) FROM audit_events WHERE action = 'keys.rotate' AND actor_kind = 'console'").Scan(&n)
			})
			if err != nil {
				t.Fatal(err)
			}
			return n
		}
		for _, want := range []int{1, 1} {
			if _, err := sealedColumns[2].reseal(ctx, both); err != nil {
				t.Fatal(err)
			}
			if n := rows(); n != want {
				t.Errorf("%d audit rows, want %d", n, want)
			}
		}
	})
}

// A value that does not belong to its row is found, not sealed anew.
func TestRotateStopsAtASwappedValue_TV12(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB, clock *dbtest.Clock) {
		ctx, v := context.Background(), vault{t, d, clock}
		first, pepper := "1:"+secret.NewKey(), secret.NewKey()
		v.staffed(v.with(first, pepper))
		both := v.with(first+",2:"+secret.NewKey(), pepper)
		err := d.Write(ctx, func(tx *db.Tx) error {
			_, err := tx.Exec(ctx, "UPDATE staff SET secret = $1 WHERE nip = $2", v.with(first, pepper).keys.Seal("staff|secret|another", []byte("x")), nip)
			return err
		})
		if err != nil {
			t.Fatal(err)
		}
		if _, err := sealedColumns[2].reseal(ctx, both); err == nil {
			t.Error("a value of another row was sealed for this one")
		}
	})
}

func TestNewKeysAreWhatServeReads(t *testing.T) {
	var out strings.Builder
	cmd := keysNewCmd{Number: 1}
	cmd.out = &out
	if err := cmd.Run(); err != nil {
		t.Fatal(err)
	}
	got := map[string]string{}
	for line := range strings.Lines(out.String()) {
		name, value, _ := strings.Cut(strings.TrimSpace(line), "=")
		got[name] = value
	}
	k := keySources{KeysSealing: got["PULIH_KEYS_SEALING"], KeyPepper: got["PULIH_KEY_PEPPER"]}
	if _, err := k.keys(); err != nil {
		t.Errorf("%v: %v", got, err)
	}
}
