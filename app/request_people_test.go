package app

import (
	"context"
	"net/http"
	"strings"
	"time"

	"pulih/accounts"
	"pulih/audit"
	"pulih/db"
	"pulih/otp"
	"pulih/secret"
	"pulih/tickets"
)

const employeePassword = "Perahu-Lontar-42-Gerimis"

// employee is somebody of the roster with a password and a device.
type employee struct {
	accounts.Person
	device otp.Secret
}

func (x *test) employee(nip string) employee {
	x.t.Helper()
	e := employee{accounts.Person{
		ID: db.NewID(), NIP: secret.NIP(nip), Name: "Siti Contoh", Unit: "Dinas Contoh", Agency: x.Site.Agency,
		Email: secret.Email("p" + nip + "@contoh.test"), Phone: "081234567890", Active: true,
	}, otp.NewSecret()}
	ctx := context.Background()
	phc := must(accounts.NewHasher(1, time.Minute).Hash(ctx, employeePassword))(x.t)
	err := x.DB.Write(ctx, func(tx *db.Tx) error {
		if err := x.Accounts.AddPerson(ctx, tx, e.Person); err != nil {
			return err
		}
		if err := x.Accounts.SetPassword(ctx, tx, e.ID, phc, accounts.ViaSeed); err != nil {
			return err
		}
		_, err := x.Accounts.AddDevice(ctx, tx, accounts.NewDevice{
			Person: e.ID, Name: "HP lama", Via: "seed", Secret: e.device,
		}, audit.Actor{Kind: audit.Console})
		return err
	})
	if err != nil {
		x.t.Fatal(err)
	}
	return e
}

// officer is somebody of the staff at a browser of his own, with his
// authenticator.
type officer struct {
	tickets.By
	device otp.Secret
}

func (x *test) officer(nip string, roles ...accounts.Role) officer {
	x.t.Helper()
	ctx, console := context.Background(), audit.Actor{Kind: audit.Console}
	code := must(x.Accounts.AddStaff(ctx, accounts.NewStaff{
		NIP: secret.NIP(nip), Name: "Petugas " + nip[:4], Email: secret.Email(nip + "@kantor.test"), Roles: roles,
	}, console))(x.t)
	setup := must(x.Accounts.BeginStaffSetup(ctx, accounts.SetupForm{Code: code, Password: "Gerimis-Lontar-17-perahu"}, console))(x.t)
	in := must(x.Accounts.FinishStaffSetup(ctx, setup.Browser, accounts.StaffForm{OTP: x.otp(setup.Secret), Network: "127.0.0.0/24"}, console))(x.t)
	staff := must(x.Accounts.StaffBySession(ctx, in.Token))(x.t)
	actor := audit.Actor{Kind: audit.Staff, ID: staff.ID}
	return officer{tickets.By{Staff: staff, Browser: db.NewID(), AtCounter: true, Actor: actor}, setup.Secret}
}

// otp is the code that a device shows now.
func (x *test) otp(s otp.Secret) string { return otp.Code(s, otp.Step(x.clock.Now())) }

// prove types a fresh code, half a minute later.
func (x *test) prove(o officer) {
	x.t.Helper()
	x.clock.Advance(30 * time.Second)
	if !must(x.Accounts.StepUp(context.Background(), o.Staff, x.otp(o.device), o.Actor))(x.t) {
		x.t.Fatal("the officer's code was refused")
	}
}

func (x *test) version(o officer, number string) int64 {
	x.t.Helper()
	return must(x.Desk.Look(context.Background(), o.By, number))(x.t).Version
}

func (x *test) claim(o officer, number string) {
	x.t.Helper()
	must(x.Desk.Claim(context.Background(), o.By, number, x.version(o, number)))(x.t)
}

// sees compares documents of e with the record.
func (x *test) sees(o officer, number string, e employee, kinds ...tickets.ProofKind) {
	x.t.Helper()
	for _, kind := range kinds {
		typed := map[string]string{"nama": e.Name, "lahir": "26-09-1986", "nip": string(e.NIP), "nomor": "7201" + string(kind)}
		proof := must(x.Desk.AddProof(context.Background(), o.By, number, x.version(o, number),
			tickets.ProofForm{Kind: kind, How: tickets.Video, Typed: typed}))(x.t)
		if proof.Result != tickets.Match {
			x.t.Fatalf("%s: %s", kind, proof.Result)
		}
	}
}

// approve checks and approves, and waits until the pass may be taken.
func (x *test) approve(checker, second officer, f filed, e employee) {
	x.t.Helper()
	ctx := context.Background()
	x.prove(checker)
	must(x.Desk.CheckIdentity(ctx, checker.By, f.number, x.version(checker, f.number)))(x.t)
	f.page("").mustSay(x.t, http.StatusOK, "Identitas Anda sudah diperiksa")
	x.prove(second)
	must(x.Desk.Approve(ctx, second.By, f.number, x.version(second, f.number), tickets.ApproveForm{}))(x.t)
	f.page("").mustSay(x.t, http.StatusOK, "Permohonan Anda disetujui")
	x.mailTo(string(e.Email), "setuju")
	for end := time.Now().Add(10 * time.Second); strings.Contains(f.page("").text(), "Menunggu email"); {
		if time.Now().After(end) {
			x.t.Fatal("the relay's yes is not recorded")
		}
	}
	x.mature(f)
}

// mature lets the working hours pass that a notice leaves to the owner.
func (x *test) mature(f filed) {
	x.t.Helper()
	for range 48 {
		x.clock.Advance(time.Hour)
		if err := x.Desk.Tick(context.Background()); err != nil {
			x.t.Fatal(err)
		}
		if p := f.page(""); p.Find("h1").Text() == "Kode pendaftaran Anda siap" {
			return
		}
	}
	x.t.Fatal("never ready: ", f.page("").text())
}

func testOfficers(x *test) (checker, second officer) {
	return x.officer("197503122000031001", accounts.Agent), x.officer("198001012005012002", accounts.Approver)
}

// backup makes backup codes for somebody, who signs in for it.
func (x *test) backup(e employee) []secret.Code {
	x.t.Helper()
	ctx, own := context.Background(), audit.Actor{Kind: audit.Person, ID: e.ID, Network: "127.0.0.0/24"}
	var token secret.Token
	err := x.DB.Write(ctx, func(tx *db.Tx) (err error) {
		token, err = x.Accounts.NewSession(ctx, tx, accounts.Session{Kind: accounts.AccountSession, Owner: e.ID, Network: own.Network})
		return err
	})
	s := must(x.Accounts.Session(ctx, accounts.AccountSession, token))(x.t)
	made := must(x.Accounts.MakeBackupCodes(ctx, accounts.Confirmation{
		Person: e.ID, Session: s.ID, Password: employeePassword, OTP: x.otp(e.device),
	}, own))(x.t)
	if err != nil || !made.OK() {
		x.t.Fatal(made.Result, err)
	}
	return made.Codes
}
