package app

import (
	"net/http"
	"net/url"
	"regexp"
	"strings"

	"pulih/accounts"
)

// council are who settles an agency's settings: two admins, a supervisor who
// is an admin too, an agent, and the admin of another agency.
type council struct {
	*test
	adi, ani, sari, rina, other *clerk
}

func (x *test) council() council {
	x.t.Helper()
	return council{x, x.clerk("197001042000011004", "Adi Admin", accounts.Admin), x.clerk("197001052000012005", "Ani Admin", accounts.Admin),
		x.clerk("197001032000011003", "Sari Penyelia", accounts.Supervisor), x.clerk("197001012000011001", "Rina Petugas", accounts.Agent),
		x.clerkOf("BKD Kota Lain", "197001062000011006", "Wati Lain", accounts.Admin, accounts.Supervisor)}
}

// id is a member's.
func (x *test) staffID(g *clerk) string {
	x.t.Helper()
	return lawRows(x.t, x.DB, `SELECT id FROM staff WHERE nip = '`+g.nip+`'`, func(v []any) string { return v[0].(string) })[0]
}

func (c council) memberPath(g *clerk) string { return staffListPath + "/" + c.staffID(g) }

// newest is the address of the newest proposal.
func (c council) newest() string {
	c.t.Helper()
	ids := lawRows(c.t, c.DB, `SELECT id FROM staff_proposals ORDER BY id DESC LIMIT 1`, func(v []any) string { return v[0].(string) })
	if len(ids) == 0 {
		c.t.Fatal("nothing is proposed")
	}
	return proposalPath(ids[0])
}

// confirm is what g says to a proposal.
func (g *clerk) confirm(at string) page {
	g.x.t.Helper()
	return g.post(at+"/konfirmasi", url.Values{"otp": {g.otp()}})
}

func (g *clerk) mustConfirm(at string) page {
	g.x.t.Helper()
	p := g.confirm(at)
	if p.status != http.StatusSeeOther && p.status != http.StatusOK {
		g.x.t.Fatalf("%s: %d\n%s", g.name, p.status, p.text())
	}
	return p
}

var halfCode = regexp.MustCompile(`[0-9A-HJKMNP-TV-Z]{13}`)

// half is the half of a set-up code that a page shows.
func (p page) half() string {
	return halfCode.FindString(strings.Join(strings.Fields(p.Find("code#kode").Text()), ""))
}

const newcomerNIP = "199001012015011001"

func newcomerForm(roles ...accounts.Role) url.Values {
	form := url.Values{"nip": {newcomerNIP}, "nama": {"Baru Contoh"}, "email": {"baru@staf.test"}, "unit": {""}}
	for _, r := range roles {
		form.Set("peran-"+string(r), "ya")
	}
	return form
}

// setUp signs somebody in with a set-up code; status is of the first step.
func (c council) setUp(code string) (*clerk, int) {
	c.t.Helper()
	g := &clerk{browser: c.browser(), nip: newcomerNIP, name: "Baru Contoh"}
	begun := g.post("/petugas/aktivasi", url.Values{"kode": {strings.ReplaceAll(code, "-", "")}, "sandi": {clerkPassword}})
	if begun.status != http.StatusSeeOther {
		return g, begun.status
	}
	g.secret = keyOn(c.t, g.follow(begun))
	return g, g.post("/petugas/aktivasi/kode", url.Values{"otp": {g.otp()}}).status
}
