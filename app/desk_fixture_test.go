package app

import (
	"context"
	"net/http"
	"net/url"
	"strings"
	"testing"
	"time"

	"github.com/PuerkitoBio/goquery"

	"pulih/accounts"
	"pulih/audit"
	"pulih/db"
	"pulih/otp"
	"pulih/secret"
	"pulih/tickets"
)

// clerk is a member of staff at a browser of his own.
type clerk struct {
	*browser
	nip    string
	name   string
	secret otp.Secret
}

const clerkPassword = "Empat-Kuda-Hijau-72"

// clerk hires and signs in a member of staff of the test's agency.
func (x *test) clerk(nip, name string, roles ...accounts.Role) *clerk {
	x.t.Helper()
	return x.clerkOf("", nip, name, roles...)
}

func (x *test) clerkOf(agency, nip, name string, roles ...accounts.Role) *clerk {
	x.t.Helper()
	code := must(x.Accounts.AddStaff(context.Background(), accounts.NewStaff{
		NIP: secret.NIP(nip), Name: name, Email: secret.Email(nip + "@staf.test"), Agency: agency, Roles: roles}, fromConsole))(x.t)
	g := &clerk{browser: x.browser(), nip: nip, name: name}
	begun := g.post("/petugas/aktivasi", url.Values{"kode": {string(code)}, "sandi": {clerkPassword}})
	g.secret = keyOn(x.t, g.follow(begun))
	done := g.post("/petugas/aktivasi/kode", url.Values{"otp": {g.otp()}})
	if done.status != http.StatusSeeOther {
		x.t.Fatalf("%s cannot set up: %d\n%s", name, done.status, done.text())
	}
	return g
}

const otpPeriod = 30 * time.Second

// otp is the next code of his authenticator: each is good once.
func (g *clerk) otp() string {
	g.x.clock.Advance(otpPeriod)
	return g.code()
}

func (g *clerk) code() string { return otp.Code(g.secret, otp.Step(g.x.clock.Now())) }

// open shows a ticket.
func (g *clerk) open(number string) page {
	g.x.t.Helper()
	return g.get(ticketAddress(number))
}

// act fills in one form of the ticket as it is now, and sends it.
func (g *clerk) act(number, path string, pairs ...string) page {
	g.x.t.Helper()
	return g.fill(g.open(number), ticketAddress(number)+"/"+path, pairs...)
}

// fill sends the form of a page that posts to action.
func (g *clerk) fill(p page, action string, pairs ...string) page {
	g.x.t.Helper()
	form := p.Find(`form[action="` + action + `"]`).First()
	if form.Length() == 0 {
		g.x.t.Fatalf("%s sees no form for %s:\n%s", g.name, action, p.text())
	}
	return g.post(action, formValues(form, pairs...))
}

// formValues is what a browser would send of a form: what stands in it, and
// what was typed.
func formValues(form *goquery.Selection, pairs ...string) url.Values {
	values := url.Values{}
	form.Find("input[name], textarea[name]").Each(func(_ int, f *goquery.Selection) {
		_, ticked := f.Attr("checked")
		if f.AttrOr("type", "") != "radio" || ticked {
			values.Set(f.AttrOr("name", ""), f.AttrOr("value", f.Text()))
		}
	})
	for i := 0; i+1 < len(pairs); i += 2 {
		values.Set(pairs[i], pairs[i+1])
	}
	return values
}

// forge sends an act that his page may not offer, with the present version.
func (g *clerk) forge(number, path string, pairs ...string) page {
	g.x.t.Helper()
	values := url.Values{"versi": {g.open(number).Find("input[name=versi]").First().AttrOr("value", "1")}}
	for i := 0; i+1 < len(pairs); i += 2 {
		values.Set(pairs[i], pairs[i+1])
	}
	return g.post(ticketAddress(number)+"/"+path, values)
}

// mustGo is an act that has to succeed.
func (g *clerk) mustGo(number, path string, pairs ...string) {
	g.x.t.Helper()
	if p := g.act(number, path, pairs...); p.status != http.StatusSeeOther {
		g.x.t.Fatalf("%s: %s of %s: %d\n%s", g.name, path, number, p.status, p.text())
	}
}

