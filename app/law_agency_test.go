package app

import (
	"context"
	"fmt"
	"net/http"
	"net/url"
	"slices"
	"strings"
	"testing"

	"pulih/accounts"
	"pulih/audit"
	"pulih/db"
	"pulih/db/dbtest"
	"pulih/tickets"
)

// twoAgencies are ours, with something of every sort, and a stranger who has
// every role at another, with a request of his own.
type twoAgencies struct {
	council
	number, theirs string
	ids            map[string]string // by path prefix: an id of ours
	marks          []string          // what only our agency may read
	stranger       *clerk
}

const otherAgency = "BKD Kota Lain"

func newTwoAgencies(x *test) twoAgencies {
	x.t.Helper()
	a := twoAgencies{council: x.council(), ids: map[string]string{}}
	x.enrolASN(testAgency)
	a.stranger = x.clerkOf(otherAgency, "197001072000011007", "Umar Semua", accounts.Roles...)
	a.number = a.rina.counter()
	a.rina.mustGo(a.number, "bukti", "ktp-nama", asn.Name, "ktp-lahir", "26-09-1986", "ktp-nomor", "7401 0001")
	a.rina.post(incidentPath, announcement(incidentText))
	a.adi.post(staffListPath, newcomerForm(accounts.Agent))
	a.sari.post(savedPath, url.Values{"judul": {"Salam kami"}, "teks": {"Teks balasan kami."}})
	for prefix, query := range map[string]string{ticketAddress(":no") + "/bukti": `SELECT id FROM ticket_proofs`, incidentPath: `SELECT id FROM incidents`, savedPath: `SELECT id FROM saved_replies`,
		settingsPath + "/usulan": `SELECT id FROM staff_proposals`, staffListPath: `SELECT id FROM staff WHERE nip = '` + a.rina.nip + `'`} {
		a.ids[prefix] = lawRows(x.t, x.DB, query, func(v []any) string { return v[0].(string) })[0]
	}
	a.ids[bulkWaiting] = x.proposedBulk(a.rina, a.number)
	a.theirs = x.requestElsewhere()
	a.marks = []string{a.number, asn.Name, incidentText, "Salam kami", "Teks massal kami.", a.rina.name, a.adi.name, "Baru Contoh", a.ids[staffListPath]}
	return a
}

// requestElsewhere is a request of the other agency.
func (x *test) requestElsewhere() string {
	x.t.Helper()
	p := accounts.Person{ID: db.NewID(), NIP: "199001012015051003", Name: "Joko Lain", Unit: "Dinas Lain", Agency: otherAgency, Active: true}
	err := x.DB.Write(context.Background(), func(tx *db.Tx) error { return x.Accounts.AddPerson(context.Background(), tx, p) })
	if err != nil {
		x.t.Fatal(err)
	}
	return must(x.Desk.Open(context.Background(), tickets.Filing{NIP: p.NIP, Name: p.Name, Unit: p.Unit, Problem: "HP hilang.",
		Kind: tickets.MFA, Channel: tickets.Remote}, audit.Actor{Kind: audit.Anonymous}))(x.t).Number
}

// paths are the addresses of a route with an id of ours in each place, alone
// and below a request of the stranger's own.
func (a twoAgencies) paths(r route) []string {
	id := ""
	for prefix, found := range a.ids {
		if rest, ok := strings.CutPrefix(r.Path, prefix); ok && strings.HasPrefix(rest, "/:") {
			id = found
		}
	}
	params := map[string]string{"no": a.number, "id": id, "bukti": id, "berkas": a.ids[ticketAddress(":no")+"/bukti"]}
	ours := lawPath(r.Path, params)
	if r.Path == savedPath && r.Method == get {
		return []string{ours, savedPath + "?ubah=" + a.ids[savedPath]}
	}
	if params["no"] = a.theirs; strings.Count(r.Path, ":") > 1 {
		return []string{ours, lawPath(r.Path, params)}
	}
	return []string{ours}
}

// form is a whole one for an address, with our number in every place where
// one may be named.
func (a twoAgencies) form(r route, path string) string {
	form, _ := lawForm(a.t, r.Path)
	for name, values := range form {
		if strings.HasPrefix(values[0], "PUL-") {
			form.Set(name, a.number)
		}
	}
	form.Del("langkah") // a preview would change nothing anyway
	if form.Has("versi") {
		number := a.number
		if strings.Contains(path, a.theirs) {
			number = a.theirs
		}
		form.Set("versi", fmt.Sprint(a.countRows(`SELECT version FROM tickets WHERE number = '`+number+`'`)))
	}
	return form.Encode()
}

// Whoever has every role at another agency reads nothing of ours, finds none
// of our ids, and changes no row of ours: on every route of staff (ST-04).
func TestEveryStaffRouteKeepsToItsAgency_ST04(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB, clock *dbtest.Clock) {
		a := newTwoAgencies(newTestOn(t, d, clock))
		before, tried := a.ours(), 0
		for _, r := range routes {
			if !strings.HasPrefix(r.Guard.name, "staff:") || r.Path == "/petugas/keluar" {
				continue
			}
			for _, path := range a.paths(r) {
				a.exec(`DELETE FROM limits`)
				p := a.stranger.lawOpen(r.Method, path, a.form(r, path))
				tried++
				if strings.Contains(r.Path, ":") && p.status != http.StatusNotFound && (p.status < 400 || !strings.Contains(path, a.theirs)) {
					t.Errorf("%s %s: %d", r.Method, path, p.status)
				}
				a.reads(r, p)
			}
		}
		if tried < 50 {
			t.Errorf("tried %d routes", tried)
		}
		after := a.ours()
		for _, row := range before {
			if !slices.Contains(after, row) {
				t.Errorf("changed: %.200q", row)
			}
		}
	})
}

func (a twoAgencies) reads(r route, p page) {
	a.t.Helper()
	for _, mark := range a.marks {
		if p.Document != nil && strings.Contains(p.text(), mark) {
			a.t.Errorf("%s %s shows %q", r.Method, p.path, mark)
		}
	}
}

// ours are all rows of the domain but the stranger's own.
func (a twoAgencies) ours() []string {
	return slices.DeleteFunc(lawDump(a.t, a.DB, lawDomain...), func(row string) bool {
		return strings.Contains(row, a.stranger.nip) || strings.Contains(row, otherAgency) || strings.Contains(row, a.theirs)
	})
}