// asn is the person whom the tickets of these tests are about.
var asn = accounts.Person{
	NIP: "198609262015051001", Name: "Siti Contoh", Unit: "Dinas Pendidikan", Active: true,
	Email: "siti.contoh@dinas.test", Phone: "081234567890",
}

// enrolASN puts him into the roster, long ago.
func (x *test) enrolASN(agency string) accounts.Person {
	x.t.Helper()
	p := asn
	p.ID, p.Agency = db.NewID(), agency
	p.EmailSince = x.DB.Now().Add(-60 * 24 * time.Hour)
	p.PhoneSince = p.EmailSince
	err := x.DB.Write(context.Background(), func(tx *db.Tx) error { return x.Accounts.AddPerson(context.Background(), tx, p) })
	if err != nil {
		x.t.Fatal(err)
	}
	return p
}

const testAgency = "BKPSDM Kabupaten Contoh"

// remote files a request from afar.
func (x *test) remote(kind tickets.Kind) tickets.Receipt {
	x.t.Helper()
	return must(x.Desk.Open(context.Background(), tickets.Filing{NIP: asn.NIP, Name: "Siti C.", Unit: "Disdik",
		Phone: string(asn.Phone), Problem: "HP hilang.", Kind: kind, Channel: tickets.Remote}, audit.Actor{Kind: audit.Anonymous}))(x.t)
}

// counter files a request for the person before the agent.
func (g *clerk) counter() string {
	g.x.t.Helper()
	p := g.submit(g.get("/petugas/tiket/baru"), "nip", string(asn.NIP), "nama", asn.Name, "opd", asn.Unit,
		"telepon", "", "masalah", "HP hilang.", "jenis", "mfa")
	if p.status != http.StatusSeeOther {
		g.x.t.Fatalf("%s cannot open at the counter: %d\n%s", g.name, p.status, p.text())
	}
	return strings.TrimPrefix(p.header.Get("Location"), "/petugas/tiket/")
}

// seeOriginals compares a card and a decree at the counter.
func (g *clerk) seeOriginals(number string) {
	g.x.t.Helper()
	g.mustGo(number, "bukti", "ktp-nama", asn.Name, "ktp-lahir", "26-09-1986", "ktp-nomor", "7401 0001")
	g.sees(number, "sk_pns")
}

// sees compares a decree, whose form has the same address as the card's.
func (g *clerk) sees(number, kind string) {
	g.x.t.Helper()
	form := g.open(number).Find("#" + kind + " form")
	values := formValues(form, kind+"-nama", asn.Name, kind+"-nip", string(asn.NIP), kind+"-nomor", "SK/12/2015")
	if p := g.post(form.AttrOr("action", ""), values); p.status != http.StatusSeeOther {
		g.x.t.Fatalf("%s of %s: %d\n%s", kind, number, p.status, p.text())
	}
}

// checked is a counter ticket that an agent has checked.
func (x *test) checked(agent *clerk) string {
	x.t.Helper()
	number := agent.counter()
	agent.seeOriginals(number)
	agent.mustGo(number, "pemeriksaan", "pemeriksaan-otp", agent.otp())
	return number
}

// tick lets the clock do all that is due: one chore of a ticket at a time.
func (x *test) tick() {
	x.t.Helper()
	for range 3 {
		if err := x.Desk.Tick(context.Background()); err != nil {
			x.t.Fatal(err)
		}
	}
}

// staffed is the usual desk: an agent, an approver, a supervisor, an admin.
type staffed struct {
	*test
	rina, budi, sari, adi *clerk
}

func newStaffed(t testing.TB) *staffed { return staffedOf(newTest(t)) }

func staffedOf(x *test) *staffed {
	x.enrolASN(testAgency)
	return &staffed{x,
		x.clerk("197001012000011001", "Rina Petugas", accounts.Agent),
		x.clerk("197001022000011002", "Budi Verifikator", accounts.Approver),
		x.clerk("197001032000011003", "Sari Penyelia", accounts.Supervisor),
		x.clerk("197001042000011004", "Adi Admin", accounts.Admin)}
}
